import { expect, test } from 'vitest'
import type { JournalEntry, JournalMessage } from '#kit/journal.ts'
import { readSignInRequest } from '../systems/sign-in-request.ts'

const AT = '2026-01-09T02:02:12.000Z'

function entry(request: JournalMessage, response: JournalMessage): JournalEntry {
  return {
    seq: 1,
    system: 'entra',
    at: AT,
    virtualAt: AT,
    kind: 'oidc',
    correlationId: '0'.repeat(32),
    title: '',
    request,
    response,
  }
}

test('a request to sign in says where to, for whom, and with which number it was refused', () => {
  const url = '/common/oauth2/v2.0/authorize?client_id=app&redirect_uri=https%3A%2F%2Fapp.example%2Fcb'
  expect(readSignInRequest(entry({ method: 'GET', url }, { status: 400, body: '<dd>AADSTS50011</dd>' }))).toEqual({
    at: AT,
    endpoint: 'authorize',
    place: 'common',
    clientId: 'app',
    redirectUri: 'https://app.example/cb',
    code: 50011,
  })
})

test('a request for tokens is read from its form, and one that was answered has no number', () => {
  const body = 'grant_type=client_credentials&client_id=app&client_secret=hidden'
  expect(
    readSignInRequest(entry({ method: 'POST', url: '/t/oauth2/v2.0/token', body }, { status: 200, body: '{}' })),
  ).toEqual({ at: AT, endpoint: 'token', place: 't', clientId: 'app', grantType: 'client_credentials' })
})

test.each([
  ['another endpoint', '/t/oauth2/v2.0/logout?client_id=app'],
  ['no application', '/t/oauth2/v2.0/authorize?scope=openid'],
  ['a page of the sign-in', '/t/login/uid/password'],
])('%s is none', (_what, url) => {
  expect(readSignInRequest(entry({ method: 'GET', url }, { status: 200 }))).toBeUndefined()
})
