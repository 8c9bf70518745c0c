import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { MOST_RESERVED_AT_ONCE, reserveNewNumbers, unassignNumber } from '../commands/numbers.ts'
import { numberStatus } from '../domain/numbers.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { ConfirmPage } from './confirm-page.tsx'
import { ownOffice } from './own-records.ts'
import { declined, FormProblem, statusOf, type Typed, untouched } from './typed.tsx'
import { type ListOffice, listPath } from './user-list-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const AddForm = z.object({
  officeId: z.string().min(1, 'Select an office'),
  areaCode: z.string().trim().min(1, 'Enter an area code'),
  count: z
    .string()
    .trim()
    .regex(/^\d{1,2}$/, `Enter a number from 1 to ${MOST_RESERVED_AT_ONCE}`),
})

/** Reserved Numbers: add new ones of an area code, delete (reference sheet 3.7). */
export function mountReservedNumbers({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  for (const declared of [undefined, { id: ':id', name: '' }]) {
    const officeOf = (visit: AdminVisit): ListOffice => (declared === undefined ? undefined : ownOffice(store, visit))
    const path = listPath(declared, 'reserved-numbers')

    const showAdd = (visit: AdminVisit, typed: Typed): Promise<void> => {
      const office = officeOf(visit)
      return visit.show((chrome) => <AddNumbersPage chrome={chrome} office={office} typed={typed} />, statusOf(typed))
    }

    routes.get(`${path}/add`, (visit) => {
      const office = store.get('offices', officeOf(visit)?.id ?? '')
      return showAdd(visit, untouched({ officeId: office?.id ?? '', areaCode: office?.areaCode ?? '', count: '1' }))
    })

    routes.post(`${path}/add`, async (visit) => {
      const form = parseForm(AddForm, visit.req.body)
      if (!form.ok) {
        await showAdd(visit, form)
        return
      }
      const { officeId, areaCode, count } = form.value
      if (!visit.administers(officeId)) {
        await showAdd(visit, { values: form.value, problems: { officeId: 'Select an office' } })
        return
      }
      const made = await attempt(() =>
        reserveNewNumbers(system, visit.actor, visit.company.id, officeId, { areaCode, count: Number(count) }),
      )
      if (made.ok) {
        const words = made.value.map(({ number }) => number).join(', ')
        await visit.done(listPath(officeOf(visit), 'reserved-numbers'), `Reserved: ${words}.`)
        return
      }
      const { problems } = declined({ ...form.value, area_code: '' }, made.refusal)
      const { area_code: areaProblem, ...others } = problems
      await showAdd(visit, {
        values: form.value,
        problems: areaProblem === undefined ? others : { ...others, areaCode: areaProblem },
      })
    })

    routes.get(`${path}/delete`, async (visit) => {
      const office = officeOf(visit)
      const list = listPath(office, 'reserved-numbers')
      const number = visit.query('number')
      if (!visit.administers(store.get('numbers', number)?.officeId ?? '')) {
        visit.res.redirect(303, list)
        return
      }
      await visit.show((chrome) => (
        <ConfirmPage
          chrome={chrome}
          office={office}
          current={listPath(office, 'users')}
          title="Delete number"
          trail={[{ label: 'Reserved Numbers', href: list }]}
          confirm={{
            title: 'Delete this number?',
            subject: number,
            children: 'The company does not have it any more. It can be given to anybody.',
            action: `${list}/delete`,
            fields: { number },
            confirmLabel: 'Delete',
            cancelHref: list,
          }}
        />
      ))
    })

    routes.post(`${path}/delete`, async (visit) => {
      const list = listPath(officeOf(visit), 'reserved-numbers')
      const number = String(visit.req.body?.['number'] ?? '')
      const found = store.get('numbers', number)
      const isTheirs = found !== undefined && visit.administers(found.officeId)
      const isReserved = isTheirs && numberStatus(found, clock.now()) === 'reserved'
      const gone = isReserved
        ? await attempt(() => unassignNumber(system, visit.actor, visit.company.id, number, { release: true }))
        : undefined
      await visit.done(
        list,
        gone?.ok ? `${number} is deleted.` : `${number} is not among the Reserved Numbers any more.`,
      )
    })
  }
}

function AddNumbersPage(props: { readonly chrome: Chrome; readonly office: ListOffice; readonly typed: Typed }) {
  const { chrome, office, typed } = props
  const { values, problems } = typed
  const list = listPath(office, 'reserved-numbers')
  return (
    <AdminPage
      chrome={chrome}
      office={office}
      current={listPath(office, 'users')}
      title="Add reserved numbers"
      trail={[{ label: 'Reserved Numbers', href: list }]}
      lead="Reserved Numbers are given to new users before numbers of the area code are."
    >
      <Card>
        <FormProblem typed={typed} />
        <Form action={`${list}/add`} label="Add reserved numbers" noValidate>
          <SelectField
            label="Office"
            name="officeId"
            emptyLabel="Select an office"
            value={values['officeId']}
            options={chrome.offices.map(({ id, name }) => ({ value: id, label: name }))}
            problem={problems['officeId']}
            required
          />
          <TextField
            label="Area code"
            name="areaCode"
            value={values['areaCode']}
            problem={problems['areaCode']}
            maxLength={4}
            required
          />
          <TextField
            label="How many"
            name="count"
            type="number"
            min="1"
            max={String(MOST_RESERVED_AT_ONCE)}
            value={values['count']}
            problem={problems['count']}
            required
          />
          <FormActions>
            <Button kind="primary">Add numbers</Button>
            <LinkButton href={list}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}
