import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { setOfficeAdmin } from '../commands/administer-users.ts'
import { numbersOfTarget } from '../commands/numbers.ts'
import { createOffice, updateOffice } from '../commands/offices.ts'
import { availableNumbers } from '../commands/suggest-numbers.ts'
import { displayName, holdsSeat, primaryEmail } from '../domain/user-states.ts'
import type { Company, DialpadUser, Office } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { TIMEZONES } from '../sign-in/sign-up/sign-up-choices.ts'
import { COMPANY, officePath } from './addresses.ts'
import {
  EditOfficePage,
  NEW_OFFICE,
  NewOfficePage,
  OfficePage,
  type OfficeRow,
  OfficesPage,
  type OfficeView,
} from './office-pages.tsx'
import { ownOffice } from './own-records.ts'
import type { OfficeSeats } from './seat-picture.tsx'
import { licencesOf } from './seats-of.ts'
import { declined, statusOf, type Typed, untouched } from './typed.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

/** People offered as administrators, at most. */
const OFFERED = 200

const text = (what: string, longest = 100) =>
  z.string().trim().min(1, `Enter ${what}`).max(longest, `Use at most ${longest} characters`)

const EditForm = z.object({
  name: text('a name', 64),
  areaCode: text('an area code', 4),
  timezone: text('a time zone'),
})

const NewForm = z.object({
  name: text('a name', 64),
  country: z.enum(['US', 'CA', 'GB'], 'Choose a country'),
  areaCode: text('an area code', 4),
  timezone: z.enum(TIMEZONES, 'Choose a time zone'),
  adminId: z.string().default(''),
  address: text('the address'),
  city: text('the city'),
  state: text('the state or province'),
  zip: text('the postal code', 16),
  mainLine: z.enum(['new', 'none']).default('new'),
  billingName: text('who is asked about bills'),
  billingEmail: z.string().trim().min(1, 'Enter an email address').max(254, 'This is too long for an email address'),
})
type NewValues = z.infer<typeof NewForm>

const CURRENCIES = { US: 'USD', CA: 'CAD', GB: 'GBP' } as const

/** Offices and Office Settings. */
export function mountOffices({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  function seatsOf(office: Office): OfficeSeats {
    const { id, name } = office
    return { id, name, users: store.count('users', 'office', id), licences: licencesOf(store, office) }
  }

  function rowOf(office: Office): OfficeRow {
    const licences = licencesOf(store, office)
    const isEndless = licences.some(({ owned }) => owned === null)
    return {
      ...office,
      users: store.count('users', 'office', office.id),
      used: licences.reduce((sum, { used }) => sum + used, 0),
      owned: isEndless ? null : licences.reduce((sum, { owned }) => sum + (owned ?? 0), 0),
    }
  }

  function peopleOf(company: Company): readonly DialpadUser[] {
    return store.findPage('users', 'visible', company.id, 0, OFFERED).filter((user) => holdsSeat(user.state))
  }

  function viewOf(company: Company, office: Office): OfficeView {
    const people = peopleOf(company)
    const isAdmin = (user: DialpadUser): boolean => (user.officeAdminOf ?? []).includes(office.id)
    return {
      ...rowOf(office),
      mainLine: numbersOfTarget(store, { type: 'office', id: office.id }).map(({ number }) => number),
      emergencyAddress: office.emergencyAddress,
      admins: store
        .find('users', 'officeAdmin', office.id)
        .map((user) => ({ id: user.id, name: displayName(user), email: primaryEmail(user) })),
      candidates: people
        .filter((user) => !isAdmin(user) && user.state === 'active')
        .map((user) => ({ id: user.id, name: displayName(user) })),
      departments: store.count('departments', 'office', office.id),
      reserved: availableNumbers(store, office.id, clock.now()).length,
      seats: seatsOf(office),
    }
  }

  routes.get(`${COMPANY}/offices`, async ({ company, show }) => {
    const offices = store.find('offices', 'company', company.id)
    const [rows, seats] = [offices.map(rowOf), offices.map(seatsOf)]
    await show((chrome) => <OfficesPage chrome={chrome} offices={rows} seats={seats} />)
  })

  function showNew(visit: AdminVisit, typed: Typed): Promise<void> {
    const people = peopleOf(visit.company)
      .filter((user) => user.state === 'active')
      .map((user) => ({ id: user.id, name: displayName(user) }))
    return visit.show((chrome) => <NewOfficePage chrome={chrome} typed={typed} people={people} />, statusOf(typed))
  }

  routes.get(NEW_OFFICE, (visit) =>
    showNew(visit, untouched({ country: 'US', timezone: 'US/Mountain', mainLine: 'new' })),
  )

  routes.post(NEW_OFFICE, async (visit) => {
    const form = parseForm(NewForm, visit.req.body)
    if (!form.ok) {
      await showNew(visit, form)
      return
    }
    const made = await attempt(() => createOffice(system, visit.actor, newOffice(visit.company, form.value)))
    if (made.ok) await visit.done(officePath(made.value.id), `${made.value.name} is added. It owns no licenses yet.`)
    else await showNew(visit, declined(form.value, made.refusal))
  })

  async function showOffice(visit: AdminVisit, refusal?: string): Promise<void> {
    const office = viewOf(visit.company, ownOffice(store, visit))
    await visit.show(
      (chrome) => <OfficePage chrome={chrome} office={office} refusal={refusal} />,
      refusal === undefined ? 200 : 400,
    )
  }

  routes.get(officePath(':id'), (visit) => showOffice(visit))

  for (const [action, isAdmin] of [
    ['admins/add', true],
    ['admins/remove', false],
  ] as const) {
    routes.post(officePath(':id', action), async (visit) => {
      const office = ownOffice(store, visit)
      const userId = String(visit.req.body?.['userId'] ?? '')
      const saved = await attempt(() =>
        setOfficeAdmin(system, visit.actor, visit.company.id, office.id, userId, isAdmin),
      )
      if (!saved.ok) {
        await showOffice(visit, `${saved.refusal.message}.`)
        return
      }
      const name = displayName(saved.value)
      await visit.done(
        officePath(office.id),
        isAdmin ? `${name} administers ${office.name}.` : `${name} no longer administers ${office.name}.`,
      )
    })
  }

  function showEdit(visit: AdminVisit, office: Office, typed: Typed): Promise<void> {
    return visit.show((chrome) => <EditOfficePage chrome={chrome} office={office} typed={typed} />, statusOf(typed))
  }

  routes.get(officePath(':id', 'edit'), (visit) => {
    const office = ownOffice(store, visit)
    const { name, areaCode, timezone } = office
    return showEdit(visit, office, untouched({ name, areaCode, timezone }))
  })

  routes.post(officePath(':id', 'edit'), async (visit) => {
    const office = ownOffice(store, visit)
    const form = parseForm(EditForm, visit.req.body)
    if (!form.ok) {
      await showEdit(visit, office, form)
      return
    }
    const saved = await attempt(() => updateOffice(system, visit.actor, visit.company.id, office.id, form.value))
    if (!saved.ok) {
      await showEdit(visit, office, declined(form.value, saved.refusal))
      return
    }
    const renamed =
      saved.value.name === office.name
        ? ''
        : ` A directory that still sends “${office.name}” matches no office any more.`
    await visit.done(officePath(office.id), `${saved.value.name} is saved.${renamed}`)
  })
}

function newOffice(company: Company, form: NewValues) {
  const { name, country, areaCode, timezone, adminId, address, city, state, zip } = form
  return {
    companyId: company.id,
    name,
    country,
    areaCode,
    timezone,
    wantsMainLine: form.mainLine === 'new',
    ...(adminId === '' ? {} : { adminId }),
    line: {},
    emergencyAddress: { address, city, state, zip, country },
    billing: {
      currency: CURRENCIES[country],
      period: 'monthly' as const,
      annualCommitMonthly: false,
      invoiced: false,
      unified: true,
      address: { contact_name: form.billingName, contact_email: form.billingEmail },
    },
  }
}
