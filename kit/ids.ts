import { hash } from 'node:crypto'
import type { Writer } from '#kit/store/store.ts'
import type { KitShape } from '#kit/system/collections.ts'

/**
 * Ids as values of the world's name and a counter, so that the same clicks give the same ids. The form of an id (GUID,
 * digits, prefix and letters) belongs to the product; the three forms used by more than one place are here.
 * Secrets and codes are random and do not come from here.
 */

/** The seed of the next id made in this system: the world's name and a stored counter. Call it inside a transaction. */
export function nextIdSeed(tx: Writer<KitShape>): string {
  const meta = tx.get('kitMeta', 'world')
  if (meta === undefined) throw new Error('The store holds no world: seed it before making ids.')
  const made = meta.idsMade + 1
  tx.put('kitMeta', 'world', { ...meta, idsMade: made })
  return `${meta.world}/made/${made}`
}

function digest(seed: string): Buffer {
  return hash('sha256', seed, 'buffer')
}

/** A GUID in the form of RFC 9562 version 8 derived from `seed`, lower case. */
export function guidOf(seed: string): string {
  const bytes = digest(seed).subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Sixteen decimal digits, the first one `lead`, below 2^53, derived from `seed`. */
export function digitsOf(seed: string, lead: '4' | '5' | '6' | '7' = '5'): string {
  const number = digest(seed).readBigUInt64BE(0) % 10n ** 15n
  return `${lead}${number.toString().padStart(15, '0')}`
}

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** `prefix` and `length` letters and digits derived from `seed`. */
export function lettersOf(seed: string, prefix: string, length: number): string {
  const bytes = digest(seed)
  return prefix + Array.from(bytes.subarray(0, length), (byte) => LETTERS[byte % LETTERS.length]).join('')
}
