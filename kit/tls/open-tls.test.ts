import { fork } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isSignable, makeServerCertificate } from './certificates.ts'
import { openTls, TlsUnusable } from './open-tls.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'twin-tls-'))
})
afterEach(async () => {
  await rm(dir, { recursive: true })
})

const inDir = (path: string): string => join(dir, path)
const modeOf = (path: string): number => statSync(inDir(path)).mode & 0o777
const leafOf = (cert: string): X509Certificate => new X509Certificate(cert)

/** What a client that trusts `ca` says of a server with `identity`: `ok`, or the code or words of its refusal. */
async function ask(identity: { cert: string; key: string }, ca: string, host = 'localhost'): Promise<string> {
  const server = https.createServer(identity, (_req, res) => res.end('ok'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await new Promise((resolve) => {
      https
        .get({ host: '127.0.0.1', port, ca, servername: host, headers: { host }, agent: false }, (answer) => {
          answer.resume()
          resolve('ok')
        })
        .on('error', (error) =>
          resolve('code' in error && error.code !== 'UNSPECIFIED' ? String(error.code) : error.message),
        )
    })
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

describe('the local authority', () => {
  test('is made at the first start and kept, its keys for nobody else to read', async () => {
    const first = await openTls({ dir })
    const again = await openTls({ dir })
    expect([again.ca, again.identity]).toEqual([first.ca, first.identity])
    expect(readFileSync(first.caFile, 'utf8')).toBe(first.ca)
    expect(readdirSync(dir).toSorted()).toEqual(['ca.pem', 'kit.key', 'tls'])
    expect(['ca.pem', 'tls', 'tls/authority.json', 'tls/server.json'].map(modeOf)).toEqual([0o644, 0o700, 0o600, 0o600])
    for (const file of ['ca.pem', 'tls/authority.json', 'tls/server.json']) {
      expect(readFileSync(inDir(file), 'utf8')).not.toContain('PRIVATE KEY')
    }
  })

  test('clients that trust it talk to the names of this machine, and only clients that trust it', async () => {
    const { identity, ca } = await openTls({ dir, hosts: ['portal.test'] })
    const answers = await Promise.all(
      ['localhost', 'portal.test', 'elsewhere.test'].map((host) => ask(identity, ca, host)),
    )
    expect(answers).toEqual(['ok', 'ok', 'ERR_TLS_CERT_ALTNAME_INVALID'])
    expect(leafOf(identity.cert).subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:portal.test',
    )
    const other = await openTls({ dir: join(dir, 'other') })
    expect(await ask(identity, other.ca)).not.toBe('ok')
  })

  test('a certificate for the world outside, signed by it, is refused by clients', async () => {
    const { ca } = await openTls({ dir })
    const { certificate, sealedKey } = JSON.parse(readFileSync(inDir('tls/authority.json'), 'utf8'))
    const { openVault } = await import('#kit/secrets.ts')
    const authority = { certificate, key: openVault(dir).open(sealedKey) }
    for (const [host, expected] of [
      ['portal.example', 'ok'],
      ['portal.example.com', 'permitted subtree violation'],
    ] as const) {
      const { certificate: cert, key } = await makeServerCertificate(authority, [host], Date.now())
      expect([host, await ask({ cert: `${cert}\n${ca}`, key }, ca, host)]).toEqual([host, expected])
    }
  })

  test.each([
    ['localhost', true],
    ['app.localhost', true],
    ['127.0.0.2', true],
    ['::1', true],
    ['twin.test', true],
    ['brightwave.example', true],
    ['example.com', false],
    ['localhost.com', false],
    ['10.0.0.1', false],
    ['mytest', false],
  ])('may it sign for %s: %s', (host, expected) => {
    expect(isSignable(host)).toBe(expected)
  })

  test('a public name it may not sign for is told', async () => {
    const { notices, identity } = await openTls({ dir, hosts: ['twin.corp.net', 'localhost', '[::1]'] })
    expect(notices).toEqual([
      'The local CA does not sign for twin.corp.net: what ends TLS there needs a certificate of its own.',
    ])
    expect(leafOf(identity.cert).subjectAltName).not.toContain('corp')
  })

  test('processes that come at once agree on one', async () => {
    const script = fileURLToPath(new URL('./test/tls-child.ts', import.meta.url))
    const children = Array.from({ length: 3 }, () =>
      fork(script, [dir], { execArgv: ['--conditions=source', '--import', 'tsx'] }),
    )
    await Promise.all(children.map((child) => once(child, 'message')))
    const answers = children.map((child) => once(child, 'message'))
    for (const child of children) child.send('go')
    const found = (await Promise.all(answers)).map(([answer]) => answer as { ca: string; leaf: string })
    const ca = readFileSync(inDir('ca.pem'), 'utf8')
    expect(new Set(found.map((each) => each.ca))).toEqual(new Set([ca]))
    for (const { leaf } of found) expect(leafOf(leaf).verify(leafOf(ca).publicKey)).toBe(true)
    expect(new Set(found.map((each) => each.leaf)).size).toBe(1)
    expect(readdirSync(inDir('tls')).toSorted()).toEqual(['authority.json', 'server.json'])
  }, 30_000)

  test('is never replaced unasked: what cannot be used is told, and stays', async () => {
    const { ca } = await openTls({ dir })
    const kept = readFileSync(inDir('tls/authority.json'), 'utf8')
    const key = readFileSync(inDir('kit.key'), 'utf8')
    const refusal = (): Promise<unknown> => openTls({ dir }).catch((error: unknown) => error)

    rmSync(inDir('kit.key'))
    expect(String(await refusal())).toMatch(/was sealed with another kit\.key.*remove .*authority\.json/)
    writeFileSync(inDir('kit.key'), key)
    writeFileSync(inDir('tls/authority.json'), '{"certificate":')
    expect(await refusal()).toBeInstanceOf(TlsUnusable)
    expect(readFileSync(inDir('tls/authority.json'), 'utf8')).toBe('{"certificate":')
    writeFileSync(inDir('tls/authority.json'), kept)
    const late = await openTls({ dir, wall: () => Date.now() + 3651 * DAY_MS }).catch((error: unknown) => error)
    expect(String(late)).toContain('has expired')

    rmSync(inDir('ca.pem'))
    expect((await openTls({ dir })).ca).toBe(ca)
    expect(readFileSync(inDir('ca.pem'), 'utf8')).toBe(ca)
  })
})

describe('the certificate of the servers', () => {
  test('is made anew for other names, when it is about to expire, and when another authority signed it', async () => {
    const first = await openTls({ dir })
    const named = await openTls({ dir, hosts: ['twin.test'] })
    expect(named.identity.cert).not.toBe(first.identity.cert)
    expect(leafOf(named.identity.cert).subjectAltName).toContain('DNS:twin.test')

    const late = await openTls({ dir, hosts: ['twin.test'], wall: () => Date.now() + 380 * DAY_MS })
    expect(late.identity.cert).not.toBe(named.identity.cert)
    expect(late.ca).toBe(first.ca)

    const foreign = await openTls({ dir: join(dir, 'other') })
    writeFileSync(inDir('tls/server.json'), readFileSync(inDir('other/tls/server.json'), 'utf8'))
    writeFileSync(inDir('other/ca.pem'), '')
    const mended = await openTls({ dir })
    expect(mended.identity.cert).not.toBe(foreign.identity.cert)
    expect(await ask(mended.identity, first.ca)).toBe('ok')

    writeFileSync(inDir('tls/server.json'), 'no json')
    expect(await ask((await openTls({ dir })).identity, first.ca)).toBe('ok')
  })

  test('is renewed while the process runs, once, when its last month begins', async () => {
    let nowMs = Date.now()
    const tls = await openTls({ dir, wall: () => nowMs })
    const before = tls.identity.cert
    expect(await tls.renewed()).toBeUndefined()
    nowMs += 370 * DAY_MS
    const [one, other] = await Promise.all([tls.renewed(), tls.renewed()])
    expect(one?.cert).not.toBe(before)
    expect(other?.cert).toBe(one?.cert)
    expect(Date.parse(leafOf(one?.cert ?? '').validTo)).toBeGreaterThan(nowMs + 390 * DAY_MS)
    expect(await tls.renewed()).toBeUndefined()
  })
})
