import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Application, KeyCredential, OptionalClaim, PermissionScope } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import type { EntraReader, EntraWriter } from '../../collections.ts'
import { withPermissions } from './api-permissions.ts'
import { GRAPH_API } from './graph-permissions.ts'
import { manifestOf } from './manifest.ts'
import { type PermissionType, permissionsOfApplication, permissionsOfGraph } from './permission-names.ts'
import { withProperties } from './properties.ts'
import { readCertificate } from './read-certificate.ts'
import { withRedirectUris } from './redirect-uris.ts'
import { checkOptionalClaims } from './token-configuration.ts'

const Id = z.guid().transform((text) => text.toLowerCase())
const Text = z.string().max(2048)
const Uris = z.strictObject({ redirectUris: z.array(Text).max(256).optional() })
const Claim = z.strictObject({
  name: z.string().min(1).max(120),
  source: z.literal('user').nullable().optional(),
  essential: z.boolean().default(false),
  additionalProperties: z.array(z.string().max(120)).max(10).default([]),
})
const Claims = z.array(Claim).max(50).nullable().optional()

/** What of a manifest can be changed, and what it may be. Everything else has to stay as it is. */
export const ManifestPatch = z
  .strictObject({
    displayName: z.string().max(256),
    identifierUris: z.array(Text).max(50),
    signInAudience: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs']),
    isFallbackPublicClient: z.boolean().nullable(),
    groupMembershipClaims: z.enum(['None', 'SecurityGroup', 'DirectoryRole', 'ApplicationGroup', 'All']).nullable(),
    appRoles: z
      .array(
        z.strictObject({
          allowedMemberTypes: z.array(z.enum(['User', 'Application'])).max(2),
          description: Text,
          displayName: Text,
          id: Id,
          isEnabled: z.boolean(),
          origin: z.string().max(64).nullable().optional(),
          value: Text.nullable().default(''),
        }),
      )
      .max(1200),
    api: z.strictObject({
      acceptMappedClaims: z.null().optional(),
      knownClientApplications: z.array(z.never()).optional(),
      requestedAccessTokenVersion: z.union([z.literal(1), z.literal(2), z.null()]).optional(),
      oauth2PermissionScopes: z
        .array(
          z.strictObject({
            adminConsentDescription: Text,
            adminConsentDisplayName: Text,
            id: Id,
            isEnabled: z.boolean().default(true),
            type: z.enum(['User', 'Admin']).default('User'),
            userConsentDescription: Text.nullable().optional(),
            userConsentDisplayName: Text.nullable().optional(),
            value: Text,
          }),
        )
        .max(1200)
        .optional(),
      preAuthorizedApplications: z
        .array(z.strictObject({ appId: Id, delegatedPermissionIds: z.array(Id).max(100) }))
        .max(100)
        .optional(),
    }),
    optionalClaims: z.strictObject({ idToken: Claims, accessToken: Claims, saml2Token: Claims }).nullable(),
    requiredResourceAccess: z
      .array(
        z.strictObject({
          resourceAppId: Id,
          resourceAccess: z.array(z.strictObject({ id: Id, type: z.enum(['Scope', 'Role']) })).max(400),
        }),
      )
      .max(50),
    web: z.strictObject({
      homePageUrl: Text.nullable().optional(),
      logoutUrl: Text.nullable().optional(),
      redirectUris: z.array(Text).max(256).optional(),
      implicitGrantSettings: z
        .strictObject({
          enableAccessTokenIssuance: z.literal(false).optional(),
          enableIdTokenIssuance: z.literal(false).optional(),
        })
        .optional(),
    }),
    spa: Uris,
    publicClient: Uris,
    keyCredentials: z
      .array(
        z.looseObject({
          keyId: Id.nullable().optional(),
          key: z.string().max(100_000).nullable().optional(),
          displayName: z.string().max(120).nullable().optional(),
          type: z.string().max(64).nullable().optional(),
          usage: z.string().max(64).nullable().optional(),
        }),
      )
      .max(100),
    passwordCredentials: z.array(z.looseObject({ keyId: Id })).max(100),
  })
  .partial()

export type ManifestPatchValue = z.infer<typeof ManifestPatch>

/**
 * The part of a manifest that may be changed, after the rest was compared with what it is.
 * @throws {DirectoryRefusal} `Request_BadRequest` naming a property that is read-only, or that is kept here at its only value.
 */
export function changeablePart(
  reader: EntraReader,
  before: Application,
  manifest: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const current = manifestOf(reader, before)
  const part: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(manifest)) {
    if (Object.hasOwn(ManifestPatch.shape, name)) {
      part[name] = value
      continue
    }
    if (!Object.hasOwn(current, name)) throw badValue(name, `Invalid property '${name}'.`)
    if (!isDeepStrictEqual(value, current[name])) {
      throw badValue(name, `Property '${name}' is read-only and cannot be set.`)
    }
  }
  return part
}

/**
 * A registration with part of its manifest replaced; lists are replaced whole, objects member by member.
 * @param now Virtual instant: a certificate that has ended is refused.
 * @throws {DirectoryRefusal} `Request_BadRequest` for an unknown permission, secrets that were added or removed, certificates that cannot be
 *   read. What `checkRegistration` judges is left to it.
 */
export function applyManifest(
  tx: EntraWriter,
  before: Application,
  patch: ManifestPatchValue,
  now: string,
): Application {
  const { web, spa, publicClient, api, optionalClaims, groupMembershipClaims: groups } = patch
  let next = withProperties(before, {
    ...(patch.displayName === undefined ? {} : { displayName: patch.displayName }),
    ...(patch.signInAudience === undefined ? {} : { signInAudience: patch.signInAudience }),
    ...(web?.homePageUrl === undefined ? {} : { homepage: web.homePageUrl }),
    ...(web?.logoutUrl === undefined ? {} : { logoutUrl: web.logoutUrl }),
  })
  next = withRedirectUris(next, {
    ...(web?.redirectUris === undefined ? {} : { web: web.redirectUris }),
    ...(spa?.redirectUris === undefined ? {} : { spa: spa.redirectUris }),
    ...(publicClient?.redirectUris === undefined ? {} : { publicClient: publicClient.redirectUris }),
  })
  if (patch.isFallbackPublicClient !== undefined) {
    const { isFallbackPublicClient: _, ...rest } = next
    next =
      patch.isFallbackPublicClient === null ? rest : { ...rest, isFallbackPublicClient: patch.isFallbackPublicClient }
  }
  if (patch.identifierUris !== undefined) next = { ...next, identifierUris: [...new Set(patch.identifierUris)] }
  if (patch.appRoles !== undefined) {
    const appRoles = patch.appRoles.map(({ origin: _, value, ...role }) => ({ ...role, value: value ?? '' }))
    next = { ...next, appRoles }
  }
  if (api !== undefined) next = withApi(next, api)
  if (groups !== undefined) {
    const { groupMembershipClaims: _, ...rest } = next
    next = groups === null || groups === 'None' ? rest : { ...rest, groupMembershipClaims: groups }
  }
  if (optionalClaims !== undefined) next = withOptionalClaims(next, optionalClaims)
  if (patch.requiredResourceAccess !== undefined) next = withRequiredAccess(tx, next, patch.requiredResourceAccess)
  if (patch.keyCredentials !== undefined) next = withKeys(tx, next, patch.keyCredentials, now)
  if (patch.passwordCredentials !== undefined) mustBeTheSame(before, patch.passwordCredentials)
  return next
}

function withApi(application: Application, api: NonNullable<ManifestPatchValue['api']>): Application {
  const { requestedAccessTokenVersion: held, ...rest } = application.api ?? {}
  const version = api.requestedAccessTokenVersion === undefined ? held : api.requestedAccessTokenVersion
  const scopes = api.oauth2PermissionScopes?.map(
    ({ userConsentDescription, userConsentDisplayName, ...scope }): PermissionScope => ({
      ...scope,
      ...(userConsentDisplayName ? { userConsentDisplayName } : {}),
      ...(userConsentDescription ? { userConsentDescription } : {}),
    }),
  )
  const oauth2PermissionScopes = scopes ?? application.api?.oauth2PermissionScopes ?? []
  const preAuthorizedApplications = api.preAuthorizedApplications ?? application.api?.preAuthorizedApplications ?? []
  for (const { appId, delegatedPermissionIds } of preAuthorizedApplications) {
    const unknown = delegatedPermissionIds.find((id) => !oauth2PermissionScopes.some((scope) => scope.id === id))
    if (unknown === undefined) continue
    throw badValue(
      'api',
      `preAuthorizedApplications: ${appId} is given the scope '${unknown}', which the API does not have.`,
    )
  }
  return {
    ...application,
    api: {
      ...rest,
      ...(version ? { requestedAccessTokenVersion: version } : {}),
      oauth2PermissionScopes,
      preAuthorizedApplications,
    },
  }
}

function withOptionalClaims(application: Application, claims: ManifestPatchValue['optionalClaims']): Application {
  const { optionalClaims: before, ...rest } = application
  if (!claims) return rest
  const list = (given: z.infer<typeof Claims>, held: readonly OptionalClaim[] = []): readonly OptionalClaim[] =>
    given === undefined
      ? held
      : (given ?? []).map(({ source, ...claim }) => ({ ...claim, ...(source ? { source } : {}) }))
  const optionalClaims = {
    idToken: list(claims.idToken, before?.idToken),
    accessToken: list(claims.accessToken, before?.accessToken),
    saml2Token: list(claims.saml2Token, before?.saml2Token),
  }
  checkOptionalClaims(optionalClaims)
  return { ...rest, optionalClaims }
}

function withRequiredAccess(
  reader: EntraReader,
  application: Application,
  access: NonNullable<ManifestPatchValue['requiredResourceAccess']>,
): Application {
  // What its API offers no longer is not in a manifest, and is lost only when something is changed.
  if (isDeepStrictEqual(access, manifestOf(reader, application)['requiredResourceAccess'])) return application
  const names: Record<PermissionType, string[]> = { delegated: [], application: [] }
  for (const { resourceAppId, resourceAccess } of access) {
    const api = resourceAppId === GRAPH_API.appId ? undefined : reader.find('applications', 'appId', resourceAppId)[0]
    if (api === undefined && resourceAppId !== GRAPH_API.appId) {
      throw badValue('requiredResourceAccess', `There is no API with the application id '${resourceAppId}'.`)
    }
    for (const { id, type } of resourceAccess) {
      const kind = type === 'Scope' ? 'delegated' : 'application'
      const offered = api === undefined ? permissionsOfGraph(kind) : permissionsOfApplication(api, kind)
      const found = offered.find((each) => each.id === id)
      if (found === undefined) {
        throw badValue('requiredResourceAccess', `The API '${resourceAppId}' has no ${type} with the id '${id}'.`)
      }
      names[kind].push(found.name)
    }
  }
  const scoped = withPermissions(application, 'delegated', [...new Set(names.delegated)])
  return withPermissions(scoped, 'application', [...new Set(names.application)])
}

function withKeys(
  tx: EntraWriter,
  application: Application,
  given: NonNullable<ManifestPatchValue['keyCredentials']>,
  now: string,
): Application {
  const held = application.keyCredentials ?? []
  const keyCredentials = given.map(({ keyId, key, displayName }): KeyCredential => {
    const kept = held.find((each) => each.keyId === keyId)
    if (kept !== undefined && !key) return { ...kept, displayName: displayName ?? kept.displayName }
    if (!key)
      throw badValue('keyCredentials', 'A new key credential holds the certificate as base64 in its member key.')
    const { subject, ...read } = readCertificate(key)
    if (!(read.endDateTime > now)) throw badValue('keyCredentials', 'Key credential end date is invalid.')
    return { keyId: keyId ?? guidOf(nextIdSeed(tx)), displayName: displayName ?? `CN=${subject}`, ...read }
  })
  const thumbprints = keyCredentials.map(({ thumbprint }) => thumbprint)
  if (new Set(thumbprints).size !== thumbprints.length) {
    throw badValue('keyCredentials', 'Two key credentials hold the same certificate.')
  }
  return { ...application, keyCredentials }
}

/** Secrets are made and removed by calls of their own: what they are is not in a manifest. */
function mustBeTheSame({ secrets }: Application, given: readonly { readonly keyId: string }[]): void {
  const isSame =
    secrets.length === given.length && secrets.every(({ keyId }) => given.some((each) => each.keyId === keyId))
  if (isSame) return
  throw badValue(
    'passwordCredentials',
    'New password credentials must be generated with service actions: addPassword and removePassword.',
  )
}
