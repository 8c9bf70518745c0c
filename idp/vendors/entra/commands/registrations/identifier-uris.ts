/** Longest Application ID URI. */
const LONGEST = 255

/** What an Application ID URI is judged by. */
export interface IdentifierUriOwner {
  readonly appId: string
  readonly tenantId: string
  /** Verified domains of the tenant. */
  readonly domains: readonly string[]
}

/**
 * Why an Application ID URI cannot be used; `undefined` when it can. It begins with `api://` and names the application, the tenant
 * or a verified domain, or is an `https` address of a verified domain; it has no query, fragment, wildcard or slash at its end
 * (restrictions on identifier URIs).
 */
export function identifierUriProblem(uri: string, owner: IdentifierUriOwner): string | undefined {
  if (uri.length > LONGEST) return `An Application ID URI has at most ${LONGEST} characters.`
  if (/[\s*?#]/.test(uri)) return 'An Application ID URI has no blanks, wildcards, query or fragment.'
  if (uri.endsWith('/')) return 'An Application ID URI does not end with a slash.'
  const api = /^api:\/\/(.+)$/i.exec(uri)?.[1]?.toLowerCase()
  if (api !== undefined) {
    const parts = api.split('/')
    const [first = ''] = parts
    if (parts.some((part) => part === '')) return 'An Application ID URI has no empty segment.'
    if (first === owner.appId || parts.at(-1) === owner.appId) return undefined
    if (first === owner.tenantId && parts.length > 1) return undefined
    if (isBelow(first, owner.domains)) return undefined
    return notOurs(owner)
  }
  if (!URL.canParse(uri) || new URL(uri).protocol !== 'https:') return notOurs(owner)
  return isBelow(new URL(uri).hostname, owner.domains) ? undefined : notOurs(owner)
}

function isBelow(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`))
}

/** The words of the refusal list the forms that would do. */
function notOurs({ appId, tenantId, domains }: IdentifierUriOwner): string {
  return `The Application ID URI must be api://${appId}, api://${tenantId}/… , or name a verified domain of the tenant (${domains.join(', ')}).`
}
