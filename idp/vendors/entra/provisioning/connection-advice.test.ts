import { describe, expect, test } from 'vitest'
import { connectionAdvice } from './connection-advice.ts'

const QUERY = '?filter=userName+eq+%227d1c9a54%22'

function failed(base: string, status?: number, headers?: Readonly<Record<string, string>>) {
  return {
    ok: false,
    code: 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
    message: '',
    request: `GET ${base}/Users${QUERY}`,
    ...(status === undefined ? {} : { status }),
    ...(headers === undefined ? {} : { headers }),
  } as const
}

const SCIM = 'https://app.example/scim'
const HTML = { 'content-type': 'text/html; charset=utf-8' }

describe('advice on a failed connection test', () => {
  test.each([
    ['401: the key is not bare, expired or revoked', failed(SCIM, 401), 'Paste the bare key'],
    ['403: the key of somebody who is no administrator', failed(SCIM, 403), 'Let an administrator of the application'],
    ['404: /scim is missing', failed('https://app.example', 404), 'has no /scim in its path'],
    ['a page: /scim is missing', failed('https://app.example', 200, HTML), 'has no /scim in its path'],
    ['404: /Users is too much', failed(`${SCIM}/Users`, 404), 'ends with /Users. Take that off'],
    ['404: /Groups/ is too much', failed(`${SCIM}/Groups/`, 404), 'ends with /Groups. Take that off'],
    ['404: an address with everything', failed(SCIM, 404), '200 with an empty list, not 404'],
    ['a page where SCIM should be', failed(`${SCIM}/v2`, 200, HTML), 'No SCIM service answers'],
    ['no answer', failed(SCIM), 'Nobody answered'],
    ['a refused filter', failed(SCIM, 400), 'Match users by an attribute'],
    ['a redirect', failed(SCIM, 302, { location: '/login' }), 'leads elsewhere (/login)'],
    ['throttled', failed(SCIM, 429), 'too many requests'],
    ['a failure there', failed(SCIM, 503), 'test again later'],
    ['JSON of another kind', failed(SCIM, 200, { 'content-type': 'application/json' }), 'not as SCIM 2.0'],
  ])('%s', (_, result, advice) => {
    expect(connectionAdvice(result)).toContain(advice)
  })

  test('a host that may not be called is named', () => {
    expect(connectionAdvice({ ...failed(SCIM), hostNotAllowed: 'app.example' })).toContain('may not call app.example')
  })
})
