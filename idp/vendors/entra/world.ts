import type {
  Application,
  AppRoleAssignment,
  OAuth2PermissionGrant,
  ServicePrincipal,
} from '#idp/core/directory/records.ts'
import { DEFAULT_ACCESS_ROLE_ID } from '#idp/core/directory/records.ts'
import { DIALPAD_LISTING, DIALPAD_SCOPES } from '#idp/gallery/dialpad/listing.ts'
import {
  castGroups,
  directoryShare,
  joinShares,
  personIdOf,
  seededGroupIdOf,
  TARGET_GROUP_NAME,
  writeDirectoryShare,
} from '#idp/world.ts'
import { guidOf } from '#kit/ids.ts'
import { hashSecret, hashSeededPassword } from '#kit/secrets.ts'
import type { Seed, Urls } from '#kit/system/system.ts'
import { type CastPerson, type CastRole, COMPANY, TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { OTHER_TENANT, PARTNER_APP, SAMPLE_SPA, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { parseWorld } from '#kit/world/worlds.ts'
import type { EntraWriter } from './collections.ts'
import { APPLICATION_PERMISSIONS } from './commands/application-permissions.ts'
import { seedConnectedJob } from './provisioning/world.ts'
import { type DirectoryRoleName, roleTemplateId } from './roles.ts'

/** The admin center and My Apps are clients of their own sign-in, with the ids the real ones have. */
export const ADMIN_CENTER_APP_ID = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c'
export const MY_APPS_APP_ID = '2793995e-0a7d-40d7-bd35-6968ba142197'

const ROLE_NAMES: Readonly<Partial<Record<CastRole, DirectoryRoleName>>> = {
  'global-administrator': 'Global Administrator',
  'application-administrator': 'Application Administrator',
  'cloud-application-administrator': 'Cloud Application Administrator',
  'global-reader': 'Global Reader',
}

/** People of the second tenant: somebody to be refused where a tenant is pinned, and the guest at home. */
const OTHER_PEOPLE: readonly CastPerson[] = [
  {
    handle: 'ingrid.solberg',
    givenName: 'Ingrid',
    familyName: 'Solberg',
    title: 'Managing Director',
    department: 'Management',
    office: 'London',
    country: 'GB',
    language: 'en-GB',
    roles: ['global-administrator'],
  },
  {
    handle: 'lucas.meyer',
    givenName: 'Lucas',
    familyName: 'Meyer',
    title: 'Partner Consultant',
    department: 'Consulting',
    office: 'London',
    country: 'GB',
    language: 'en-GB',
    managerHandle: 'ingrid.solberg',
    roles: [],
  },
]

/** Who holds which directory role: `[user id, role template id]`. */
function rolesOf(tenantId: string, people: readonly CastPerson[]): readonly (readonly [string, string])[] {
  return people.flatMap((person) =>
    person.roles.flatMap((role): (readonly [string, string])[] => {
      const name = ROLE_NAMES[role]
      return name === undefined ? [] : [[personIdOf(tenantId, person.handle), roleTemplateId(name)]]
    }),
  )
}

/** Redirects of the samples; the port of a loopback address does not matter when they are compared. */
const LOOPBACK_REDIRECTS: readonly string[] = ['localhost', '127.0.0.1'].flatMap((host) =>
  ['', '/', '/callback', '/auth/callback', '/signin-oidc', '/redirect'].map((path) => `http://${host}${path}`),
)

interface Registration {
  readonly urls: Urls
  readonly createdAt: string
}

function blankApplication(id: string, appId: string, displayName: string, createdDateTime: string): Application {
  return {
    id,
    appId,
    displayName,
    tenantId: TENANT_ID,
    signInAudience: 'AzureADMyOrg',
    publisherName: COMPANY.name,
    web: { redirectUris: [] },
    spa: { redirectUris: [] },
    publicClient: { redirectUris: [] },
    secrets: [],
    requiredScopes: ['openid', 'profile', 'email', 'offline_access', 'User.Read'],
    appRoles: [],
    firstParty: false,
    createdDateTime,
  }
}

function secretOf(appId: string, plain: string): Application['secrets'] {
  return [{ keyId: guidOf(`${appId}/secret`), hash: hashSecret(plain), hint: plain.slice(0, 3) }]
}

/** The target's app as its publisher registered it: known everywhere, in nobody's tenant until somebody consents. */
function partnerApplication({ urls, createdAt }: Registration): Application {
  return {
    ...blankApplication(PARTNER_APP.objectId, PARTNER_APP.appId, DIALPAD_LISTING.name, createdAt),
    tenantId: PARTNER_APP.publisherTenantId,
    signInAudience: 'AzureADMultipleOrgs',
    publisherName: DIALPAD_LISTING.publisher,
    homepage: urls['dialpad'] ?? '',
    web: { redirectUris: [`${urls['dialpad']}/login/microsoft/callback`], logoutUrl: `${urls['dialpad']}/` },
    secrets: secretOf(PARTNER_APP.appId, PARTNER_APP.secret),
    requiredScopes: DIALPAD_SCOPES,
    // Administrators of a tenant are known by their roles (FID-DIALPAD-SIGN-IN-04).
    groupMembershipClaims: 'DirectoryRole',
    templateId: DIALPAD_LISTING.templateId,
  }
}

function firstPartyApplication(
  appId: string,
  displayName: string,
  redirectUri: string,
  { urls, createdAt }: Registration,
): Application {
  return {
    ...blankApplication(guidOf(`${appId}/object`), appId, displayName, createdAt),
    signInAudience: 'AzureADMultipleOrgs',
    publisherName: 'Microsoft Services',
    web: { redirectUris: [redirectUri], logoutUrl: `${urls['entra']}/` },
    requiredScopes: ['openid', 'profile'],
    firstParty: true,
  }
}

/** Every application of every world: the target's, the two pages that are clients themselves, the two samples. */
function applicationsOf(registration: Registration): readonly Application[] {
  const { urls, createdAt } = registration
  return [
    firstPartyApplication(
      ADMIN_CENTER_APP_ID,
      'Microsoft Entra admin center',
      `${urls['entra']}/admin/signin-oidc`,
      registration,
    ),
    firstPartyApplication(MY_APPS_APP_ID, 'My Apps', `${urls['entra']}/myapps/signin-oidc`, registration),
    partnerApplication(registration),
    {
      ...blankApplication(SAMPLE_WEB_APP.objectId, SAMPLE_WEB_APP.appId, 'Sample web app', createdAt),
      web: { redirectUris: LOOPBACK_REDIRECTS },
      secrets: secretOf(SAMPLE_WEB_APP.appId, SAMPLE_WEB_APP.secret),
    },
    {
      ...blankApplication(SAMPLE_SPA.objectId, SAMPLE_SPA.appId, 'Sample single-page app', createdAt),
      spa: { redirectUris: LOOPBACK_REDIRECTS },
    },
  ]
}

/** Object id of an app's service principal in the primary tenant, where a world has seeded it. */
export function seededServicePrincipalIdOf(appId: string): string {
  return guidOf(`${TENANT_ID}/servicePrincipal/${appId}`)
}

function servicePrincipalOf(application: Application, ownerIds: readonly string[]): ServicePrincipal {
  return {
    id: seededServicePrincipalIdOf(application.appId),
    tenantId: TENANT_ID,
    appId: application.appId,
    applicationId: application.id,
    displayName: application.displayName,
    publisherName: application.publisherName,
    ...(application.homepage === undefined ? {} : { homepage: application.homepage }),
    accountEnabled: true,
    appRoleAssignmentRequired: false,
    visibleToUsers: true,
    appRoles: application.appRoles,
    ownerIds,
    ...(application.templateId === undefined ? {} : { templateId: application.templateId }),
    // The sample app is the one scripts get tokens for: an administrator has consented to everything it can hold.
    ...(application.appId === SAMPLE_WEB_APP.appId ? { applicationPermissions: APPLICATION_PERMISSIONS } : {}),
    firstParty: application.firstParty,
    createdDateTime: application.createdDateTime,
  }
}

/** What `connected-entra` adds: the target's app consented to for the organization, and its group assigned. */
function connection(createdDateTime: string): {
  readonly grants: readonly OAuth2PermissionGrant[]
  readonly assignments: readonly AppRoleAssignment[]
} {
  const clientId = seededServicePrincipalIdOf(PARTNER_APP.appId)
  return {
    grants: [
      {
        id: guidOf(`${clientId}/grant`),
        tenantId: TENANT_ID,
        clientId,
        consentType: 'AllPrincipals',
        scope: DIALPAD_SCOPES.join(' '),
        createdDateTime,
      },
    ],
    assignments: [
      {
        id: guidOf(`${clientId}/assignment/${TARGET_GROUP_NAME}`),
        tenantId: TENANT_ID,
        principalId: seededGroupIdOf(TENANT_ID, TARGET_GROUP_NAME),
        principalType: 'Group',
        resourceId: clientId,
        appRoleId: DEFAULT_ACCESS_ROLE_ID,
        createdDateTime,
      },
    ],
  }
}

/**
 * Write this vendor's share of a world into an empty store: both tenants, their people, groups and directory roles, and the
 * applications. The password is hashed once for everybody.
 *
 * @throws {Error} when there is no such world: the name is checked before.
 */
export function seedEntraWorld(tx: EntraWriter, seed: Seed): void {
  const world = parseWorld(seed.world)
  if (world === undefined) throw new Error(`There is no world called ${seed.world}.`)
  const createdAt = new Date(seed.nowMs).toISOString()
  const passwordHash = hashSeededPassword(TRAINING_PASSWORD, `${TENANT_ID}/users`)
  const tenants = [
    { id: TENANT_ID, name: COMPANY.name, domain: COMPANY.domain, people: world.people, groups: castGroups(world) },
    { ...OTHER_TENANT, people: OTHER_PEOPLE, groups: [] },
  ]
  for (const { id, name, domain, people } of tenants) {
    tx.put('tenants', id, { id, displayName: name, domains: [domain], createdDateTime: createdAt })
    for (const [userId, template] of rolesOf(id, people)) {
      tx.put('directoryRoles', `${userId}/${template}`, { tenantId: id, userId, roleTemplateId: template })
    }
  }
  const shares = tenants.map(({ id, domain, people, groups }) =>
    directoryShare({ tenantId: id, domain, people, groups, createdAt, passwordHash }),
  )
  const applications = applicationsOf({ urls: seed.urls, createdAt })
  const isConnected = world.kind === 'connected-entra'
  const present = new Set<string>([SAMPLE_WEB_APP.appId, SAMPLE_SPA.appId, ...(isConnected ? [PARTNER_APP.appId] : [])])
  const ownerIds = world.people
    .filter((person) => person.roles.includes('app-owner'))
    .map((person) => personIdOf(TENANT_ID, person.handle))
  writeDirectoryShare(tx, {
    ...joinShares(shares),
    applications,
    servicePrincipals: applications
      .filter((application) => present.has(application.appId))
      .map((application) => servicePrincipalOf(application, application.templateId === undefined ? [] : ownerIds)),
    ...(isConnected ? connection(createdAt) : {}),
  })
  if (isConnected) seedConnectedJob(tx, seed, seededServicePrincipalIdOf(PARTNER_APP.appId))
}
