import { describe, expect, test } from 'vitest'
import { reviseFormPost, reviseJson, reviseRedirect } from './answers.ts'
import type { OidcPolicy, OidcProblem } from './policy.ts'

const policy: Pick<OidcPolicy, 'describeProblem' | 'renderFormPost'> = {
  describeProblem: (problem: OidcProblem) => ({
    error: problem.error,
    error_description: `${problem.route}: ${problem.description} (${problem.detail ?? 'no detail'})`,
  }),
  renderFormPost: (action, fields) => JSON.stringify({ action, fields }),
}

describe('reviseRedirect', () => {
  test('takes the issuer out of a response and leaves the rest', () => {
    const location = 'https://app.example/cb?kept=1&code=a%20b&state=x&iss=https%3A%2F%2Fid.example'
    expect(new URL(reviseRedirect(policy, location, 'resume')).search).toBe('?kept=1&code=a+b&state=x')
  })

  test('words an error, in the query and in the fragment', () => {
    const query = 'https://app.example/cb?error=login_required&error_description=plain&state=x'
    const revised = new URL(reviseRedirect(policy, query, 'authorization', 'why'))
    expect(revised.searchParams.get('error_description')).toBe('authorization: plain (why)')
    const fragment = 'https://app.example/cb#error=login_required&error_description=plain&iss=a'
    const hash = new URLSearchParams(new URL(reviseRedirect(policy, fragment, 'authorization')).hash.slice(1))
    expect(Object.fromEntries(hash)).toEqual({
      error: 'login_required',
      error_description: 'authorization: plain (no detail)',
    })
  })

  test.each(['/realm/login/abc', 'https://id.example/realm/login/abc?step=email', 'not an address'])(
    'leaves %s alone: it is no answer to an application',
    (location) => {
      expect(reviseRedirect(policy, location, 'authorization')).toBe(location)
    },
  )
})

describe('reviseFormPost', () => {
  test('reads the library’s form, escaping undone, and drops the issuer', () => {
    const html = `<form method="post" action="https://app.example/cb?a=1&amp;b=2">
      <input type="hidden" name="code" value="c&quot;d"/><input type="hidden" name="iss" value="x"/></form>`
    expect(JSON.parse(reviseFormPost(policy, html, 'resume'))).toEqual({
      action: 'https://app.example/cb?a=1&b=2',
      fields: { code: 'c"d' },
    })
  })

  test('leaves a page without such a form alone', () => {
    expect(reviseFormPost(policy, '<p>Hello</p>', 'resume')).toBe('<p>Hello</p>')
  })
})

describe('reviseJson', () => {
  test('hands error, description and the library’s own reason to the policy', () => {
    expect(reviseJson(policy, { error: 'invalid_grant' }, 'token', 'grant not found')).toEqual({
      error: 'invalid_grant',
      error_description: 'token:  (grant not found)',
    })
  })
})
