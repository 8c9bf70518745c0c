import type { ConnectionTest } from '#idp/engine/connection-test.ts'

type FailedTest = Extract<ConnectionTest, { ok: false }>

const SCIM_PART = /\/scim(\/|$)/i

/** The address the test was made with, as far as the application is concerned: what the service adds to it is cut off. */
function baseOf({ request }: FailedTest): string {
  return request.replace(/^GET /, '').replace(/\/(Users|Groups)\?.*$/s, '')
}

/** What is wrong with an address below which nothing answers as SCIM. */
function addressAdvice(base: string): string {
  const path = URL.canParse(base) ? new URL(base).pathname : base
  const [, added] = /\/(Users|Groups)\/?$/i.exec(path) ?? []
  if (added !== undefined) {
    return `The Tenant URL ends with /${added}. Take that off: the service adds /Users and /Groups itself.`
  }
  if (!SCIM_PART.test(path)) {
    return 'The Tenant URL has no /scim in its path, where most applications expect provisioning. Compare it with the address the application gives.'
  }
  return 'No SCIM service answers at the Tenant URL. Compare it with the address the application gives; an application must answer 200 with an empty list, not 404, when nobody is found.'
}

/**
 * The likeliest cause of a failed connection test and what to do about it, in one or two sentences: a help of this twin beside
 * the product's own error, which names a code and no cause (reference 12.3).
 */
export function connectionAdvice(test: FailedTest): string {
  const { status, headers = {}, hostNotAllowed } = test
  if (hostNotAllowed !== undefined) {
    return `This simulation may not call ${hostNotAllowed} yet. Correct the host of the Tenant URL, or allow it as shown below.`
  }
  if (status === undefined) {
    return 'Nobody answered at the Tenant URL. Check its host and port, and that the application is running.'
  }
  if (status === 401) {
    return 'The application does not accept the Secret Token. Paste the bare key, without the word Bearer or spaces; if it has expired or was revoked, make a new key in the application.'
  }
  if (status === 403) {
    return 'The application knows the key but does not let it manage users. Let an administrator of the application make the key.'
  }
  if (status === 429) return 'The application received too many requests. Wait a minute, then test again.'
  if (status >= 500)
    return 'The application failed to answer. Nothing is wrong with the values as far as can be told: test again later.'
  if (status >= 300 && status < 400) {
    return `The Tenant URL leads elsewhere${headers['location'] === undefined ? '' : ` (${headers['location']})`}, and the service does not follow. Enter the address of the SCIM service itself.`
  }
  const isPage = /^text\/html/i.test(headers['content-type'] ?? '')
  if (status === 404 || isPage) return addressAdvice(baseOf(test))
  if (status === 400) {
    return 'The application cannot search by the matching attribute. Match users by an attribute it can be asked for, such as userName.'
  }
  return 'The application answered, but not as SCIM 2.0 asks: a list of the type application/scim+json.'
}
