import { createApplication, createServicePrincipal, updateServicePrincipal } from '#idp/core/directory/applications.ts'
import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import type { EntraWriter, Tenant } from '../collections.ts'
import { type Actor, type CommandDeps, mustAddApps } from './actor.ts'
import { APP_TEMPLATES, type AppTemplate } from './app-templates.ts'
import { journalChange } from './journal-change.ts'

export interface InstantiateInput {
  /** Id of the template, a GUID. */
  readonly templateId: string
  /** What the app is called in this tenant. */
  readonly displayName: string
}

interface BlankApplication {
  readonly tenant: Tenant
  readonly displayName: string
  readonly template: AppTemplate
  readonly ownerId: string | undefined
  readonly now: string
}

/** A new registration of this tenant, without addresses and roles: everybody assigned to it has Default Access. */
function blankApplication(
  tx: EntraWriter,
  { tenant, displayName, template, ownerId, now }: BlankApplication,
): Application {
  const seed = nextIdSeed(tx)
  const application: Application = {
    id: guidOf(`${seed}/application`),
    appId: guidOf(`${seed}/appId`),
    displayName,
    tenantId: tenant.id,
    signInAudience: 'AzureADMyOrg',
    publisherName: tenant.displayName,
    ...(ownerId === undefined ? {} : { ownerIds: [ownerId] }),
    web: { redirectUris: [] },
    spa: { redirectUris: [] },
    publicClient: { redirectUris: [] },
    secrets: [],
    requiredScopes: [],
    appRoles: [],
    firstParty: false,
    templateId: template.templateId,
    createdDateTime: now,
  }
  return createApplication(tx, application)
}

/**
 * Add an app from a template. One that makes an application becomes a registration of this tenant and its enterprise app. An app of the gallery
 * is its publisher's: the tenant gets the enterprise app, as consent would bring it, without any permission granted
 * (FID-ENTRA-GRAPH-7). The actor becomes its owner: a person, or an application that may manage only what it owns.
 *
 * @throws {Refusal} `role_needed` or `permission_needed` (403). @throws {DirectoryRefusal} `Request_ResourceNotFound` for an
 *   unknown template; `ObjectConflict` when the tenant has the app already; `Request_BadRequest` for its name.
 */
export async function instantiateApp(
  { system }: CommandDeps,
  actor: Actor,
  { templateId, displayName }: InstantiateInput,
): Promise<{ readonly application: Application; readonly app: ServicePrincipal }> {
  const now = system.clock.iso()
  const made = await system.store.transact((tx) => {
    const standing = mustAddApps(tx, actor)
    const { tenant, userId, application: client } = standing
    const template = APP_TEMPLATES.find(({ id }) => id === templateId)
    if (template === undefined) throw notFound('application template', templateId)
    const ownerId = userId ?? client?.id
    const application = template.makesApplication
      ? blankApplication(tx, { tenant, displayName, template, ownerId, now })
      : tx.find('applications', 'templateId', template.templateId)[0]
    if (application === undefined) throw notFound('application of the template', templateId)
    const { id } = createServicePrincipal(tx, {
      id: guidOf(nextIdSeed(tx)),
      now,
      tenantId: tenant.id,
      appId: application.appId,
      ...(ownerId === undefined ? {} : { ownerIds: [ownerId] }),
    })
    const app = updateServicePrincipal(tx, tenant.id, id, { displayName })
    const note = { tenantId: tenant.id, initiatedBy: initiatorOf(tx, standing) }
    if (template.makesApplication) {
      const target = { type: 'Application', id: application.id, displayName, modified: [] } as const
      recordAudit(tx, system.clock, { ...note, activity: 'Add application', targets: [target] })
    }
    recordAudit(tx, system.clock, { ...note, activity: 'Add service principal', targets: [appTarget(app)] })
    return { application, app }
  })
  journalChange(system, {
    title: `${made.app.displayName} was added to the enterprise apps`,
    subject: made.app.displayName,
    change: { type: 'service-principal', id: made.app.id, after: made.app },
  })
  return made
}
