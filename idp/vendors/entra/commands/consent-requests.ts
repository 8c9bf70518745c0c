import { applicationByAppId, updateServicePrincipal } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { Refusal } from '#kit/http/errors.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { createMailer, type MailMessage } from '#kit/mail/send-mail.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import type { EntraReader, EntraSystem, Tenant } from '../collections.ts'
import { CONSENT_ROLES, roleTemplateId } from '../roles.ts'
import { liveAccount } from '../sign-in/accounts.ts'
import { consentChoice, consentSettingsOf } from '../sign-in/consent-rules.ts'
import { type Actor, type CommandDeps, roleNeeded, standingOf } from './actor.ts'
import { grantForEverybody, journalForEverybody } from './consent.ts'
import { principalFor } from './consent-grants.ts'
import { decisionMail, reviewMail } from './consent-mails.ts'
import { type ConsentRequest, type RequestDecision, type RequestSettings, requestState } from './consent-records.ts'
import { seesRequests } from './consent-settings.ts'
import { journalChange } from './journal-change.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Longest justification, in characters. */
const LONGEST_REASON = 500

/** The request that waits for an answer, if one does. */
export function pendingRequest(
  reader: EntraReader,
  tenantId: string,
  appId: string,
  nowIso: string,
): ConsentRequest | undefined {
  return reader
    .find('consentRequests', 'app', `${tenantId}/${appId}`)
    .find((request) => requestState(request, nowIso) === 'Pending')
}

export interface ApprovalInput {
  readonly clientId: string
  /** Scopes of the sign-in. */
  readonly requested: readonly string[]
  /** Everything is asked for again, whatever was consented to before. */
  readonly again?: boolean
  readonly reason: string
}

/**
 * Somebody who may not consent asks an administrator to ("Request approval"). Who asks for an app others wait for joins them; asking twice
 * changes nothing. Reviewers are told by mail.
 *
 * @throws {Refusal} `requests_off` (403) where the tenant takes no requests; `not_found` (404).
 * @throws {DirectoryRefusal} `Request_BadRequest` without a justification, with one too long, and for what needs no administrator.
 */
export async function requestApproval(
  { system }: CommandDeps,
  userId: string,
  input: ApprovalInput,
): Promise<ConsentRequest> {
  const { clock } = system
  const reason = input.reason.trim()
  const made = await system.store.transact((tx) => {
    const user = liveAccount(tx, userId)
    const application = applicationByAppId(tx, input.clientId)
    const tenant = user && tx.get('tenants', user.tenantId)
    if (user === undefined || tenant === undefined || application === undefined) {
      throw new Refusal('not_found', 404, 'The application or the account does not exist any more.')
    }
    const settings = consentSettingsOf(tx, tenant.id).requests
    if (!settings.enabled) throw new Refusal('requests_off', 403, 'The organization takes no requests for consent.')
    const choice = consentChoice(tx, user, input.clientId, input.requested, input.again)
    if (choice.kind === 'may-consent') throw badValue('reason', 'You can consent to this app yourself.')
    const permissions = choice.permissions.map(({ value }) => value)
    const pending = pendingRequest(tx, tenant.id, application.appId, clock.iso())
    if (pending?.asked.some((each) => each.userId === user.id)) return undefined
    if (reason === '') throw badValue('reason', 'Enter a justification for requesting this app.')
    if (reason.length > LONGEST_REASON) throw badValue('reason', `Use at most ${LONGEST_REASON} characters.`)
    const asking = { userId: user.id, reason, at: clock.iso() }
    const request: ConsentRequest =
      pending === undefined
        ? {
            id: guidOf(nextIdSeed(tx)),
            tenantId: tenant.id,
            appId: application.appId,
            permissions,
            asked: [asking],
            createdDateTime: clock.iso(),
            expiresDateTime: new Date(clock.now() + settings.expireDays * DAY_MS).toISOString(),
          }
        : {
            ...pending,
            permissions: [...new Set([...pending.permissions, ...permissions])],
            asked: [...pending.asked, asking],
          }
    tx.put('consentRequests', request.id, request)
    return { request, user, tenant, application, settings }
  })
  if (made === undefined) return askedBefore(system, userId, input.clientId)
  const { request, user, tenant, application, settings } = made
  journalChange(system, {
    title: `${user.displayName} asked for admin consent to ${application.displayName}`,
    subject: user.userPrincipalName,
    change: { type: 'consent-request', id: request.id, after: request },
  })
  if (settings.notify) {
    const url = `${system.origin}/admin/consent/requests/${request.id}`
    await sendAll(
      system,
      reviewersOf(system.store, tenant, settings).map((to) =>
        reviewMail({
          to,
          app: application.displayName,
          organization: tenant.displayName,
          requester: user.displayName,
          reason,
          url,
          days: settings.expireDays,
        }),
      ),
    )
  }
  return request
}

function askedBefore({ store, clock }: EntraSystem, userId: string, appId: string): ConsentRequest {
  const tenantId = liveAccount(store, userId)?.tenantId ?? ''
  const request = pendingRequest(store, tenantId, appId, clock.iso())
  if (request === undefined) throw notFound('request for consent', appId)
  return request
}

export interface DecisionInput {
  readonly requestId: string
  readonly decision: RequestDecision
  readonly reason?: string
}

/**
 * A reviewer answers a request. Approving grants the permissions for everybody, for which the reviewer needs a role that may; denying leaves
 * people free to ask again; blocking brings the app into the tenant switched off, so that nobody can sign in to it or ask for it. Those who
 * asked are told by mail.
 *
 * @throws {Refusal} `role_needed` for who does not review here, or may not grant.
 * @throws {DirectoryRefusal} `Request_ResourceNotFound`; `Request_BadRequest` for a request that waits no more.
 */
export async function decideRequest(
  { system }: CommandDeps,
  actor: Actor,
  { requestId, decision, reason = '' }: DecisionInput,
): Promise<ConsentRequest> {
  const now = system.clock.iso()
  if (reason.length > LONGEST_REASON) throw badValue('reason', `Use at most ${LONGEST_REASON} characters.`)
  const done = await system.store.transact((tx) => {
    const standing = standingOf(tx, actor)
    const { tenant, userId } = standing
    const request = tx.get('consentRequests', requestId)
    if (request === undefined || request.tenantId !== tenant.id) throw notFound('request for consent', requestId)
    if (!seesRequests(tx, standing)) throw roleNeeded('Reviewing requests for consent', CONSENT_ROLES)
    const state = requestState(request, now)
    if (state !== 'Pending') throw badValue('', `The request is ${state.toLowerCase()} and waits for no answer.`)
    const application = applicationByAppId(tx, request.appId)
    if (application === undefined) throw notFound('application', request.appId)
    const granted =
      decision === 'approve'
        ? grantForEverybody(system, tx, standing, application, { delegated: request.permissions, application: [] })
        : undefined
    if (decision === 'block') {
      const consenting = { tx, clock: system.clock, tenantId: tenant.id, initiatedBy: initiatorOf(tx, standing) }
      const { principal } = principalFor(consenting, application)
      const blocked = updateServicePrincipal(tx, tenant.id, principal.id, { accountEnabled: false })
      const modified = [{ name: 'AccountEnabled', oldValue: 'true', newValue: 'false' }]
      const targets = [appTarget(blocked, modified)]
      const { initiatedBy } = consenting
      recordAudit(tx, system.clock, {
        tenantId: tenant.id,
        activity: 'Update service principal',
        initiatedBy,
        targets,
      })
    }
    const decided: ConsentRequest = {
      ...request,
      decision: {
        kind: decision,
        at: now,
        ...(userId === undefined ? {} : { userId }),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      },
    }
    tx.put('consentRequests', decided.id, decided)
    return { before: request, decided, tenant, application, granted }
  })
  const { before, decided, tenant, application, granted } = done
  if (granted !== undefined) journalForEverybody(system, granted)
  journalChange(system, {
    title: `The request for ${application.displayName} was ${requestState(decided, now).toLowerCase()}`,
    subject: application.displayName,
    change: { type: 'consent-request', id: decided.id, before, after: decided },
  })
  await sendAll(system, decisionMails(system, decided, tenant, application))
  return decided
}

function decisionMails(
  { store }: EntraSystem,
  { asked, decision }: ConsentRequest,
  { displayName: organization }: Tenant,
  { displayName: app }: Application,
): readonly MailMessage[] {
  if (decision === undefined) return []
  return asked
    .flatMap(({ userId }) => liveAccount(store, userId) ?? [])
    .map((to) => decisionMail({ to, app, organization, decision: decision.kind, reason: decision.reason }))
}

/** Whom a request goes to: people named and holders of roles named, each once, whoever can sign in. */
function reviewersOf(
  reader: EntraReader,
  tenant: Tenant,
  { reviewerIds, reviewerRoles }: RequestSettings,
): readonly DirectoryUser[] {
  const holders = reviewerRoles.flatMap((role) =>
    reader.find('directoryRoles', 'role', `${tenant.id}/${roleTemplateId(role)}`).map(({ userId }) => userId),
  )
  return [...new Set([...reviewerIds, ...holders])]
    .flatMap((id) => liveAccount(reader, id) ?? [])
    .filter((user) => user.accountEnabled)
}

async function sendAll(system: EntraSystem, mails: readonly MailMessage[]): Promise<void> {
  const mailer = createMailer(system.urls['smtp'], system.journal)
  for (const mail of mails) await mailer.send(mail)
}
