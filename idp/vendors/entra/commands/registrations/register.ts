import { createApplication, createServicePrincipal } from '#idp/core/directory/applications.ts'
import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { initiatorOf } from '../../audit/initiators.ts'
import { appTarget, recordAudit, registrationTarget } from '../../audit/record-audit.ts'
import type { EntraWriter } from '../../collections.ts'
import type { Actor, CommandDeps, Standing } from '../actor.ts'
import { journalChange } from '../journal-change.ts'
import { applyManifest, type ManifestPatchValue } from './apply-manifest.ts'
import { journalRegistration } from './change-registration.ts'
import { checkRegistration, checkUnusedUris } from './check-registration.ts'
import { type Platform, withRedirectUris } from './redirect-uris.ts'
import { mustManageRegistration, mustRegister } from './registration-standing.ts'

export interface RegisterInput {
  readonly displayName: string
  /** Single tenant unless told. */
  readonly signInAudience?: Application['signInAudience']
  readonly redirectUri?: { readonly platform: Platform; readonly uri: string }
  /** Further properties, as Graph gives them; they are judged like any change. */
  readonly patch?: ManifestPatchValue
  /** Owners beside the one who registers: ids of people. */
  readonly ownerIds?: readonly string[]
}

function blankRegistration(tx: EntraWriter, { tenant, userId, application }: Standing, now: string): Application {
  const seed = nextIdSeed(tx)
  const ownerId = userId ?? application?.id
  return {
    id: guidOf(`${seed}/application`),
    appId: guidOf(`${seed}/appId`),
    displayName: '',
    tenantId: tenant.id,
    signInAudience: 'AzureADMyOrg',
    publisherName: tenant.displayName,
    ownerIds: ownerId === undefined ? [] : [ownerId],
    web: { redirectUris: [] },
    spa: { redirectUris: [] },
    publicClient: { redirectUris: [] },
    secrets: [],
    requiredScopes: ['User.Read'],
    appRoles: [],
    firstParty: false,
    createdDateTime: now,
  }
}

/**
 * Register an application, as its page does: the registration, with User.Read among its permissions, and its enterprise app. Who
 * registers owns both.
 *
 * @throws {Refusal} `role_needed` or `permission_needed` (403). @throws {DirectoryRefusal} see `checkRegistration`.
 */
export async function registerApplication(
  deps: CommandDeps,
  actor: Actor,
  input: RegisterInput,
): Promise<{ readonly application: Application; readonly app: ServicePrincipal }> {
  const { system } = deps
  const made = await system.store.transact((tx) => {
    const application = putRegistration(deps, tx, actor, input)
    return { application, app: putPrincipal(deps, tx, mustRegister(tx, actor), application) }
  })
  const { application, app } = made
  journalRegistration(system, `${application.displayName} was registered`, undefined, application)
  journalPrincipal(deps, app)
  return made
}

/**
 * Register an application without bringing it into the tenant: what `POST /applications` of Graph does.
 * @throws as {@link registerApplication} does.
 */
export async function registerAlone(deps: CommandDeps, actor: Actor, input: RegisterInput): Promise<Application> {
  const application = await deps.system.store.transact((tx) => putRegistration(deps, tx, actor, input))
  journalRegistration(deps.system, `${application.displayName} was registered`, undefined, application)
  return application
}

/**
 * Make the enterprise app of a registration of this tenant, where it has none.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `ObjectConflict` when it is there already.
 */
export async function createPrincipalOf(
  deps: CommandDeps,
  actor: Actor,
  { applicationId }: { readonly applicationId: string },
): Promise<ServicePrincipal> {
  const app = await deps.system.store.transact((tx) => {
    const standing = mustManageRegistration(tx, actor, applicationId)
    return putPrincipal(deps, tx, standing, standing.registration)
  })
  journalPrincipal(deps, app)
  return app
}

function putRegistration({ system }: CommandDeps, tx: EntraWriter, actor: Actor, input: RegisterInput): Application {
  const standing = mustRegister(tx, actor)
  const { displayName, signInAudience = 'AzureADMyOrg', redirectUri, patch, ownerIds = [] } = input
  const blank = blankRegistration(tx, standing, system.clock.iso())
  const { platform, uri } = redirectUri ?? {}
  const named = {
    ...blank,
    displayName: displayName.trim(),
    signInAudience,
    ownerIds: [...new Set([...(blank.ownerIds ?? []), ...ownerIds])],
  }
  const placed = platform === undefined ? named : withRedirectUris(named, { [platform]: [uri ?? ''] })
  const application =
    patch === undefined ? placed : applyManifest(tx, { ...placed, requiredScopes: [] }, patch, blank.createdDateTime)
  checkRegistration(undefined, application, standing.tenant)
  checkUnusedUris(application, tx.find('applications', 'tenant', standing.tenant.id))
  createApplication(tx, application)
  recordAudit(tx, system.clock, {
    tenantId: standing.tenant.id,
    activity: 'Add application',
    initiatedBy: initiatorOf(tx, standing),
    targets: [registrationTarget(application)],
  })
  return application
}

function putPrincipal(
  { system }: CommandDeps,
  tx: EntraWriter,
  standing: Standing,
  application: Application,
): ServicePrincipal {
  const app = createServicePrincipal(tx, {
    id: guidOf(nextIdSeed(tx)),
    now: system.clock.iso(),
    tenantId: standing.tenant.id,
    appId: application.appId,
    ownerIds: application.ownerIds ?? [],
  })
  recordAudit(tx, system.clock, {
    tenantId: standing.tenant.id,
    activity: 'Add service principal',
    initiatedBy: initiatorOf(tx, standing),
    targets: [appTarget(app)],
  })
  return app
}

function journalPrincipal({ system }: CommandDeps, app: ServicePrincipal): void {
  journalChange(system, {
    title: `${app.displayName} was added to the enterprise apps`,
    subject: app.displayName,
    change: { type: 'service-principal', id: app.id, after: app },
  })
}
