import { createHmac, randomBytes } from 'node:crypto'

/** Time-based one-time passwords (RFC 6238): six digits, thirty seconds, HMAC-SHA-1, as authenticator apps have them. */

export const STEP_SECONDS = 30
const DIGITS = 6
const KEY_BYTES = 20

/** Steps a clock may be off, either way. */
const TOLERATED_STEPS = 1

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new shared key, in base32 (RFC 4648 §6) without padding: what is typed into an authenticator app. */
export function createTotpKey(): string {
  let bits = 0n
  for (const byte of randomBytes(KEY_BYTES)) bits = (bits << 8n) | BigInt(byte)
  return Array.from({ length: (KEY_BYTES * 8) / 5 }, (_none, index) =>
    ALPHABET.charAt(Number((bits >> BigInt(KEY_BYTES * 8 - 5 * (index + 1))) & 31n)),
  ).join('')
}

/** @throws when the text is not base32. */
function bytesOf(base32: string): Buffer {
  let bits = 0
  let value = 0
  const bytes: number[] = []
  for (const letter of base32) {
    const index = ALPHABET.indexOf(letter)
    if (index < 0) throw new Error('The key is not base32.')
    value = ((value << 5) | index) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 0xff)
    }
  }
  return Buffer.from(bytes)
}

/** Number of the step an instant is in. @param wallMs Wall milliseconds. */
export function stepAt(wallMs: number): number {
  return Math.floor(wallMs / 1000 / STEP_SECONDS)
}

/** The code of one step (RFC 4226 §5.3). */
export function codeOfStep(key: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', bytesOf(key)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 0xf
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/**
 * The step a code belongs to, a clock may be off by one either way; `undefined` for a wrong one. Codes of `after` and before are not taken:
 * each is good once (RFC 6238 §5.2).
 */
export function stepOfCode(key: string, code: string, wallMs: number, after = -1): number | undefined {
  const now = stepAt(wallMs)
  for (let step = now - TOLERATED_STEPS; step <= now + TOLERATED_STEPS; step += 1) {
    if (step > after && codeOfStep(key, step) === code) return step
  }
  return undefined
}
