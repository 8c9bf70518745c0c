import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identifierUriProblem } from '../identifier-uris.ts'
import { readCertificate } from '../read-certificate.ts'
import { redirectUriProblem } from '../redirect-uris.ts'
import { makeCertificate } from './open-directory.ts'

describe('redirect URIs', () => {
  test.each([
    ['https://app.example/callback', 'web'],
    ['https://app.example:8443/callback?from=sign-in', 'web'],
    ['http://localhost', 'web'],
    ['http://localhost:3000/auth', 'spa'],
    ['http://127.0.0.1/auth', 'spa'],
    ['http://localhost', 'publicClient'],
    ['com.example.reports://auth', 'publicClient'],
    ['urn:ietf:wg:oauth:2.0:oob', 'publicClient'],
    ['ms-appx-web://microsoft.aad.brokerplugin/app', 'publicClient'],
  ] as const)('%s can be registered for %s', (uri, platform) => {
    expect(redirectUriProblem(uri, platform)).toBeUndefined()
  })

  test.each([
    ['http://app.example/callback', 'web', 'must start with'],
    ['http://localhost.evil.example/', 'web', 'must start with'],
    ['http://[::1]/', 'web', 'must start with'],
    ['com.example.reports://auth', 'web', 'must start with'],
    ['com.example.reports://auth', 'spa', 'must start with'],
    ['javascript:alert', 'publicClient', 'must start with'],
    ['data:text/html,x', 'publicClient', 'the character ,'],
    ['http://app.example/', 'publicClient', 'must start with'],
    ['https://*.example/callback', 'web', 'wildcard'],
    ['https://app.example/callback#top', 'web', 'fragment'],
    ['https://app.example/call back', 'web', 'valid URL'],
    ['https://app.example/cäll', 'web', 'valid URL'],
    ['https://', 'web', 'valid URL'],
    ['', 'web', 'valid URL'],
    ['https://user:word@app.example/', 'web', 'user name'],
    ["https://app.example/it's", 'web', "the character '"],
    [`https://app.example/${'x'.repeat(240)}`, 'web', 'at most 256'],
  ] as const)('%s is refused for %s: %s', (uri, platform, words) => {
    expect(redirectUriProblem(uri, platform)).toContain(words)
  })

  test('the text boxes of the page refuse http://127.0.0.1, which the manifest takes', () => {
    expect(redirectUriProblem('http://127.0.0.1/', 'web', 'page')).toContain('http://localhost')
    expect(redirectUriProblem('http://127.0.0.1/', 'web')).toBeUndefined()
  })

  test('law: whatever is accepted for web is https, or plain on this machine, with neither fragment nor wildcard', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()), (uri) => {
        if (redirectUriProblem(uri, 'web') !== undefined) return
        const { protocol, hostname } = new URL(uri)
        expect(protocol === 'https:' || ['localhost', '127.0.0.1'].includes(hostname)).toBe(true)
        expect(uri).not.toMatch(/[#*\s]/)
      }),
    )
  })
})

describe('Application ID URIs', () => {
  const owner = {
    appId: '11111111-2222-4333-8444-555555555555',
    tenantId: 'tenant-id',
    domains: ['brightwave.example'],
  }
  test.each([
    `api://${owner.appId}`,
    `api://reports/${owner.appId}`,
    'api://tenant-id/reports',
    'api://brightwave.example/reports',
    'api://reports.brightwave.example',
    'https://brightwave.example/reports',
    'https://api.brightwave.example',
  ])('%s names an API of the application', (uri) => {
    expect(identifierUriProblem(uri, owner)).toBeUndefined()
  })

  test.each([
    ['api://reports', 'verified domain'],
    ['api://tenant-id', 'verified domain'],
    ['api://notbrightwave.example', 'verified domain'],
    ['https://evil.example/brightwave.example', 'verified domain'],
    ['http://brightwave.example/reports', 'verified domain'],
    ['reports', 'verified domain'],
    [`api://${owner.appId}/`, 'slash'],
    [`api://${owner.appId}?x=1`, 'query'],
    ['https://*.brightwave.example', 'wildcards'],
    [`api://${owner.appId}//x/${owner.appId}`, 'empty segment'],
    [`https://brightwave.example/${'x'.repeat(250)}`, 'at most 255'],
  ])('%s is refused: %s', (uri, words) => {
    expect(identifierUriProblem(uri, owner)).toContain(words)
  })
})

describe('certificates', () => {
  const { certificate, privateKeyPem } = makeCertificate(
    new Date('2026-01-01T00:00:00Z'),
    new Date('2030-01-01T00:00:00Z'),
  )

  test('are read as PEM, DER and base64 of DER alike', () => {
    const base64 = certificate.replace(/-----[^-]+-----|\s/g, '')
    const [pem, der, text] = [certificate, Buffer.from(base64, 'base64'), base64].map((each) => readCertificate(each))
    expect(pem).toMatchObject({
      thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
      startDateTime: '2026-01-01T00:00:00.000Z',
      endDateTime: '2030-01-01T00:00:00.000Z',
      subject: 'reports.brightwave.example',
    })
    expect(der).toEqual(pem)
    expect(text).toEqual(pem)
  })

  test.each([
    ['a private key', privateKeyPem, 'holds a private key'],
    ['both in one file', `${certificate}${privateKeyPem}`, 'holds a private key'],
    ['junk', 'hello', 'is not an X.509 certificate'],
    ['a broken certificate', certificate.slice(0, 300), 'is not an X.509 certificate'],
    ['nothing', '', 'Select a certificate file'],
    ['a large file', 'A'.repeat(70_000), 'larger than a certificate'],
  ])('%s is refused', (_, text, words) => {
    expect(() => readCertificate(text)).toThrow(words)
    try {
      readCertificate(text)
    } catch (error) {
      expect(String(error)).not.toContain(privateKeyPem.slice(40, 80))
    }
  })
})
