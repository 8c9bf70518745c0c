import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PASSWORD_COST } from './password-cost.ts'
import { hashPassword, hashSecret, hashSeededPassword, openVault, randomToken, verifyPassword } from './secrets.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'twin-vault-'))
})
afterEach(async () => {
  await rm(dir, { recursive: true })
})

describe('the vault', () => {
  test('law: what was sealed opens again, also after a restart, and shows nothing of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const sealed = openVault(dir).seal(plain)
        expect(openVault(dir).open(sealed)).toBe(plain)
        expect(sealed).toMatch(/^sealed\.v1\.[\w-]+$/)
        if (plain.length > 6) expect(Buffer.from(sealed.slice(10), 'base64url').includes(plain)).toBe(false)
      }),
    )
  })

  test('the same text sealed twice looks different', () => {
    const vault = openVault(null)
    expect(vault.seal('key')).not.toBe(vault.seal('key'))
  })

  test('an altered text, another key and any other text are refused', () => {
    const vault = openVault(dir)
    const sealed = vault.seal('a secret of some length')
    const other = sealed.at(-5) === 'A' ? 'B' : 'A'
    const altered = sealed.slice(0, -5) + other + sealed.slice(-4)
    expect(() => vault.open(altered)).toThrow('made with another key, or altered')
    expect(() => openVault(null).open(sealed)).toThrow('made with another key, or altered')
    for (const text of ['', 'plain', 'sealed.v1.', 'sealed.v2.AAAA'])
      expect(() => vault.open(text)).toThrow('This is not a sealed text.')
  })

  test('the key is for the owner alone, and one that is no key is refused and kept', () => {
    openVault(dir)
    expect(statSync(join(dir, 'kit.key')).mode & 0o777).toBe(0o600)
    writeFileSync(join(dir, 'kit.key'), 'oops')
    expect(() => openVault(dir)).toThrow('does not hold a key of 32 bytes')
    expect(readFileSync(join(dir, 'kit.key'), 'utf8')).toBe('oops')
  })

  test('processes that come at once get the same key', async () => {
    const script = fileURLToPath(new URL('./test/vault-child.ts', import.meta.url))
    const children = Array.from({ length: 4 }, () =>
      fork(script, [dir], { execArgv: ['--conditions=source', '--import', 'tsx'] }),
    )
    await Promise.all(children.map((child) => once(child, 'message')))
    const answers = children.map((child) => once(child, 'message'))
    for (const child of children) child.send('go')
    const sealed = (await Promise.all(answers)).map(([text]) => String(text))
    const vault = openVault(dir)
    expect(sealed.map((text) => vault.open(text))).toEqual(['shared', 'shared', 'shared', 'shared'])
    expect(readdirSync(dir)).toEqual(['kit.key'])
  })
})

describe('what is only checked', () => {
  test('a key is looked up by its SHA-256', () => {
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  test('a password is known again, another is not', async () => {
    const record = await hashPassword('Practice-2026!')
    const { N, r, p } = PASSWORD_COST
    expect(record).toMatch(new RegExp(`^scrypt\\$${N}\\$${r}\\$${p}\\$[\\w-]{22}\\$[\\w-]{43}$`))
    expect(await verifyPassword('Practice-2026!', record)).toBe(true)
    expect(await verifyPassword('practice-2026!', record)).toBe(false)
    expect(await verifyPassword('', record)).toBe(false)
  })

  test('outside of tests hashing takes 2^14 rounds of 8', async () => {
    const { PASSWORD_COST } = await vi.importActual<typeof import('./password-cost.ts')>('./password-cost.ts')
    expect(PASSWORD_COST).toEqual({ N: 16_384, r: 8, p: 1 })
  })

  test('a seed makes the same record without waiting', async () => {
    expect(hashSeededPassword('Practice-2026!', 'ada')).toBe(await hashPassword('Practice-2026!', 'ada'))
    expect(hashSeededPassword('Practice-2026!', 'ada')).toBe(hashSeededPassword('Practice-2026!', 'ada'))
    const others = [hashSeededPassword('Practice-2027!', 'ada'), hashSeededPassword('Practice-2026!', 'bo')]
    for (const other of others) expect(other).not.toBe(hashSeededPassword('Practice-2026!', 'ada'))
    expect(() => hashSeededPassword('x', 'a$b')).toThrow('must not hold "$"')
  })

  test('accents composed otherwise are the same password', async () => {
    expect(await verifyPassword('Zoe\u0308', await hashPassword('Zo\u00eb'))).toBe(true)
  })

  test('with a salt the record is always the same, without one never', async () => {
    expect(await hashPassword('x', 'ada')).toBe(await hashPassword('x', 'ada'))
    expect(await hashPassword('x')).not.toBe(await hashPassword('x'))
    await expect(hashPassword('x', 'a$b')).rejects.toThrow('must not hold "$"')
  })

  test.each([
    '',
    'plain',
    'scrypt$1',
    'bcrypt$16384$8$1$salt$hash',
    'scrypt$16384$8$1$salt$',
    'scrypt$zero$8$1$salt$hash',
    'scrypt$999999999$8$1$s$h',
  ])('a record in another form matches nothing: %j', async (record) => {
    expect(await verifyPassword('x', record)).toBe(false)
  })

  test('random tokens have the bytes asked for and never repeat', () => {
    const tokens = new Set(Array.from({ length: 1_000 }, () => randomToken(32)))
    expect(tokens.size).toBe(1_000)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
  })
})
