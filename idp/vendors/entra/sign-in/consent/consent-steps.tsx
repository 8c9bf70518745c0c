import type { VNode } from 'preact'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import type { Frame } from '#kit/ui/look.ts'
import type { EntraSystem } from '../../collections.ts'
import { pendingRequest, requestApproval } from '../../commands/consent-requests.ts'
import type { AadstsError } from '../aadsts.ts'
import { consentChoice, consentSettingsOf } from '../consent-rules.ts'
import type { Step } from '../interaction-step.ts'
import { ApprovalNeededStep, type ApprovalOffer, ConsentStep, RequestSentStep } from '../pages/consent-step.tsx'

/** Answers with a page, under a status. */
export type ShowPage = (status: number, page: (frame: Frame) => VNode) => Promise<void>

/** What was typed into the request for approval, and why it was refused. */
export interface RefusedRequest {
  readonly typed: string
  readonly problem: string
}

/** Note of an interaction in which approval was asked for. */
export const REQUEST_SENT_NOTE = 'approvalRequested'

/** Whether the application wants everything to be asked for, whatever was consented to before. */
export function asksAgain({ pending }: Pick<Step, 'pending'>): boolean {
  return (pending.params['prompt'] ?? '').split(' ').includes('consent')
}

/**
 * The consent page of one interaction: what is asked for, or that it needs an administrator and how to ask one.
 * @param error As it stands in the sign-in logs.
 */
export function showConsent(
  system: EntraSystem,
  show: ShowPage,
  step: Step,
  user: DirectoryUser,
  error: AadstsError,
  refused?: RefusedRequest,
): Promise<void> {
  const { application } = step
  const choice = consentChoice(system.store, user, application.appId, step.scopes, asksAgain(step))
  const about = {
    action: step.action,
    email: user.userPrincipalName,
    appName: application.displayName,
    publisher: application.publisherName,
    permissions: choice.permissions,
  }
  if (choice.kind === 'may-consent') {
    const { forOrganization } = choice
    return show(200, (frame) => <ConsentStep frame={frame} {...about} forOrganization={forOrganization} />)
  }
  const offer = offerTo(system, step, user, refused)
  if (offer.kind === 'waiting' && step.pending.notes[REQUEST_SENT_NOTE] !== undefined) {
    return show(200, (frame) => <RequestSentStep frame={frame} {...about} expiresIso={offer.expiresIso} />)
  }
  return show(refused === undefined ? 403 : 422, (frame) => (
    <ApprovalNeededStep frame={frame} {...about} error={error} offer={offer} />
  ))
}

function offerTo(
  { store, clock }: EntraSystem,
  { application }: Step,
  user: DirectoryUser,
  refused: RefusedRequest | undefined,
): ApprovalOffer {
  if (!consentSettingsOf(store, user.tenantId).requests.enabled) return { kind: 'none' }
  const pending = pendingRequest(store, user.tenantId, application.appId, clock.iso())
  const own = pending?.asked.find(({ userId }) => userId === user.id)
  if (pending === undefined || own === undefined) return { kind: 'ask', ...refused }
  return { kind: 'waiting', sinceIso: own.at, expiresIso: pending.expiresDateTime }
}

/**
 * Ask for approval with what the form says.
 * @returns what to tell beside the field; `undefined` when the request was sent.
 * @throws {Refusal} where the organization takes no requests: the page offers none then.
 */
export async function askApproval(
  system: EntraSystem,
  step: Step,
  user: DirectoryUser,
  reason: string,
): Promise<RefusedRequest | undefined> {
  const input = { clientId: step.application.appId, requested: step.scopes, again: asksAgain(step), reason }
  try {
    await requestApproval({ system }, user.id, input)
    return undefined
  } catch (error) {
    if (!(error instanceof DirectoryRefusal)) throw error
    return { typed: reason, problem: error.message }
  }
}
