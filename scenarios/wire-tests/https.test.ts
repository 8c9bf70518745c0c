import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { createLocalFetch } from '#kit/http/local-fetch.ts'
import { call } from '#kit/test/call.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { COMPANY } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { runCli } from '#scenarios/cli/run-cli.ts'
import type { RunningKit } from '#scenarios/library/kit.ts'
import { startKit } from '#scenarios/library/start-kit.ts'
import { reachKit } from '#scenarios/runner/reach-kit.ts'
import { runWalkthrough } from '#scenarios/runner/run-walkthrough.ts'
import { findWalkthrough } from '#scenarios/walkthroughs/catalogue.ts'
import { type ServiceProcess, startProcess } from './processes.ts'

/** Everything on https: the three services as processes of their own over one data folder, and the library. */

const SOURCES = ['--conditions=source', '--import', 'tsx']
const folder = mkdtempSync(join(tmpdir(), 'twin-https-'))
const caFile = join(folder, 'data', 'ca.pem')
const env: Record<string, string> = { KIT_TLS: '1', DATA_DIR: join(folder, 'data'), WORLD: 'fresh' }
let running: readonly ServiceProcess[] = []
let kit: RunningKit

/** At once, over a folder that is not there yet: whoever is first makes the CA. */
async function startAll(): Promise<void> {
  running = await Promise.all([
    startProcess('idp', ['entra', 'okta'], env),
    startProcess('dialpad-sandbox', ['dialpad'], env),
    startProcess('scenarios', ['kit'], env),
  ])
}

async function stopAll(): Promise<void> {
  await Promise.all(running.map((each) => each.stop()))
  running = []
}

beforeAll(async () => {
  const ports = await freePorts(SYSTEM_ADDRESSES.length + 1)
  SYSTEM_ADDRESSES.forEach(({ name }, index) => {
    env[`${name.toUpperCase()}_PORT`] = String(ports[index])
  })
  env['SMTP_PORT'] = String(ports.at(-1))
  await startAll()
  kit = await reachKit(`https://localhost:${env['KIT_PORT']}`, { ca: readFileSync(caFile, 'utf8') })
}, 60_000)

afterAll(async () => {
  await stopAll()
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

/** Certificates a server shows, from its own to that of the authority, as PEM would hold them. */
function chainOf(url: string): Promise<readonly string[]> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(
      { host: hostname, port: Number(port), servername: hostname, ca: readFileSync(caFile) },
      () => {
        const chain: string[] = []
        for (let at = socket.getPeerX509Certificate(); at !== undefined; at = at.issuerCertificate)
          chain.push(at.toString())
        socket.destroy()
        resolve(chain)
      },
    )
    socket.once('error', reject)
  })
}

const webUrls = (): readonly string[] => Object.values(kit.urls).filter((url) => !url.startsWith('smtp:'))

describe('three processes with KIT_TLS=1', () => {
  test('agree on one CA, and all their addresses are https', async () => {
    const ca = readFileSync(caFile, 'utf8')
    for (const url of webUrls()) {
      expect(url).toMatch(/^https:\/\/localhost:\d+$/)
      expect((await chainOf(url))[1]?.trim()).toBe(ca.trim())
      const health = (await (await kit.fetch(`${url}/_kit/health`)).json()) as { urls: unknown }
      expect(health.urls).toEqual(kit.urls)
    }
    expect(readdirSync(join(folder, 'data', 'tls')).toSorted()).toEqual(['authority.json', 'server.json'])
    const said = running.map((each) => each.said()).join('\n')
    expect(said).toContain(`NODE_EXTRA_CA_CERTS=${caFile}`)
    expect(said).not.toContain('did not become healthy')
  })

  test('a browser is not told to insist on https: other kits on this machine are http', async () => {
    for (const url of webUrls()) {
      const { headers } = await kit.fetch(url)
      expect([url, headers.get('strict-transport-security')]).toEqual([url, null])
    }
  })

  test('every address they publish is https', async () => {
    const { entra, dialpad } = kit.urls
    const documents = [
      `${entra}/${TENANT_ID}/v2.0/.well-known/openid-configuration`,
      `${dialpad}/api/v2/openapi.json`,
      `${dialpad}/api/saml/metadata/okta/${COMPANY.domain}`,
    ]
    for (const url of documents) {
      const text = await (await kit.fetch(url)).text()
      expect([url, /http:\/\/(localhost|127\.0\.0\.1)[^"<\s]*/.exec(text)?.[0]]).toEqual([url, undefined])
      expect([url, text.includes('https://localhost:')]).toEqual([url, true])
    }
  })

  test('cookies are for https and this host alone', async () => {
    const cookies: string[] = []
    for (const url of [`${kit.urls.dialpad}/login`, `${kit.urls.okta}/login/login.htm`, `${kit.urls.entra}/admin`]) {
      cookies.push(...(await kit.fetch(url, { redirect: 'manual' })).headers.getSetCookie())
    }
    expect(cookies.length).toBeGreaterThanOrEqual(3)
    for (const cookie of cookies) expect(cookie).toMatch(/^__(Host|Secure)-(entra|okta|dialpad)_.*;\s*secure/i)
    // Applications of other sites ask in a frame who is signed in at the org; the products keep theirs to themselves.
    const sameSite = Object.fromEntries(cookies.map((each) => [each.split('=')[0], /samesite=(\w+)/i.exec(each)?.[1]]))
    expect(sameSite).toMatchObject({ '__Host-okta_sid': 'None', '__Host-dialpad_session': 'Lax' })
  })

  test('years of virtual time leave certificates and tokens as they are: they live by wall time', async () => {
    const before = await chainOf(kit.urls.entra)
    await kit.control.kit.moveClock({ advance: 'P800D' })
    expect(await chainOf(kit.urls.entra)).toEqual(before)
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: SAMPLE_WEB_APP.appId,
      client_secret: SAMPLE_WEB_APP.secret,
      scope: 'https://graph.microsoft.com/.default',
    })
    const granted = await kit.fetch(`${kit.urls.entra}/${TENANT_ID}/oauth2/v2.0/token`, { method: 'POST', body: form })
    const { access_token: token = '' } = (await granted.json()) as { access_token?: string }
    const { iat = 0 } = decodeJwt(token)
    expect(Math.abs(iat * 1000 - Date.now())).toBeLessThan(24 * 60 * 60 * 1000)
    await kit.control.kit.reset({ world: 'fresh' })
  })

  test('whoever speaks http is told so', async () => {
    const told = await call(`http://127.0.0.1:${env['DIALPAD_PORT']}/scim/Users`)
    expect([told.status, told.text]).toEqual([
      400,
      `This port speaks https: begin the address with https://, as in https://127.0.0.1:${env['DIALPAD_PORT']}.\n`,
    ])
  })

  test('the control API takes calls from our https origins, and from no http one', async () => {
    const from = (origin: string) =>
      kit.fetch(`${kit.urls.dialpad}/_kit/clock`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: '{"rate":1}',
      })
    expect((await from(kit.urls.kit)).status).toBe(200)
    expect((await from(kit.urls.kit.replace('https:', 'http:'))).status).toBe(403)
    expect((await from('https://evil.example')).status).toBe(403)
  })

  test('the command line finds the kit with its CA, and says what is missing without', async () => {
    const run = async (...args: readonly string[]): Promise<readonly [number, string]> => {
      const lines: string[] = []
      const status = await runCli(args, { out: (line) => lines.push(line), err: (line) => lines.push(line) })
      return [status, lines.join('\n')]
    }
    const { kit: home } = kit.urls
    expect((await run('clock', 'show', '--against', home, '--ca', caFile))[0]).toBe(0)
    expect(await run('clock', 'show', '--against', home)).toEqual([
      3,
      `The certificate of ${home} is not trusted: name the kit's CA with --ca FILE (ca.pem in its DATA_DIR).`,
    ])
    expect(await run('clock', 'show', '--against', home.replace('https:', 'http:'))).toEqual([
      3,
      `The kit home at ${new URL(home).host} speaks https: name it ${home}.`,
    ])
    const [status, words] = await run('clock', 'show', '--against', home, '--ca', join(folder, 'none.pem'))
    expect([status, words]).toEqual([2, expect.stringMatching(/^--ca .*none\.pem holds no certificate: ENOENT/)])
  })

  test('the health check of the containers knows the CA', () => {
    const check = (more: Readonly<Record<string, string>>, ...systems: readonly string[]): number | null =>
      spawnSync(process.execPath, [...SOURCES, 'kit/system/check-health.ts', ...systems], {
        env: { ...process.env, ...env, ...more },
      }).status
    expect(check({}, 'entra', 'okta')).toBe(0)
    expect(check({ OKTA_PORT: '1' }, 'entra', 'okta')).toBe(1)
    expect(check({ KIT_TLS: '0' }, 'kit')).toBe(1)
    expect(check({ DATA_DIR: join(folder, 'elsewhere') }, 'kit')).toBe(1)
    expect(check({})).toBe(1)
  }, 30_000)

  test('a company signs up with Microsoft, and a cycle of provisioning brings its people', async () => {
    const walkthrough = findWalkthrough('entra-signup')
    if (walkthrough === undefined) throw new Error('There is no walkthrough entra-signup.')
    const result = await runWalkthrough(walkthrough, {
      kit,
      browser: 'none',
      folder: join(folder, 'report'),
      traces: false,
    })
    expect(result.steps.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    await kit.control.kit.moveClock({ advance: 'PT41M' })
    const sent = (await kit.control.dialpad.journal({ kind: 'scim' })).items
    const created = sent.filter(({ request, response }) => request?.method === 'POST' && response?.status === 201)
    expect(created.length).toBeGreaterThan(0)
  }, 60_000)

  test('a restart keeps the CA, its certificate, and what was stored', async () => {
    const before = [readFileSync(caFile, 'utf8'), await chainOf(kit.urls.dialpad)]
    await stopAll()
    await startAll()
    expect([readFileSync(caFile, 'utf8'), await chainOf(kit.urls.dialpad)]).toEqual(before)
    expect((await kit.control.kit.health()).world).toBe('fresh')
  }, 60_000)
})

describe('startKit({ tls: true })', () => {
  test('has everything on https, with SAML between the twins, and takes its CA with it', async () => {
    const own = await startKit({ tls: true })
    try {
      expect(readFileSync(own.caPath ?? '', 'utf8')).toBe(own.ca)
      expect(own.ca).not.toBe(kit.ca)
      await expect(createLocalFetch(kit.ca)(own.urls.kit)).rejects.toThrow('fetch failed')
      const walkthrough = findWalkthrough('okta-lifecycle')
      if (walkthrough === undefined) throw new Error('There is no walkthrough okta-lifecycle.')
      const result = await runWalkthrough(walkthrough, {
        kit: own,
        browser: 'none',
        folder: join(folder, 'okta-report'),
        traces: false,
      })
      expect(result.steps.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    } finally {
      await own.close()
    }
    expect(() => readFileSync(own.caPath ?? '')).toThrow('ENOENT')
  }, 60_000)

  test('without it the kit is http, and its fetch the usual one', async () => {
    const own = await startKit()
    expect([own.ca, own.caPath, new URL(own.urls.kit).protocol]).toEqual([undefined, undefined, 'http:'])
    expect((await own.fetch(own.urls.kit)).status).toBe(200)
    await own.close()
  }, 30_000)
})
