import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { assignNumber, swapNumber, unassignNumber } from '../commands/numbers.ts'
import { availableNumbers } from '../commands/suggest-numbers.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { displayName } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import { COMPANY, userPath } from './addresses.ts'
import { ConfirmPage } from './confirm-page.tsx'
import { declined, statusOf, type Typed, untouched } from './typed.tsx'
import { UserNumbersPage } from './user-numbers-page.tsx'
import type { UserView } from './user-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const NumberForm = z
  .object({
    from: z.enum(['reserved', 'area-code'], 'Choose where to take it from'),
    number: z.string().default(''),
    areaCode: z.string().trim().default(''),
    what: z.enum(['assign', 'swap']).default('assign'),
  })
  .superRefine((form, context) => {
    if (form.from === 'reserved' && form.number === '') {
      context.addIssue({ code: 'custom', path: ['number'], message: 'Select a number' })
    }
    if (form.from === 'area-code' && form.areaCode === '') {
      context.addIssue({ code: 'custom', path: ['areaCode'], message: 'Enter an area code' })
    }
  })

/** Numbers of a person: assign, swap, unassign. */
export function mountUserNumbers(
  system: DialpadSystem,
  routes: AdminRoutes,
  present: (visit: AdminVisit) => DialpadUser,
  viewOf: (user: DialpadUser) => UserView,
): void {
  const { store, clock } = system
  const PATH = userPath(':id', 'numbers')

  function show(visit: AdminVisit, user: DialpadUser, typed: Typed): Promise<void> {
    const own = store.get('offices', user.officeId)
    const offices = store
      .find('offices', 'company', user.companyId)
      .filter((office) => office.country === own?.country && visit.administers(office.id))
      .sort((one, other) => Number(other.id === user.officeId) - Number(one.id === user.officeId))
    const view = {
      user: viewOf(user),
      reserved: offices.flatMap(({ id, name }) =>
        availableNumbers(store, id, clock.now()).map((number) => ({ number, office: name })),
      ),
      areaCode: own?.areaCode ?? '',
      typed,
    }
    return visit.show((chrome) => <UserNumbersPage chrome={chrome} view={view} />, statusOf(typed))
  }

  routes.get(PATH, (visit) => {
    const user = present(visit)
    const areaCode = store.get('offices', user.officeId)?.areaCode ?? ''
    return show(visit, user, untouched({ from: 'reserved', areaCode }))
  })

  routes.post(PATH, async (visit) => {
    const user = present(visit)
    const form = parseForm(NumberForm, visit.req.body)
    if (!form.ok) {
      await show(visit, user, form)
      return
    }
    const { from, number, areaCode, what } = form.value
    const offered = store.get('numbers', number)
    if (from === 'reserved' && offered !== undefined && !visit.administers(offered.officeId)) {
      await show(visit, user, { values: form.value, problems: { number: 'Select a number' } })
      return
    }
    const target = { type: 'user', id: user.id } as const
    const { actor, company } = visit
    const given = await attempt(() =>
      what === 'swap'
        ? swapNumber(
            system,
            actor,
            company.id,
            target,
            from === 'reserved' ? { kind: 'provided', number } : { kind: 'area-code', areaCode },
          )
        : assignNumber(system, actor, company.id, target, {
            ...(from === 'reserved' ? { number } : { fresh: true, areaCode }),
            primary: viewOf(user).numbers.length === 0,
          }),
    )
    if (given.ok) await visit.done(PATH.replace(':id', user.id), `${given.value.number} is ${displayName(user)}'s.`)
    else {
      const { problems } = declined({ ...form.value, area_code: '' }, given.refusal)
      const { area_code: areaProblem, ...others } = problems
      await show(visit, user, {
        values: form.value,
        problems: areaProblem === undefined ? others : { ...others, areaCode: areaProblem },
      })
    }
  })

  routes.get(userPath(':id', 'numbers/unassign'), async (visit) => {
    const user = viewOf(present(visit))
    const number = visit.query('number')
    if (!user.numbers.includes(number)) {
      visit.res.redirect(303, userPath(user.id, 'numbers'))
      return
    }
    await visit.show((chrome) => (
      <ConfirmPage
        chrome={chrome}
        current={`${COMPANY}/users`}
        title="Unassign number"
        trail={[{ label: user.name, href: userPath(user.id) }]}
        confirm={{
          title: 'Unassign this number?',
          subject: number,
          children: `It goes to the Reserved Numbers. ${user.name} cannot be called with it any more.`,
          action: userPath(user.id, 'numbers/unassign'),
          fields: { number },
          confirmLabel: 'Unassign',
          cancelHref: userPath(user.id, 'numbers'),
        }}
      />
    ))
  })

  routes.post(userPath(':id', 'numbers/unassign'), async (visit) => {
    const user = present(visit)
    const number = String(visit.req.body?.['number'] ?? '')
    const taken = await attempt(() =>
      unassignNumber(system, visit.actor, visit.company.id, number, { from: { type: 'user', id: user.id } }),
    )
    if (taken.ok) await visit.done(userPath(user.id, 'numbers'), `${number} is among the Reserved Numbers.`)
    else await show(visit, user, { values: { from: 'reserved' }, problems: { '': `${taken.refusal.message}.` } })
  })
}
