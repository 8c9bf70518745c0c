import { createHash, randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * Credentials we check are kept as hashes: passwords by scrypt, random secrets (keys, tokens, session ids) by SHA-256.
 * What must be sent again is sealed instead (`Vault` in `kit/system/system.ts`).
 */

const COST = 16_384
const KEY_BYTES = 32
const SALT_BYTES = 16
const scryptAsync = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt)

/** A scrypt record `scrypt$<cost>$<salt>$<key>`, both in base64url, with a random salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return record(salt, await scryptAsync(password, salt, KEY_BYTES, { N: COST }))
}

/** The same at once, for seeds: the salt is derived from `saltSeed`, so that a world is the same each time. Blocks about 50 ms. */
export function hashSeededPassword(password: string, saltSeed: string): string {
  const salt = createHash('sha256').update(saltSeed).digest().subarray(0, SALT_BYTES)
  return record(salt, scryptSync(password, salt, KEY_BYTES, { N: COST }))
}

function record(salt: Buffer, key: Buffer): string {
  return `scrypt$${COST}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/**
 * Whether `password` belongs to the record. Takes as long when there is no record, so that the answer's time does not tell
 * whether an account exists.
 *
 * @throws when the record is not one of {@link hashPassword}: stored data is damaged.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  if (stored === undefined) {
    await scryptAsync(password, Buffer.alloc(SALT_BYTES), KEY_BYTES, { N: COST })
    return false
  }
  const [scheme, cost, salt, key] = stored.split('$')
  if (scheme !== 'scrypt' || cost === undefined || salt === undefined || key === undefined) {
    throw new Error('A stored password is not a scrypt record.')
  }
  const expected = Buffer.from(key, 'base64url')
  const actual = await scryptAsync(password, Buffer.from(salt, 'base64url'), expected.length, { N: Number(cost) })
  return timingSafeEqual(actual, expected)
}

/** A random secret of `bytes` bytes in base64url: letters, digits, `-` and `_`. */
export function randomSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url')
}

/** What is kept of a random secret: its SHA-256, hex. Not for passwords. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
