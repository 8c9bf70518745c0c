import { removeCertificatesOf } from '#idp/protocols/saml/signing-certificates.ts'
import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import { type CatalogEntry, catalogEntry } from '../apps/catalog.ts'
import {
  type AppGeneral,
  type AppProvisioning,
  type AppSignOn,
  type AppVisibility,
  DEFAULT_GENERAL,
  type OktaApp,
} from '../apps/records.ts'
import { draftOf, refreshAppUser } from '../assignments/settle.ts'
import type { OktaReader, OktaWriter } from '../collections.ts'
import { forgetClient } from '../oauth/forget-client.ts'
import { clearQueue } from '../provisioning/queue.ts'
import { keepAppCertificate, prepareAppCertificate } from '../saml/certificates.ts'
import { signOnProblems } from '../saml/check-sign-on.ts'
import { appTarget, recordEvent } from '../system-log/record-event.ts'
import { type Actor, type CommandDeps, mustAdminister } from './actor.ts'
import { editApp } from './edit-app.ts'
import { inChange } from './in-change.ts'
import { knownApp } from './known.ts'
import { invalid, invalidFields, notFound, OktaRefusal, type RefusalCause } from './refusal.ts'

/** Of an app nobody has said anything else about. */
export const VISIBLE: AppVisibility = { hideWeb: false, hideMobile: false, autoSubmit: true }

/** Every feature off: that is what an integration begins with (reference sheet 1.7). */
export function newProvisioning(entry: CatalogEntry, baseUrl: string): AppProvisioning {
  return {
    enabled: false,
    configured: false,
    baseUrl,
    dialect: entry.dialect,
    importGroups: true,
    toApp: {
      createUsers: false,
      updateAttributes: false,
      deactivateUsers: false,
      syncPassword: false,
      passwordSource: 'OKTA',
    },
    toOkta: {
      schedule: 'never',
      usernameFormat: 'email',
      exactMatch: 'username',
      allowPartial: false,
      confirmExact: false,
      confirmPartial: false,
      confirmNew: false,
      activateNew: false,
      isSource: false,
      whenDeactivated: 'nothing',
      reactivateSuspended: false,
      reactivateDeactivated: false,
      safeguard: { enabled: true, percent: 20 },
    },
    renameAppGroups: true,
  }
}

/** Ids of an app that is being made. */
export interface AppIds {
  readonly id: string
  readonly samlKey: string
  readonly embedKey: string
  readonly mappingToApp: string
  readonly mappingToUser: string
}

function newIds(tx: OktaWriter): AppIds {
  return {
    id: lettersOf(nextIdSeed(tx), '0oa', 17),
    samlKey: lettersOf(nextIdSeed(tx), 'exk', 17),
    embedKey: lettersOf(nextIdSeed(tx), 'aln', 17),
    mappingToApp: lettersOf(nextIdSeed(tx), 'prm', 17),
    mappingToUser: lettersOf(nextIdSeed(tx), 'prm', 17),
  }
}

/** Write a new app with its profile and its mappings: for the command and for worlds. */
export function writeNewApp(
  tx: OktaWriter,
  entry: CatalogEntry,
  ids: AppIds,
  {
    label,
    now,
    baseUrl,
    visibility = VISIBLE,
  }: {
    readonly label: string
    readonly now: string
    readonly baseUrl?: string
    readonly visibility?: AppVisibility
  },
): OktaApp {
  const name = entry.listed
    ? entry.key
    : `${label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '')}_${ids.id.slice(-4).toLowerCase()}`
  const app: OktaApp = {
    id: ids.id,
    name,
    catalogKey: entry.key,
    label,
    status: 'ACTIVE',
    signOnMode: 'SAML_2_0',
    samlKey: ids.samlKey,
    embedKey: ids.embedKey,
    created: now,
    lastUpdated: now,
    visibility,
    notesForUsers: '',
    notesForAdmins: '',
    signOn: {
      usernameTemplate: { format: entry.usernameFormat, pushStatus: 'PUSH' },
      defaultRelayState: '',
      acsUrl: '',
      spEntityId: '',
      disableForceAuthn: true,
      attributeStatements: entry.statements,
      nameIdFormat: entry.nameIdFormat,
    },
    provisioning: newProvisioning(entry, entry.baseUrl ?? baseUrl ?? ''),
  }
  tx.put('apps', app.id, app)
  tx.put('profileSchemas', app.id, { ownerId: app.id, title: `${label} User`, attributes: entry.attributes })
  const mapping = { appId: app.id } as const
  tx.put('profileMappings', ids.mappingToApp, {
    ...mapping,
    id: ids.mappingToApp,
    direction: 'to-app',
    properties: entry.toApp,
  })
  tx.put('profileMappings', ids.mappingToUser, {
    ...mapping,
    id: ids.mappingToUser,
    direction: 'to-user',
    properties: entry.toUser,
  })
  return app
}

/** What is wrong with a label by itself. */
export function labelProblems(label: string): readonly RefusalCause[] {
  const trimmed = label.trim()
  if (trimmed === '') return [{ field: 'label', summary: 'The field cannot be left blank' }]
  if (trimmed.length > 100) return [{ field: 'label', summary: 'The field cannot have more than 100 characters' }]
  return []
}

/** Labels are unique in the org, without regard to case. */
export function checkLabel(reader: OktaReader, label: string, exceptId?: string): string {
  const trimmed = label.trim()
  const causes = labelProblems(label)
  if (causes.length > 0) throw invalidFields(causes)
  if (reader.find('apps', 'label', trimmed.toLowerCase()).some(({ id }) => id !== exceptId)) {
    throw new OktaRefusal('E0000040', 'Application label must not be the same as another existing application label.', [
      { field: 'label', summary: 'This label is already used by another application.' },
    ])
  }
  return trimmed
}

/** @throws {OktaRefusal} E0000001 for an address that is none, or is not of a kind requests go to. */
export function checkBaseUrl(baseUrl: string): string {
  const trimmed = baseUrl.trim().replace(/\/+$/, '')
  if (!URL.canParse(trimmed)) throw invalid('baseUrl', 'This is not a complete web address.')
  const url = new URL(trimmed)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw invalid('baseUrl', 'The address must start with https://')
  if (url.hostname.includes('_')) throw invalid('baseUrl', 'The host name must not contain an underscore.')
  if (url.search !== '' || url.hash !== '') throw invalid('baseUrl', 'The address must end before any ? or #.')
  return trimmed
}

export interface NewApp {
  readonly catalogKey: string
  readonly label: string
  readonly visibility?: AppVisibility
  /** For an entry that does not know its own. */
  readonly baseUrl?: string
  readonly notesForUsers?: string
  readonly notesForAdmins?: string
  readonly general?: Partial<AppGeneral>
  /** What differs from an app as the catalog has it, as {@link editSignOn} would change it. */
  readonly signOn?: Partial<AppSignOn>
  /** Absent: active. */
  readonly status?: OktaApp['status']
}

/**
 * Add an integration from the catalog (reference sheet 1.2). Nothing is provisioned until its API integration is set up.
 * @throws {OktaRefusal} E0000040 for a label in use, E0000007 for an unknown entry, E0000001 for other settings.
 */
export async function addApp(deps: CommandDeps, actor: Actor, input: NewApp): Promise<OktaApp> {
  // A key takes a while: none is made for what would be refused, and not within the transaction, which knows whose it is.
  mustAdminister(deps.system.store, actor, 'apps')
  checkLabel(deps.system.store, input.label)
  const certificate = await prepareAppCertificate(deps.system, { owner: '', activate: true })
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const entry = catalogEntry(input.catalogKey)
      if (entry === undefined) throw notFound('App', input.catalogKey)
      const label = checkLabel(tx, input.label)
      const plain = writeNewApp(tx, entry, newIds(tx), {
        label,
        now: clock.iso(),
        ...(input.visibility === undefined ? {} : { visibility: input.visibility }),
        ...(input.baseUrl === undefined || input.baseUrl === '' ? {} : { baseUrl: checkBaseUrl(input.baseUrl) }),
      })
      const { signOn: patch = {}, general, notesForUsers, notesForAdmins, status } = input
      const problems = signOnProblems(tx, clock, plain, patch)
      if (problems.length > 0) throw invalidFields(problems)
      const app: OktaApp = {
        ...plain,
        ...(general === undefined ? {} : { general: checkedGeneral(plain, general) }),
        status: status ?? plain.status,
        notesForUsers: notesForUsers ?? plain.notesForUsers,
        notesForAdmins: notesForAdmins ?? plain.notesForAdmins,
        signOn: { ...plain.signOn, ...patch },
      }
      tx.put('apps', app.id, app)
      keepAppCertificate(tx, app.id, certificate)
      recordEvent(tx, clock, {
        eventType: 'application.lifecycle.create',
        actor: change.actor,
        target: [appTarget(app)],
      })
      return app
    },
    (app) => ({ title: `${app.label} was added`, subject: app.label, change: { type: 'app', id: app.id, after: app } }),
  )
}

export interface AppSettings {
  readonly appId: string
  readonly label?: string
  readonly visibility?: AppVisibility
  readonly notesForUsers?: string
  readonly notesForAdmins?: string
  readonly general?: Partial<AppGeneral>
}

/** @throws {OktaRefusal} E0000001 for a page that is no web address, a notice without words. */
function checkGeneral({ vpn, errorRedirectUrl }: AppGeneral): void {
  const isAddress = (text: string): boolean => text === '' || /^https?:\/\//.test(text)
  const causes: RefusalCause[] = []
  if (vpn.notice !== 'disabled' && vpn.message === '') {
    causes.push({ field: 'vpnMessage', summary: 'VPN notification message: The field cannot be left blank' })
  }
  for (const [field, text] of [
    ['vpnUrl', vpn.url],
    ['errorRedirectUrl', errorRedirectUrl],
  ] as const) {
    if (!isAddress(text) || (text !== '' && !URL.canParse(text))) {
      causes.push({ field, summary: 'Type a complete web address, with https://' })
    }
  }
  if (causes.length > 0) throw invalidFields(causes)
}

function checkedGeneral(app: OktaApp, patch: Partial<AppGeneral>): AppGeneral {
  const general: AppGeneral = { ...DEFAULT_GENERAL, ...app.general, ...patch }
  checkGeneral(general)
  return general
}

/** General tab. @throws {OktaRefusal} E0000040, E0000001. */
export function editAppSettings(deps: CommandDeps, actor: Actor, input: AppSettings): Promise<OktaApp> {
  return edit(deps, actor, input.appId, 'application.lifecycle.update', (tx, app) => ({
    ...app,
    ...(input.general === undefined ? {} : { general: checkedGeneral(app, input.general) }),
    ...(input.label === undefined ? {} : { label: checkLabel(tx, input.label, app.id) }),
    ...(input.visibility === undefined ? {} : { visibility: input.visibility }),
    ...(input.notesForUsers === undefined ? {} : { notesForUsers: input.notesForUsers }),
    ...(input.notesForAdmins === undefined ? {} : { notesForAdmins: input.notesForAdmins }),
  }))
}

/**
 * Sign On tab. A changed user name format is for new assignments, and for people when they change: see {@link updateUsernamesNow}.
 * @throws {OktaRefusal} E0000001 with a cause for each field; those of statements are called `name.0`, `value.0`, `groupName.0` …
 */
export function editSignOn(
  deps: CommandDeps,
  actor: Actor,
  { appId, patch }: { readonly appId: string; readonly patch: Partial<AppSignOn> },
): Promise<OktaApp> {
  return edit(deps, actor, appId, 'application.configuration.update', (tx, app) => {
    const problems = signOnProblems(tx, deps.system.clock, app, patch)
    if (problems.length > 0) throw invalidFields(problems)
    return { ...app, signOn: { ...app.signOn, ...patch } }
  })
}

function edit(
  deps: CommandDeps,
  actor: Actor,
  appId: string,
  eventType: 'application.lifecycle.update' | 'application.configuration.update',
  rewrite: (tx: OktaReader, app: OktaApp) => OktaApp,
): Promise<OktaApp> {
  const which = { known: (tx: OktaReader) => knownApp(tx, appId), eventType }
  return editApp(deps, actor, which, ({ tx }, app) => rewrite(tx, app))
}

/** "Update Now": give everybody assigned the user name of the present format, and push it. @returns how many changed. */
export function updateUsernamesNow(
  deps: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<number> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      const app = knownApp(tx, appId)
      const now = {
        ...app,
        signOn: { ...app.signOn, usernameTemplate: { ...app.signOn.usernameTemplate, pushStatus: 'PUSH' } },
      } as OktaApp
      return tx.find('appUsers', 'app', appId).filter((appUser) => {
        const user = tx.get('users', appUser.userId)
        const { userName: _, ...draft } = draftOf(appUser)
        return user !== undefined && refreshAppUser(change, now, user, appUser, draft)
      }).length
    },
    (count) => ({
      title: `User names were updated for ${count} people`,
      subject: appId,
      change: { type: 'app', id: appId },
    }),
  )
}

/** Active ▾: an inactive app signs nobody in and is sent nothing; what was queued for it is forgotten. Assignments stay. */
export function setAppStatus(
  deps: CommandDeps,
  actor: Actor,
  { appId, status }: { readonly appId: string; readonly status: OktaApp['status'] },
): Promise<OktaApp> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const app = knownApp(tx, appId)
      if (app.status === status) return app
      const after: OktaApp = { ...app, status, lastUpdated: clock.iso() }
      tx.put('apps', appId, after)
      if (status === 'INACTIVE') clearQueue(tx, appId)
      const eventType = status === 'ACTIVE' ? 'application.lifecycle.activate' : 'application.lifecycle.deactivate'
      recordEvent(tx, clock, { eventType, actor: change.actor, target: [appTarget(after)] })
      return after
    },
    (app) => ({
      title: `${app.label} was ${status === 'ACTIVE' ? 'activated' : 'deactivated'}`,
      subject: app.label,
      change: { type: 'app', id: appId, after: { status } },
    }),
  )
}

const OF_APP = [
  'appUsers',
  'appGroups',
  'provisioningJobs',
  'tasks',
  'groupPushRules',
  'appSideGroups',
  'importRows',
] as const

/** Delete an inactive app and everything that belongs to it. Nothing is sent. @throws {OktaRefusal} E0000056 while it is active. */
export function deleteApp(deps: CommandDeps, actor: Actor, { appId }: { readonly appId: string }): Promise<OktaApp> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const app = knownApp(tx, appId)
      if (app.status === 'ACTIVE')
        throw new OktaRefusal('E0000056', 'Deleting app instance forbidden: Deactivate it first.')
      for (const collection of OF_APP) {
        for (const key of [...tx.findKeys(collection, 'app', appId)]) tx.delete(collection, key)
      }
      for (const mapping of tx.find('groupPushMappings', 'app', appId)) {
        for (const key of [...tx.findKeys('pushedMembers', 'mapping', mapping.id)]) tx.delete('pushedMembers', key)
        tx.delete('groupPushMappings', mapping.id)
      }
      for (const mapping of tx.find('profileMappings', 'app', appId)) tx.delete('profileMappings', mapping.id)
      for (const [key, former] of [...tx.entries('formerAppUsers')])
        if (former.appId === appId) tx.delete('formerAppUsers', key)
      removeCertificatesOf(tx, appId)
      forgetClient(tx, appId)
      tx.delete('importRuns', appId)
      tx.delete('profileSchemas', appId)
      tx.delete('apps', appId)
      recordEvent(tx, clock, {
        eventType: 'application.lifecycle.delete',
        actor: change.actor,
        target: [appTarget(app)],
      })
      return app
    },
    (app) => ({
      title: `${app.label} was deleted`,
      subject: app.label,
      change: { type: 'app', id: appId, before: app },
    }),
  )
}
