import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import type { Definition } from '#kit/ui/definition-list.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import {
  cancelLicenceRemoval,
  licencesToSpare,
  MOST_LICENCES,
  moveLicences,
  purchaseLicences,
  scheduleLicenceRemoval,
} from '../commands/licences.ts'
import { companyState, suspendedFrom } from '../domain/company-states.ts'
import { licenceName } from '../domain/licences.ts'
import { nextBillingDate } from '../domain/plans.ts'
import { seatsOwned } from '../domain/seats.ts'
import type { Company, LicenceRemoval, Office } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { BILLING, COMPANY, officePath } from './addresses.ts'
import { BillingPage } from './billing-page.tsx'
import {
  type LicenceRow,
  LicencesPage,
  type OrderKind,
  OrderPage,
  OrderSummaryPage,
  orderPath,
  type RemovalRow,
} from './licences-page.tsx'
import { ownOffice } from './own-records.ts'
import { licencesOf } from './seats-of.ts'
import { declined, statusOf, type Typed, untouched } from './typed.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const DAY_MS = 24 * 3_600_000
const ORDERS: readonly OrderKind[] = ['purchase', 'remove', 'move']

const OrderForm = z.object({
  officeId: z.string().min(1, 'Select an office'),
  toOfficeId: z.string().default(''),
  licence: z.enum(['talk', 'lite_support_agents', 'agents', 'lite_lines', 'magenta_lines'], 'Choose a license'),
  quantity: z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, `Enter a number from 1 to ${MOST_LICENCES}`)
    .refine((text) => Number(text) >= 1 && Number(text) <= MOST_LICENCES, `Enter a number from 1 to ${MOST_LICENCES}`),
})
type Order = z.infer<typeof OrderForm>

/** Licenses: what there is, Purchase licenses, removal at the next billing date, moves between offices. */
export function mountLicences({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  function licenceRows(office: Office): readonly LicenceRow[] {
    return licencesOf(store, office).map(({ type, name, owned, used }) => ({
      key: `${office.id}/${type}`,
      officeId: office.id,
      office: office.name,
      licence: name,
      purchased: owned,
      used,
    }))
  }

  function removalRow(removal: LicenceRemoval): RemovalRow {
    return {
      ...removal,
      office: store.get('offices', removal.officeId)?.name ?? '',
      licence: licenceName(removal.licence),
    }
  }

  routes.get(`${COMPANY}/licenses`, async ({ company, show }) => {
    const rows = store.find('offices', 'company', company.id).flatMap(licenceRows)
    const removals = store.find('licenceRemovals', 'company', company.id).map(removalRow)
    await show((chrome) => <LicencesPage chrome={chrome} rows={rows} removals={removals} />)
  })

  routes.get(BILLING, async ({ company, show }) => {
    const next = new Date(nextBillingDate(company.createdAt, clock.now())).toISOString()
    const rows = store.find('offices', 'company', company.id).flatMap(licenceRows)
    const removals = store.find('licenceRemovals', 'company', company.id).map(removalRow)
    const payment = {
      state: companyState(company, clock.now()),
      failedAt: company.paymentFailedAt,
      suspendedFrom: suspendedFrom(company),
    }
    await show((chrome) => (
      <BillingPage chrome={chrome} next={next} rows={rows} removals={removals} payment={payment} />
    ))
  })

  routes.get(officePath(':id', 'billing'), async (visit) => {
    const office = ownOffice(store, visit)
    const next = new Date(nextBillingDate(visit.company.createdAt, clock.now())).toISOString()
    const removals = store.find('licenceRemovals', 'office', office.id).map(removalRow)
    await visit.show((chrome) => (
      <BillingPage chrome={chrome} office={office} next={next} rows={licenceRows(office)} removals={removals} />
    ))
  })

  routes.get(officePath(':id', 'licenses'), async (visit) => {
    const office = ownOffice(store, visit)
    const removals = store.find('licenceRemovals', 'office', office.id).map(removalRow)
    await visit.show((chrome) => (
      <LicencesPage chrome={chrome} office={office} rows={licenceRows(office)} removals={removals} />
    ))
  })

  routes.post(`${COMPANY}/licenses/removals/:id/cancel`, async (visit) => {
    const removal = await cancelLicenceRemoval(system, visit.actor, visit.company.id, visit.param('id'))
    await visit.done(
      `${COMPANY}/licenses`,
      `${removal.quantity} ${licenceName(removal.licence)} licenses of ${removalRow(removal).office} stay.`,
    )
  })

  function showOrder(visit: AdminVisit, kind: OrderKind, typed: Typed): Promise<void> {
    return visit.show((chrome) => <OrderPage chrome={chrome} kind={kind} typed={typed} />, statusOf(typed))
  }

  /** What stands against the order before anything is done. */
  function problemsOf(company: Company, kind: OrderKind, order: Order): Readonly<Record<string, string>> {
    const office = store.get('offices', order.officeId)
    if (office?.companyId !== company.id) return { officeId: 'Select an office' }
    if (seatsOwned(office, order.licence) === null) {
      return { officeId: `${office.name} has ${licenceName(order.licence)} licenses without end.` }
    }
    if (kind === 'purchase') return {}
    const to = store.get('offices', order.toOfficeId)
    if (kind === 'move' && (to?.companyId !== company.id || to.id === office.id)) {
      return { toOfficeId: 'Select another office' }
    }
    const spare = licencesToSpare(store, office, order.licence) ?? 0
    return Number(order.quantity) > spare
      ? { quantity: `${office.name} has ${spare} unused ${licenceName(order.licence)} licenses.` }
      : {}
  }

  function summaryOf(company: Company, kind: OrderKind, order: Order): readonly Definition[] {
    const billing = nextBillingDate(company.createdAt, clock.now())
    const office = store.get('offices', order.officeId)?.name
    const days = Math.ceil((billing - clock.now()) / DAY_MS)
    return [
      { term: 'License', value: licenceName(order.licence) },
      { term: 'Quantity', value: order.quantity },
      ...(kind === 'move'
        ? [
            { term: 'From office', value: office },
            { term: 'To office', value: store.get('offices', order.toOfficeId)?.name },
          ]
        : [{ term: 'Office', value: office }]),
      ...(kind === 'move'
        ? []
        : [{ term: 'Next billing date', value: <TimeText iso={new Date(billing).toISOString()} form="date" /> }]),
      ...(kind === 'purchase'
        ? [{ term: 'Billed now', value: `Pro rata, ${days} days to the next billing date` }]
        : []),
    ]
  }

  function run(visit: AdminVisit, kind: OrderKind, { toOfficeId, quantity, ...rest }: Order): Promise<unknown> {
    const order = { ...rest, companyId: visit.company.id, quantity: Number(quantity) }
    switch (kind) {
      case 'purchase':
        return purchaseLicences(system, visit.actor, order)
      case 'remove':
        return scheduleLicenceRemoval(system, visit.actor, order)
      case 'move':
        return moveLicences(system, visit.actor, { ...order, toOfficeId })
    }
  }

  for (const kind of ORDERS) {
    routes.get(orderPath(kind), (visit) =>
      showOrder(visit, kind, untouched({ officeId: visit.query('office'), licence: 'talk', quantity: '1' })),
    )
    routes.get(orderPath(kind, 'confirm'), async ({ res }) => res.redirect(303, orderPath(kind)))

    routes.post(orderPath(kind), async (visit) => {
      const form = parseForm(OrderForm, visit.req.body)
      const problems = form.ok ? problemsOf(visit.company, kind, form.value) : form.problems
      if (!form.ok || Object.keys(problems).length > 0) {
        await showOrder(visit, kind, { values: form.ok ? form.value : form.values, problems })
        return
      }
      const order = form.value
      const summary = summaryOf(visit.company, kind, order)
      await visit.show((chrome) => <OrderSummaryPage chrome={chrome} kind={kind} fields={order} summary={summary} />)
    })

    routes.post(orderPath(kind, 'confirm'), async (visit) => {
      const form = parseForm(OrderForm, visit.req.body)
      if (!form.ok) {
        await showOrder(visit, kind, form)
        return
      }
      const result = await attempt(() => run(visit, kind, form.value))
      if (result.ok) await visit.done(`${COMPANY}/licenses`, doneInWords(kind, form.value))
      else await showOrder(visit, kind, declined(form.value, result.refusal))
    })
  }

  function doneInWords(kind: OrderKind, order: Order): string {
    const what = `${order.quantity} ${licenceName(order.licence)} license${order.quantity === '1' ? '' : 's'}`
    const office = store.get('offices', order.officeId)?.name ?? ''
    switch (kind) {
      case 'purchase':
        return `${what} purchased for ${office}.`
      case 'remove':
        return `${what} of ${office} will be removed on the next billing date.`
      case 'move':
        return `${what} moved to ${store.get('offices', order.toOfficeId)?.name ?? ''}.`
    }
  }
}
