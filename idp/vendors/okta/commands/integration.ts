import type { Clock } from '#kit/clock.ts'
import type { AppProvisioning, ImportSafeguard, OktaApp, ToAppSettings, ToOktaSettings } from '../apps/records.ts'
import type { OktaOrg, OktaReader } from '../collections.ts'
import { templateProblem } from '../expression/template.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import { mappingOf } from '../profiles/read.ts'
import { clearQueue } from '../provisioning/queue.ts'
import { nextImportAt } from '../provisioning/run-import.ts'
import { createScimClient, NO_RESULTS, PAGE_SIZE, type ScimFailure } from '../provisioning/scim-client.ts'
import { appTarget, recordEvent } from '../system-log/record-event.ts'
import { type Actor, type CommandDeps, mustAdminister } from './actor.ts'
import { checkBaseUrl } from './apps.ts'
import { inChange } from './in-change.ts'
import { provisionable } from './known.ts'
import { invalid, invalidFields, notFound, type RefusalCause } from './refusal.ts'

/** Provisioning tab: Integration, To App, To Okta (reference sheet 1.6, 1.7). */

/** What "Test API Credentials" shows. */
export type CredentialTest =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly message: string }

export interface ApiCredentials {
  readonly appId: string
  /** Empty or absent: the stored one. */
  readonly token?: string
  readonly importGroups: boolean
  /** Only where the catalog entry does not know its own. */
  readonly baseUrl?: string
}

function bannerOf(failure: ScimFailure): string {
  if (failure.reason === NO_RESULTS || failure.status === undefined || failure.status < 300) return failure.reason
  if (failure.status === 401 || failure.status === 403) return `Error authenticating: ${failure.reason}`
  return `An error has occurred: ${failure.reason}`
}

/** What was typed, or what is stored. */
function credentialsOf(
  { system }: CommandDeps,
  app: OktaApp & { readonly provisioning: AppProvisioning },
  { token, baseUrl }: ApiCredentials,
): { readonly baseUrl: string; readonly token: string } {
  const { provisioning } = app
  const address =
    provisioning.dialect === 'wizard' && baseUrl !== undefined ? checkBaseUrl(baseUrl) : provisioning.baseUrl
  const typed = token ?? ''
  if (typed !== '') return { baseUrl: address, token: typed }
  if (provisioning.sealedToken === undefined) throw invalid('token', 'API Token: The field cannot be left blank')
  return { baseUrl: address, token: system.vault.open(provisioning.sealedToken) }
}

/**
 * Ask the app for its users and, with Import Groups on, for its groups (reference sheet 2.2). Nothing is stored.
 * @throws {OktaRefusal} E0000001 without a token.
 */
export async function testApiCredentials(
  deps: CommandDeps,
  actor: Actor,
  input: ApiCredentials,
): Promise<CredentialTest> {
  const { system } = deps
  mustAdminister(system.store, actor, 'apps')
  const app = provisionable(system.store, input.appId)
  const client = createScimClient(system.outbound, {
    ...credentialsOf(deps, app, input),
    dialect: app.provisioning.dialect,
  })
  const users = await client.page('Users', 1, 2)
  const answer = users.ok && input.importGroups ? await client.page('Groups', 1, PAGE_SIZE) : users
  if (answer.ok) return { ok: true, message: `${app.label} was verified successfully!` }
  return { ok: false, message: bannerOf(answer) }
}

/**
 * Save. The same test runs again, and credentials that fail it are not stored. Switched off: the queue is forgotten and nothing
 * is sent any more; assignments stay. `standby`: keep the credentials that passed, and leave the integration off.
 * @returns the outcome of the test.
 */
export async function saveApiIntegration(
  deps: CommandDeps,
  actor: Actor,
  input: ApiCredentials & { readonly enabled: boolean; readonly standby?: boolean },
): Promise<CredentialTest> {
  const { appId, enabled, importGroups } = input
  if (!enabled) {
    await rewrite(
      deps,
      actor,
      appId,
      'API integration switched off',
      ({ pause: _, nextImportAt: __, ...provisioning }) => ({
        ...provisioning,
        enabled: false,
      }),
    )
    return { ok: true, message: 'The API integration is off.' }
  }
  const test = await testApiCredentials(deps, actor, input)
  if (!test.ok) {
    await deps.system.store.transact((tx) => {
      const target = [appTarget(provisionable(tx, appId))]
      const note = {
        eventType: 'application.integration.authentication_failure',
        target,
        failure: test.message,
      } as const
      recordEvent(tx, deps.system.clock, { ...note, actor: mustAdminister(tx, actor, 'apps') })
    })
    return test
  }
  await rewrite(deps, actor, appId, 'API integration saved', (provisioning, app) => {
    const credentials = credentialsOf(deps, { ...app, provisioning }, input)
    const sealedToken = deps.system.vault.seal(credentials.token)
    // The schedule stood still while the integration was off.
    const next = provisioning.nextImportAt ?? nextImportAt(provisioning.toOkta.schedule, deps.system.clock.now())
    return {
      ...provisioning,
      ...(next === undefined ? {} : { nextImportAt: next }),
      enabled: input.standby !== true,
      configured: true,
      baseUrl: credentials.baseUrl,
      sealedToken,
      importGroups,
    }
  })
  return test
}

/** To App > Edit > Save. People assigned before a feature was on are not caught up with: that is Provision User, or Force Sync. */
export function saveToApp(
  deps: CommandDeps,
  actor: Actor,
  { appId, settings }: { readonly appId: string; readonly settings: ToAppSettings },
): Promise<OktaApp> {
  return rewrite(deps, actor, appId, 'Provisioning to App saved', (provisioning) => ({
    ...provisioning,
    toApp: settings,
  }))
}

const isShare = ({ percent }: ImportSafeguard): boolean => Number.isInteger(percent) && percent >= 1 && percent <= 100
const NO_SHARE = 'The threshold must be a whole number from 1 to 100.'

/** What is wrong with the settings of an import. Expressions and attributes are read before anything is kept. */
function problemsOfImport(reader: OktaReader, clock: Clock, app: OktaApp, settings: ToOktaSettings): RefusalCause[] {
  const { usernameFormat, customUsername = '', exactMatch, matchAttribute = '', safeguard } = settings
  const problems: RefusalCause[] = []
  if (usernameFormat === 'custom') {
    const unreadable = templateProblem(customUsername, expressionScope(reader, clock, { app, account: {} }))
    if (customUsername === '') {
      problems.push({ field: 'customUsername', summary: 'Custom username format: The field cannot be left blank' })
    } else if (unreadable !== undefined) problems.push({ field: 'customUsername', summary: unreadable })
  }
  if (exactMatch === 'custom' && mappingOf(reader, app.id, 'to-user').properties[matchAttribute] === undefined) {
    problems.push({ field: 'matchAttribute', summary: 'Choose an Okta attribute that the mapping to Okta writes.' })
  }
  if (!isShare(safeguard)) problems.push({ field: 'safeguard', summary: NO_SHARE })
  return problems
}

/**
 * To Okta > Save.
 * @throws {OktaRefusal} E0000001 for a share that is none, a custom format that cannot be read, a match by an attribute that is not mapped.
 */
export function saveToOkta(
  deps: CommandDeps,
  actor: Actor,
  { appId, settings }: { readonly appId: string; readonly settings: ToOktaSettings },
): Promise<OktaApp> {
  const { clock, store } = deps.system
  return rewrite(deps, actor, appId, 'Provisioning to Okta saved', ({ nextImportAt: known, ...provisioning }, app) => {
    const problems = problemsOfImport(store, clock, app, settings)
    if (problems.length > 0) throw invalidFields(problems)
    const isSame = provisioning.toOkta.schedule === settings.schedule
    const next = isSame ? known : nextImportAt(settings.schedule, clock.now())
    return { ...provisioning, toOkta: settings, ...(next === undefined ? {} : { nextImportAt: next }) }
  })
}

/** The import safeguard of the whole org, beside that of each app. @throws {OktaRefusal} E0000001 for a share that is none. */
export function setOrgSafeguard(deps: CommandDeps, actor: Actor, safeguard: ImportSafeguard): Promise<OktaOrg> {
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx }) => {
      if (!isShare(safeguard)) throw invalid('orgSafeguardPercent', NO_SHARE)
      const org = tx.get('org', 'org')
      if (org === undefined) throw notFound('Org', 'org')
      const after: OktaOrg = { ...org, importSafeguard: safeguard }
      tx.put('org', 'org', after)
      return after
    },
    (org) => ({
      title: 'The import safeguard of the org was set',
      subject: org.companyName,
      change: { type: 'org', id: org.id, after: safeguard },
    }),
  )
}

function rewrite(
  deps: CommandDeps,
  actor: Actor,
  appId: string,
  what: string,
  change: (provisioning: AppProvisioning, app: OktaApp) => AppProvisioning,
): Promise<OktaApp> {
  let before: AppProvisioning | undefined
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx, clock, actor: by }) => {
      const app = provisionable(tx, appId)
      before = app.provisioning
      const after: OktaApp = { ...app, provisioning: change(app.provisioning, app), lastUpdated: clock.iso() }
      tx.put('apps', appId, after)
      if (after.provisioning?.enabled === false) clearQueue(tx, appId)
      recordEvent(tx, clock, { eventType: 'application.configuration.update', actor: by, target: [appTarget(after)] })
      return after
    },
    (app) => ({
      title: `${app.label}: ${what}`,
      subject: app.label,
      change: { type: 'app', id: appId, before, after: app.provisioning },
    }),
  )
}
