import { numbersOfTarget } from '../commands/numbers.ts'
import { judgeKey } from '../domain/api-keys.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { COMPANY } from './addresses.ts'
import { CompanyPage } from './company-page.tsx'
import type { AdminRoutes } from './visit.ts'

/** Company Settings. */
export function mountCompany({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  routes.get(COMPANY, async ({ company, show }) => {
    const primary = store.find('offices', 'company', company.id).find((office) => office.isPrimary)
    const keys = store.find('apiKeys', 'company', company.id)
    const view = {
      name: company.name,
      domains: company.domains,
      anyDomain: company.anyDomain,
      microsoftTenantId: company.microsoftTenantId,
      users:
        store.count('users', 'state', `${company.id}/active`) + store.count('users', 'state', `${company.id}/pending`),
      offices: store.count('offices', 'company', company.id),
      departments: store.count('departments', 'company', company.id),
      number: primary === undefined ? undefined : numbersOfTarget(store, { type: 'office', id: primary.id })[0]?.number,
      keys: keys.filter((key) => judgeKey(key, store.get('users', key.createdBy), company, clock.now()) === 'valid')
        .length,
    }
    await show((chrome) => <CompanyPage chrome={chrome} view={view} />)
  })
}
