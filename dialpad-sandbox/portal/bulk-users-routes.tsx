import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { setOfficeAdmin } from '../commands/administer-users.ts'
import { deleteUser } from '../commands/delete-user.ts'
import { mayChangeUser } from '../domain/admin-rights.ts'
import { displayName, primaryEmail } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { ownOffice } from './own-records.ts'
import { type ListOffice, listPath } from './user-list-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const BULK_ACTIONS = ['delete', 'add-office-admin', 'remove-office-admin'] as const
type BulkAction = (typeof BULK_ACTIONS)[number]

const WORDS: Readonly<
  Record<BulkAction, { readonly title: string; readonly question: string; readonly done: string }>
> = {
  delete: { title: 'Delete selected', question: 'Delete these users?', done: 'deleted' },
  'add-office-admin': {
    title: 'Add office admin',
    question: 'Make these users Office Admins?',
    done: 'made Office Admin',
  },
  'remove-office-admin': {
    title: 'Remove office admin',
    question: 'Remove the office admin privileges of these users?',
    done: 'no longer Office Admin',
  },
}

const NOBODY = {
  company: 'Nobody was selected. Tick users first.',
  offices: 'Nobody was selected whom an Office Admin may change so.',
} as const

const BulkForm = z.object({
  do: z.enum(BULK_ACTIONS),
  user: z.preprocess(listField, z.array(z.string()).max(100)),
  officeId: z.string().default(''),
})

/** The bulk bar of the user list (reference sheet 3.5): asks with everybody's name, then does it one by one. */
export function mountBulkUsers({ system }: PageDeps, routes: AdminRoutes): void {
  const { store } = system

  function peopleOf({ company, rights }: AdminVisit, ids: readonly string[]): readonly DialpadUser[] {
    return ids.flatMap((id) => {
      const user = store.get('users', id)
      const isTheirs = user?.companyId === company.id && user.state !== 'deleted' && mayChangeUser(rights, user)
      return isTheirs ? [user] : []
    })
  }

  /** Only Company Admins make and unmake Office Admins. */
  function isOpen({ rights }: AdminVisit, action: BulkAction): boolean {
    return rights.kind === 'company' || action === 'delete'
  }

  async function ask(visit: AdminVisit, office: ListOffice): Promise<void> {
    const form = parseForm(BulkForm, visit.req.query)
    const people = form.ok ? peopleOf(visit, form.value.user) : []
    if (!form.ok || !isOpen(visit, form.value.do) || people.length === 0) {
      await visit.done(listPath(office, 'users'), NOBODY[visit.rights.kind])
      return
    }
    const action = form.value.do
    await visit.show((chrome) => <BulkPage chrome={chrome} office={office} action={action} people={people} />)
  }

  async function run(visit: AdminVisit, office: ListOffice): Promise<void> {
    const { actor, company } = visit
    const form = parseForm(BulkForm, visit.req.body)
    const people = form.ok ? peopleOf(visit, form.value.user) : []
    if (!form.ok || !isOpen(visit, form.value.do) || people.length === 0) {
      visit.res.redirect(303, listPath(office, 'users'))
      return
    }
    const { do: action, officeId } = form.value
    const refusals: string[] = []
    for (const { id } of people) {
      const result = await attempt(() =>
        action === 'delete'
          ? deleteUser(system, actor, id)
          : setOfficeAdmin(system, actor, company.id, officeId, id, action === 'add-office-admin'),
      )
      if (!result.ok) refusals.push(`${result.refusal.message}.`)
    }
    const done = people.length - refusals.length
    const words = `${done} user${done === 1 ? '' : 's'} ${WORDS[action].done}.`
    await visit.done(listPath(office, 'users'), [words, ...refusals].join(' '))
  }

  for (const declared of [undefined, { id: ':id', name: '' }]) {
    const path = `${listPath(declared, 'users')}/bulk`
    const officeOf = (visit: AdminVisit): ListOffice => (declared === undefined ? undefined : ownOffice(store, visit))
    routes.get(path, (visit) => ask(visit, officeOf(visit)))
    routes.post(path, (visit) => run(visit, officeOf(visit)))
  }
}

function BulkPage(props: {
  readonly chrome: Chrome
  readonly office: ListOffice
  readonly action: BulkAction
  readonly people: readonly DialpadUser[]
}) {
  const { chrome, office, action, people } = props
  const { title, question } = WORDS[action]
  const list = listPath(office, 'users')
  return (
    <AdminPage
      chrome={chrome}
      office={office}
      current={list}
      title={title}
      trail={[{ label: 'Users', href: list }]}
      notices={
        action === 'delete' && (
          <Notice tone="warning" role="none">
            They are logged out with their next request. Licenses are kept; for 72 hours everybody can be restored.
          </Notice>
        )
      }
    >
      <Card title={question}>
        <Form action={`${list}/bulk`} label={question} fields={{ do: action }}>
          <Stack>
            <ul>
              {people.map((user) => (
                <li key={user.id}>
                  {displayName(user)} ({primaryEmail(user)})
                  <input type="hidden" name="user" value={user.id} />
                </li>
              ))}
            </ul>
            {action !== 'delete' && (
              <SelectField
                label="Office"
                name="officeId"
                value={office?.id}
                options={chrome.offices.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            <FormActions>
              <Button kind={action === 'add-office-admin' ? 'primary' : 'danger'}>{title}</Button>
              <LinkButton href={list}>Cancel</LinkButton>
            </FormActions>
          </Stack>
        </Form>
      </Card>
    </AdminPage>
  )
}
