import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { createDepartment, deleteDepartment, departmentOf, updateDepartment } from '../commands/departments.ts'
import { assignNumber, numbersOfTarget } from '../commands/numbers.ts'
import { addOperator, operatorsOf, removeOperator } from '../commands/operators.ts'
import { type DialpadRefusal, notFound } from '../domain/refusal.ts'
import { displayName, holdsSeat, primaryEmail } from '../domain/user-states.ts'
import type { Department } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { DEPARTMENTS, officePath } from './addresses.ts'
import { ConfirmPage } from './confirm-page.tsx'
import {
  DepartmentPage,
  type DepartmentRow,
  DepartmentsPage,
  departmentPath,
  NewDepartmentPage,
} from './departments-page.tsx'
import { ownOffice } from './own-records.ts'
import { declined, statusOf, type Typed, untouched } from './typed.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

/** People offered as operators, at most. */
const OFFERED = 200

const NewForm = z.object({
  name: z.string().trim().min(1, 'Enter a name'),
  officeId: z.string().min(1, 'Select an office'),
})
const NameForm = z.object({ name: z.string().trim().min(1, 'Enter a name') })
const OperatorForm = z.object({ userId: z.string(), role: z.enum(['operator', 'admin']).default('operator') })

/** Departments: what REST changes too, by the same commands. */
export function mountDepartments({ system }: PageDeps, routes: AdminRoutes): void {
  const { store } = system

  function rowOf(department: Department): DepartmentRow {
    const { id, name, officeId } = department
    return {
      id,
      name,
      office: { id: officeId, name: store.get('offices', officeId)?.name ?? '' },
      numbers: numbersOfTarget(store, { type: 'department', id }).map(({ number }) => number),
      operators: store.count('operators', 'group', id),
    }
  }

  routes.get(DEPARTMENTS, async ({ company, show }) => {
    const rows = store.find('departments', 'company', company.id).map(rowOf)
    await show((chrome) => <DepartmentsPage chrome={chrome} office={undefined} rows={rows} />)
  })

  routes.get(officePath(':id', 'departments'), async (visit) => {
    const office = ownOffice(store, visit)
    const rows = store.find('departments', 'office', office.id).map(rowOf)
    await visit.show((chrome) => <DepartmentsPage chrome={chrome} office={office} rows={rows} />)
  })

  function showNew(visit: AdminVisit, typed: Typed): Promise<void> {
    return visit.show((chrome) => <NewDepartmentPage chrome={chrome} typed={typed} />, statusOf(typed))
  }

  routes.get(departmentPath('new'), (visit) => showNew(visit, untouched({ officeId: visit.query('office') })))

  routes.post(departmentPath('new'), async (visit) => {
    const form = parseForm(NewForm, visit.req.body)
    if (!form.ok) {
      await showNew(visit, form)
      return
    }
    const { name, officeId } = form.value
    if (!visit.administers(officeId)) {
      await showNew(visit, { values: form.value, problems: { officeId: 'Select an office' } })
      return
    }
    const made = await attempt(() =>
      createDepartment(system, visit.actor, { companyId: visit.company.id, officeId, name, line: {} }),
    )
    if (made.ok) await visit.done(departmentPath(made.value.id), `${made.value.name} is added.`)
    else await showNew(visit, declined(form.value, made.refusal))
  })

  function own(visit: AdminVisit): Department {
    return departmentOf(store, visit.company, visit.param('id'))
  }

  async function showOne(
    visit: AdminVisit,
    { renaming, refusal }: { readonly renaming?: Typed; readonly refusal?: DialpadRefusal } = {},
  ): Promise<void> {
    const department = own(visit)
    const operators = operatorsOf(store, department.id)
    const view = {
      ...rowOf(department),
      people: operators.map((user) => ({
        id: user.id,
        name: displayName(user),
        email: primaryEmail(user),
        role: store.get('operators', `${department.id}/${user.id}`)?.role ?? ('operator' as const),
      })),
      candidates: store
        .findPage('users', 'visible', visit.company.id, 0, OFFERED)
        .filter((user) => holdsSeat(user.state) && visit.administers(user.officeId))
        .filter((user) => !operators.some(({ id }) => id === user.id))
        .map((user) => ({ id: user.id, name: displayName(user) })),
      renaming: renaming ?? untouched({ name: department.name }),
      refusal: refusal === undefined ? undefined : `${refusal.message}.`,
    }
    await visit.show(
      (chrome) => <DepartmentPage chrome={chrome} view={view} />,
      refusal?.status ?? statusOf(view.renaming),
    )
  }

  routes.get(departmentPath(':id'), (visit) => showOne(visit))

  routes.post(departmentPath(':id', 'name'), async (visit) => {
    const { id } = own(visit)
    const form = parseForm(NameForm, visit.req.body)
    if (!form.ok) {
      await showOne(visit, { renaming: form })
      return
    }
    const saved = await attempt(() => updateDepartment(system, visit.actor, visit.company.id, id, form.value))
    if (saved.ok) await visit.done(departmentPath(id), `${saved.value.name} is saved.`)
    else await showOne(visit, { renaming: declined(form.value, saved.refusal) })
  })

  routes.post(departmentPath(':id', 'number'), async (visit) => {
    const { id, name } = own(visit)
    const given = await attempt(() =>
      assignNumber(system, visit.actor, visit.company.id, { type: 'department', id }, {}),
    )
    if (given.ok) await visit.done(departmentPath(id), `${given.value.number} is the main number of ${name}.`)
    else await showOne(visit, { refusal: given.refusal })
  })

  for (const action of ['add', 'remove'] as const) {
    routes.post(departmentPath(':id', `operators/${action}`), async (visit) => {
      const { id, name } = own(visit)
      const form = parseForm(OperatorForm, visit.req.body)
      if (!form.ok) {
        visit.res.redirect(303, departmentPath(id))
        return
      }
      const { userId, role } = form.value
      if (!visit.administers(store.get('users', userId)?.officeId ?? '')) throw notFound('User', userId)
      const group = { type: 'department', id } as const
      const saved = await attempt(() =>
        action === 'add'
          ? addOperator(system, visit.actor, visit.company.id, group, userId, role)
          : removeOperator(system, visit.actor, visit.company.id, group, userId),
      )
      if (!saved.ok) {
        await showOne(visit, { refusal: saved.refusal })
        return
      }
      const who = displayName(saved.value)
      await visit.done(
        departmentPath(id),
        action === 'add' ? `${who} answers calls of ${name}.` : `${who} is no operator of ${name} any more.`,
      )
    })
  }

  routes.get(departmentPath(':id', 'delete'), async (visit) => {
    const { id, name } = own(visit)
    await visit.show((chrome) => (
      <ConfirmPage
        chrome={chrome}
        current={DEPARTMENTS}
        title="Delete department"
        trail={[
          { label: 'Departments', href: DEPARTMENTS },
          { label: name, href: departmentPath(id) },
        ]}
        confirm={{
          title: 'Delete this department?',
          subject: name,
          children: 'Its numbers go to the Reserved Numbers of the office. Its operators stay users.',
          action: departmentPath(id, 'delete'),
          confirmLabel: 'Delete',
          cancelHref: departmentPath(id),
        }}
      />
    ))
  })

  routes.post(departmentPath(':id', 'delete'), async (visit) => {
    const { id, name } = own(visit)
    await deleteDepartment(system, visit.actor, visit.company.id, id)
    await visit.done(DEPARTMENTS, `${name} is deleted.`)
  })
}
