import type { OidcPolicy, OidcProblem } from './policy.ts'

/** The part of the policy that words answers. */
type Wording = Pick<OidcPolicy, 'describeProblem' | 'renderFormPost'>

/**
 * The provider's answers, made into the vendor's: errors in its words, and no `iss` in the authorization response (RFC 9207),
 * which clients of a provider with several issuers would refuse.
 */

/** The answer sent by redirect, with its parameters in the query or the fragment. */
export function reviseRedirect(policy: Wording, location: string, route: string, detail?: string): string {
  if (!URL.canParse(location)) return location
  const url = new URL(location)
  const inFragment = new URLSearchParams(url.hash.slice(1))
  if (isAnswer(inFragment)) {
    const revised = reviseFields(policy, inFragment, route, detail)
    url.hash = new URLSearchParams(revised).toString()
    return url.href
  }
  if (!isAnswer(url.searchParams)) return location
  const revised = reviseFields(policy, url.searchParams, route, detail)
  url.searchParams.delete('iss')
  for (const [name, value] of revised) url.searchParams.set(name, value)
  return url.href
}

function isAnswer(params: URLSearchParams): boolean {
  return params.has('code') || params.has('error')
}

function reviseFields(
  policy: Wording,
  params: URLSearchParams,
  route: string,
  detail: string | undefined,
): [string, string][] {
  const error = params.get('error')
  const described =
    error === null ? {} : policy.describeProblem(problemOf(error, params.get('error_description'), route, detail))
  return [...params]
    .filter(([name]) => name !== 'iss')
    .map(([name, value]) => {
      const better = described[name]
      return [name, typeof better === 'string' ? better : value]
    })
}

/** The answer of a response mode of the vendor's own: errors in its words, no `iss`. */
export function reviseAnswer(
  policy: Wording,
  params: URLSearchParams,
  route: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(reviseFields(policy, params, route, undefined))
}

const INPUT = /<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g
const ACTION = /<form method="post" action="([^"]*)">/
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" }

function unescapeHtml(text: string): string {
  return text.replace(/&([a-z]+|#\d+|#x[0-9a-f]+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
}

/** The answer sent by a form that posts itself (OAuth 2.0 Form Post Response Mode). */
export function reviseFormPost(policy: Wording, html: string, route: string, detail?: string): string {
  const action = ACTION.exec(html)?.[1]
  if (action === undefined) return html
  const params = new URLSearchParams()
  for (const [, name = '', value = ''] of html.matchAll(INPUT)) params.append(unescapeHtml(name), unescapeHtml(value))
  return policy.renderFormPost(unescapeHtml(action), Object.fromEntries(reviseFields(policy, params, route, detail)))
}

/** The error of a JSON answer, in the vendor's words. */
export function reviseJson(
  policy: Wording,
  body: { readonly error: string; readonly error_description?: unknown },
  route: string,
  detail?: string,
): Readonly<Record<string, unknown>> {
  const description = typeof body.error_description === 'string' ? body.error_description : null
  return policy.describeProblem(problemOf(body.error, description, route, detail))
}

function problemOf(error: string, description: string | null, route: string, detail: string | undefined): OidcProblem {
  return { error, description: description ?? '', route, ...(detail === undefined ? {} : { detail }) }
}
