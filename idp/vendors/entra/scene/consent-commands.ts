import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { ConsentSettings } from '../commands/consent-records.ts'
import { requestState } from '../commands/consent-records.ts'
import { decideRequest, pendingRequest, requestApproval } from '../commands/consent-requests.ts'
import { saveAdminConsent, savePermissionClassifications, saveUserConsent } from '../commands/consent-settings.ts'
import { consentSettingsOf, registeredScopes } from '../sign-in/consent-rules.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { personNamed } from './find.ts'
import { registrationNamed } from './find-registration.ts'

/** How the tenant handles consent, and requests for it. */
export function consentCommands(deps: SceneDeps) {
  const { store, clock } = deps.system
  const settings = (): Required<ConsentSettings> => consentSettingsOf(store, TENANT_ID)
  const tell = () => {
    const { userConsent, lowImpact, requests } = settings()
    const { reviewerIds, ...rest } = requests
    const reviewers = reviewerIds.map((id) => store.get('users', id)?.userPrincipalName ?? id)
    return { users: userConsent, lowImpact, requests: { ...rest, reviewers } }
  }
  /** The app as its client knows it: it may be in nobody's tenant yet. */
  const clientNamed = (name: string): string => {
    const [listed] = store.find('applications', 'templateId', name.toLowerCase())
    return (listed ?? registrationNamed(deps, name)).appId
  }

  return [
    entraCommand(
      'consent-settings',
      'Says what people may consent to, which permissions are of low impact, and who reviews requests; what is not given stays.',
      z.strictObject({
        users: z.enum(['allow', 'low-impact', 'block']).optional(),
        lowImpact: z.array(z.string()).optional(),
        requests: z.boolean().optional(),
        reviewers: z.array(z.string()).optional(),
        notify: z.boolean().optional(),
        days: z.int().optional(),
      }),
      async ({ users, lowImpact, requests, reviewers, notify, days }) => {
        if (users !== undefined) await saveUserConsent(deps, KIT, { userConsent: users })
        if (lowImpact !== undefined) await savePermissionClassifications(deps, KIT, { lowImpact })
        if ([requests, reviewers, notify, days].some((each) => each !== undefined)) {
          const held = tell().requests
          await saveAdminConsent(deps, KIT, {
            enabled: requests ?? held.enabled,
            reviewers: reviewers?.map((name) => personNamed(deps, name).userPrincipalName) ?? held.reviewers,
            reviewerRoles:
              // Somebody has to review: without anybody named, Global Administrators do.
              requests && reviewers === undefined && held.reviewers.length + held.reviewerRoles.length === 0
                ? ['Global Administrator']
                : held.reviewerRoles,
            notify: notify ?? held.notify,
            expireDays: days ?? held.expireDays,
          })
        }
        return tell()
      },
    ),
    entraCommand(
      'request-approval',
      'Somebody who may not consent asks an administrator to.',
      z.strictObject({
        person: z.string(),
        app: z.string().default('dialpad'),
        reason: z.string().default('I need it for my work.'),
      }),
      async ({ person, app, reason }) => {
        const clientId = clientNamed(app)
        const request = await requestApproval(deps, personNamed(deps, person).id, {
          clientId,
          requested: registeredScopes(deps.system.store, clientId),
          reason,
        })
        return { requestId: request.id, expires: request.expiresDateTime }
      },
    ),
    entraCommand(
      'review-approval',
      'Answers the request for an app that waits: approve, deny or block.',
      z.strictObject({
        app: z.string().default('dialpad'),
        decision: z.enum(['approve', 'deny', 'block']).default('approve'),
        reason: z.string().optional(),
      }),
      async ({ app, decision, reason }) => {
        const waiting = pendingRequest(store, TENANT_ID, clientNamed(app), clock.iso())
        if (waiting === undefined) throw new Refusal('no_request', 404, `Nobody has asked for ${app}, or not any more.`)
        const input = { requestId: waiting.id, decision, ...(reason === undefined ? {} : { reason }) }
        const decided = await decideRequest(deps, KIT, input)
        return { requestId: decided.id, state: requestState(decided, clock.iso()) }
      },
    ),
  ]
}
