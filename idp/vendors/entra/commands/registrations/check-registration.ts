import type { Application, AppRole, PermissionScope } from '#idp/core/directory/records.ts'
import { badValue, DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import { checkText } from '#idp/core/directory/user-rules.ts'
import type { Tenant } from '../../collections.ts'
import { identifierUriProblem } from './identifier-uris.ts'
import { allRedirectUris, MOST_REDIRECT_URIS, redirectUriProblem } from './redirect-uris.ts'

/** What values of scopes and roles are made of (application manifest, `value`). */
const VALUE = /^[A-Za-z0-9:!#$%&'()*+,\-./;<=>?@[\]^_`{|}~]{1,120}$/

/**
 * Judge a registration as it is to be, whoever changes it and by which surface. Only what differs from `before` is judged, so that a
 * registration holding something that is no longer allowed can still be changed elsewhere.
 *
 * @param before Absent for a new one.
 * @throws {DirectoryRefusal} `Request_BadRequest` naming the property: `displayName`, `redirectUris`, `logoutUrl`, `homepage`,
 *   `identifierUris`, `value` and the texts of scopes and roles, `isEnabled`.
 */
export function checkRegistration(before: Application | undefined, after: Application, tenant: Tenant): void {
  checkText('displayName', 'Name', after.displayName, 120)
  checkRedirectUris(before, after)
  checkAddress('logoutUrl', 'The front-channel logout URL', before?.web.logoutUrl, after.web.logoutUrl)
  checkAddress('homepage', 'The home page URL', before?.homepage, after.homepage, ['https:', 'http:'])
  for (const uri of after.identifierUris ?? []) {
    if (before?.identifierUris?.includes(uri)) continue
    const problem = identifierUriProblem(uri, { appId: after.appId, tenantId: tenant.id, domains: tenant.domains })
    if (problem !== undefined) throw badValue('identifierUris', problem)
  }
  checkScopes(before?.api?.oauth2PermissionScopes ?? [], after.api?.oauth2PermissionScopes ?? [])
  checkRoles(before?.appRoles ?? [], after.appRoles)
}

function checkRedirectUris(before: Application | undefined, after: Application): void {
  const all = allRedirectUris(after)
  if (all.length > MOST_REDIRECT_URIS) {
    throw badValue('redirectUris', `A registration has at most ${MOST_REDIRECT_URIS} redirect URIs.`)
  }
  const kept = new Set((before === undefined ? [] : allRedirectUris(before)).map((each) => JSON.stringify(each)))
  for (const each of all) {
    const problem = kept.has(JSON.stringify(each)) ? undefined : redirectUriProblem(each.uri, each.platform)
    if (problem !== undefined) throw badValue('redirectUris', `${each.uri}: ${problem}`)
  }
  const uris = all.map(({ uri }) => uri)
  const twice = uris.find((uri, index) => uris.indexOf(uri) !== index)
  if (twice !== undefined) throw badValue('redirectUris', `${twice} is registered already. Redirect URIs are distinct.`)
}

function checkAddress(
  field: string,
  what: string,
  before: string | undefined,
  after: string | undefined,
  schemes: readonly string[] = ['https:'],
): void {
  if (after === undefined || after === before) return
  if (after.length > 256) throw badValue(field, `${what} has at most 256 characters.`)
  const url = URL.canParse(after) ? new URL(after) : undefined
  const isLocal = url?.protocol === 'http:' && (url.hostname === 'localhost' || url.hostname === '127.0.0.1')
  if (url !== undefined && (schemes.includes(url.protocol) || isLocal)) return
  throw badValue(field, `${what} must be a valid URL that starts with "https" or "http://localhost".`)
}

function checkScopes(before: readonly PermissionScope[], after: readonly PermissionScope[]): void {
  checkRemoval('scope', before, after)
  checkDistinct('scope', after)
  for (const scope of after) {
    if (!VALUE.test(scope.value) || scope.value.startsWith('.')) throw badScopeValue(scope.value)
    checkText('adminConsentDisplayName', 'Admin consent display name', scope.adminConsentDisplayName, 100)
    checkText('adminConsentDescription', 'Admin consent description', scope.adminConsentDescription, 1024)
  }
}

function badScopeValue(value: string): DirectoryRefusal {
  return value === ''
    ? badValue('value', 'Scope name is required.')
    : badValue('value', 'A scope name has at most 120 letters, digits and signs, no blanks, and no dot in front.')
}

function checkRoles(before: readonly AppRole[], after: readonly AppRole[]): void {
  checkRemoval('app role', before, after)
  checkDistinct('app role', after)
  for (const role of after) {
    if (before.includes(role)) continue
    checkText('roleDisplayName', 'Display name', role.displayName, 100)
    checkText('description', 'Description', role.description, 1024)
    if (role.value === '') throw badValue('value', 'Value is required.')
    if (!VALUE.test(role.value) || role.value.startsWith('.')) {
      throw badValue('value', 'A value has at most 120 letters, digits and signs, no blanks, and no dot in front.')
    }
    if (role.allowedMemberTypes.length === 0) throw badValue('allowedMemberTypes', 'Select who can hold the role.')
  }
}

type Entitlement = { readonly id: string; readonly value: string; readonly isEnabled: boolean }

/** What is enabled cannot be removed (error code `CannotDeleteOrUpdateEnabledEntitlement` of Graph). */
function checkRemoval(what: string, before: readonly Entitlement[], after: readonly Entitlement[]): void {
  const removed = before.find((each) => each.isEnabled && !after.some(({ id }) => id === each.id))
  if (removed === undefined) return
  throw badValue('isEnabled', `The ${what} '${removed.value}' is enabled. Disable it before it is deleted.`)
}

function checkDistinct(what: string, all: readonly Entitlement[]): void {
  const repeats = (values: readonly string[]): string | undefined =>
    values.find((value, index) => value !== '' && values.indexOf(value) !== index)
  const value = repeats(all.map((each) => each.value.toLowerCase()))
  if (value !== undefined) throw badValue('value', `Another ${what} has the value '${value}' already.`)
  const id = repeats(all.map((each) => each.id))
  if (id !== undefined) throw badValue('id', `Two ${what}s have the id '${id}'.`)
}

/** @throws {DirectoryRefusal} `ObjectConflict` when another registration of the tenant has the Application ID URI. */
export function checkUnusedUris(after: Application, others: readonly Application[]): void {
  for (const uri of after.identifierUris ?? []) {
    const owner = others.find((each) => each.id !== after.id && each.identifierUris?.includes(uri))
    if (owner === undefined) continue
    throw new DirectoryRefusal(
      'ObjectConflict',
      `Another application of the tenant has the Application ID URI ${uri} already.`,
      'identifierUris',
    )
  }
}
