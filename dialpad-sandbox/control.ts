import { z } from 'zod'
import { type ControlRoute, controlRoute } from '#kit/control/control-route.ts'
import { dossierRoutes } from '#kit/control/dossier.ts'
import { sceneRoutes } from '#kit/control/scene-commands.ts'
import { issueApiKey } from './commands/api-keys.ts'
import { failPayment, payBill } from './commands/company-billing.ts'
import type { DialpadSystem } from './commands/work.ts'
import { SYSTEM_ACTOR } from './domain/change-log.ts'
import { companyState, suspendedFrom } from './domain/company-states.ts'
import type { UserState } from './records.ts'
import { dialpadSceneCommands } from './scene/commands.ts'
import { firstCompany, ownerNamed, refuse } from './scene/find.ts'
import { dialpadDossiers } from './story/dossiers.ts'

const ApiKeyRequest = z.strictObject({
  name: z.string(),
  /** Id or e-mail address of a Company Admin. */
  owner: z.string().optional(),
  expiresAt: z.iso.datetime().optional(),
})

/** A bill is something that happens, at an instant and until it is paid: no switch, which chooses a behaviour, and no fault of one answer. */
const BillingRequest = z.strictObject({ payment: z.enum(['failed', 'paid']) })

/**
 * What `/_kit` of this system has beyond the calls of every system: `POST /_kit/api-keys`, a key without clicking;
 * `POST /_kit/billing`, a payment that fails or is made, as Billing of the portal does it; its line on the kit home; and what
 * the portal can do, in one call each (`/_kit/commands`).
 */
export function dialpadControlRoutes(system: DialpadSystem): readonly ControlRoute[] {
  return [
    controlRoute({
      method: 'POST',
      path: '/api-keys',
      status: 201,
      body: ApiKeyRequest,
      handle: async ({ body }) => {
        const { companyId, ownerId } = ownerNamed(system, body.owner)
        const input = { companyId, ownerId, name: body.name, expiresAt: body.expiresAt }
        const { key, secret } = await issueApiKey(system, SYSTEM_ACTOR, input).catch(refuse)
        return { id: key.id, secret }
      },
    }),
    controlRoute({
      method: 'POST',
      path: '/billing',
      body: BillingRequest,
      handle: async ({ body }) => {
        const { id } = firstCompany(system)
        const change = body.payment === 'failed' ? failPayment : payBill
        const company = await change(system, SYSTEM_ACTOR, id)
        const from = suspendedFrom(company)
        return {
          company: company.name,
          state: companyState(company, system.clock.now()),
          ...(from === undefined ? {} : { paymentFailedAt: company.paymentFailedAt, suspendedFrom: from }),
        }
      },
    }),
    controlRoute({ method: 'GET', path: '/summary', handle: () => summarize(system) }),
    ...dossierRoutes(dialpadDossiers(system)),
    ...sceneRoutes(dialpadSceneCommands(system)),
  ]
}

/** The company in one line, for the card of the kit home. Counts only. */
function summarize({ store }: DialpadSystem): { readonly line: string; readonly figures: readonly object[] } {
  const [company] = store.page('companies', 0, 1)
  if (company === undefined) return { line: 'No company has signed up yet', figures: [] }
  const people = (state: UserState): number => store.count('users', 'state', `${company.id}/${state}`)
  const groups = store.count('groups', 'company', company.id)
  const shown = [
    { label: 'Active', value: people('active'), noun: 'active' },
    { label: 'Pending', value: people('pending'), noun: 'pending' },
    { label: 'Suspended', value: people('suspended'), noun: 'suspended' },
    { label: 'Directory groups', value: groups, noun: groups === 1 ? 'directory group' : 'directory groups' },
  ].filter(({ value }, index) => index === 0 || value > 0)
  return {
    line: shown.map(({ value, noun }) => `${value} ${noun}`).join(', '),
    figures: shown.map(({ label, value }) => ({ label, value })),
  }
}
