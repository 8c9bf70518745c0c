import {
  createCipheriv,
  createDecipheriv,
  hash,
  randomBytes,
  type ScryptOptions,
  scrypt,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Vault } from '#kit/system/system.ts'
import { PASSWORD_COST } from './password-cost.ts'

/**
 * Secrets at rest. What we check is hashed: {@link hashSecret} for keys made by us, which cannot be guessed;
 * {@link hashPassword} for what people choose. What we must send again is sealed with the key of the data folder.
 */

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SEALED = 'sealed.v1.'

function readKey(file: string): Buffer | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES) {
    throw new Error(
      `The key file ${file} does not hold a key of ${KEY_BYTES} bytes. Put the right one back; ` +
        'removing it makes a new one, but what was sealed with the old one cannot be opened again.',
    )
  }
  return key
}

/** The key of the folder, made when there is none. Several processes may come at once: all get the same one. */
function loadKey(dir: string): Buffer {
  const file = join(dir, 'kit.key')
  mkdirSync(dir, { recursive: true })
  const found = readKey(file)
  if (found !== undefined) return found
  const mine = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(mine, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(mine, file)
  } catch (error) {
    // Somebody was quicker: theirs is the key.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(mine, { force: true })
  }
  const key = readKey(file)
  if (key === undefined) throw new Error(`The key file ${file} vanished while it was made.`)
  return key
}

/**
 * The vault of a data folder: AES-256-GCM with the key in `kit.key` (readable by the owner alone), a random nonce for each
 * seal. Without a folder the key is random and gone with the process.
 * @throws when the key file cannot be read or holds no key.
 */
export function openVault(dir: string | null): Vault {
  const key = dir === null ? randomBytes(KEY_BYTES) : loadKey(dir)
  return {
    seal(plain) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return SEALED + sealed.toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(SEALED.length), 'base64url')
      if (!sealed.startsWith(SEALED) || bytes.length < NONCE_BYTES + TAG_BYTES) {
        throw new Error('This is not a sealed text.')
      }
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const plain = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8')
        return plain + decipher.final('utf8')
      } catch (cause) {
        throw new Error(
          'The sealed text was made with another key, or altered. Is this the kit.key it was made with?',
          {
            cause,
          },
        )
      }
    },
  }
}

/** `bytes` random bytes in base64url: 32 give 43 characters. */
export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}

/** SHA-256 in hex, for secrets of high entropy (API keys, session identifiers): to be looked up by, so without salt. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

const HASH_BYTES = 32
/** Bytes; a record that asks for more was not made here. */
const MOST_MEMORY = 64 << 20

/** The cost a record names, so that records made before a change of {@link PASSWORD_COST} stay good. */
function parseCost(N: string | undefined, r: string | undefined, p: string | undefined): ScryptOptions | undefined {
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const isCost = cost.N > 1 && Number.isInteger(Math.log2(cost.N)) && cost.r >= 1 && cost.p >= 1
  return isCost && 128 * cost.r * (cost.N + cost.p) < MOST_MEMORY ? cost : undefined
}

/** The same password typed on another keyboard may come in another composition of its accents. */
function normalize(password: string): string {
  return password.normalize('NFKC')
}

function checkSalt(salt: string): void {
  if (salt.includes('$')) throw new Error('The salt of a password must not hold "$".')
}

function writeRecord(salt: string, key: Buffer): string {
  const { N, r, p } = PASSWORD_COST
  return `scrypt$${N}$${r}$${p}$${salt}$${key.toString('base64url')}`
}

function derive(password: string, salt: string, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(normalize(password), salt, HASH_BYTES, { ...cost, maxmem: MOST_MEMORY }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

/**
 * A record by which {@link verifyPassword} knows `password` again: `scrypt$N$r$p$salt$hash`. Deterministic when a salt is
 * given, as seeds need it; a random one otherwise. The salt may hold anything but `$`.
 */
export async function hashPassword(password: string, salt: string = randomToken(16)): Promise<string> {
  checkSalt(salt)
  return writeRecord(salt, await derive(password, salt, PASSWORD_COST))
}

/** As many as the worlds have, and no more: neither passwords nor salts of seeds are anybody's choice. */
const seededRecords = new Map<string, string>()

/**
 * {@link hashPassword} with a given salt, at once: for seeds, which are synchronous, and whose passwords are public constants. Blocks
 * for some 40 ms, once: the record is remembered, so that a world is put back quickly.
 */
export function hashSeededPassword(password: string, salt: string): string {
  checkSalt(salt)
  const name = `${salt}$${normalize(password)}`
  const known = seededRecords.get(name)
  if (known !== undefined) return known
  const record = writeRecord(
    salt,
    scryptSync(normalize(password), salt, HASH_BYTES, { ...PASSWORD_COST, maxmem: MOST_MEMORY }),
  )
  seededRecords.set(name, record)
  return record
}

/** Whether `record` was made from `password`. A record in another form matches nothing. */
export async function verifyPassword(password: string, record: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = record.split('$')
  const cost = parseCost(N, r, p)
  if (scheme !== 'scrypt' || cost === undefined || salt === undefined || hash === undefined) return false
  const expected = Buffer.from(hash, 'base64url')
  const actual = await derive(password, salt, cost)
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
