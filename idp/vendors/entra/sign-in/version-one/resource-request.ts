/**
 * Which generation of the endpoints a request came in by. Those of version 1, without `v2.0` in their path, name one resource and get
 * whatever the registration lists for it; those of version 2 name scopes. Inside, everything is the second's.
 */
export type EndpointVersion = 1 | 2

/** What a request at the endpoints of version 1 stands for beside its resource: there a sign-in always gives an ID and a refresh token. */
const ALWAYS = 'openid profile email offline_access'

/** The version whose endpoint answers at this path, in any case of letters, as paths are routed. */
export function versionOf(path: string): EndpointVersion {
  return /\/oauth2\/v2\.0(\/|$)/i.test(path) ? 2 : 1
}

/** The one resource a request names. Blanks would let scopes of others stand behind it, so they are part of a name nobody has. */
function resourceOf(given: URLSearchParams): string {
  return (given.get('resource')?.trim() ?? '').replace(/\s/g, '%20')
}

/** An authorization or device request of version 1 in the words of version 2: its `scope`, which version 1 ignores, says the resource. */
export function askedByResource(given: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(given)
  const resource = resourceOf(given)
  params.set('scope', resource === '' ? ALWAYS : `${ALWAYS} ${resource}/.default`)
  // FID-ENTRA-TOKENS-24: an administrator may consent for everybody on the page that is shown for it.
  if (given.get('prompt') === 'admin_consent') params.set('prompt', 'consent')
  return params
}

/**
 * A token request of version 1 in the words of version 2. Without a resource it has no scope: that of the sign-in counts. A device's code
 * is called `code` there.
 */
export function exchangedByResource(given: URLSearchParams): URLSearchParams {
  const params = new URLSearchParams(given)
  const resource = resourceOf(given)
  const isAlone = given.get('grant_type') === 'client_credentials'
  params.delete('scope')
  if (resource !== '') params.set('scope', isAlone ? `${resource}/.default` : `${ALWAYS} ${resource}/.default`)
  const deviceCode = given.get('grant_type') === 'device_code' ? given.get('code') : null
  if (deviceCode !== null) params.set('device_code', deviceCode)
  return params
}
