import { seatsUsed } from '../commands/place-users.ts'
import { judgeKey } from '../domain/api-keys.ts'
import { LICENCES } from '../domain/licences.ts'
import { seatsOwned } from '../domain/seats.ts'
import type { Office } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { COMPANY, officePath } from './addresses.ts'
import { CompanyPage, type LicenceRow, LicencesPage, OfficePage, type OfficeRow, OfficesPage } from './company-page.tsx'
import { ownOffice } from './own-records.ts'
import type { AdminRoutes } from './visit.ts'

/** Company Settings, Offices, Licenses, and the same of one office. */
export function mountCompany({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  routes.get(COMPANY, async ({ company, show }) => {
    const keys = store.find('apiKeys', 'company', company.id)
    const view = {
      name: company.name,
      domains: company.domains,
      anyDomain: company.anyDomain,
      microsoftTenantId: company.microsoftTenantId,
      users:
        store.count('users', 'state', `${company.id}/active`) + store.count('users', 'state', `${company.id}/pending`),
      offices: store.count('offices', 'company', company.id),
      keys: keys.filter((key) => judgeKey(key, store.get('users', key.createdBy), company, clock.now()) === 'valid')
        .length,
    }
    await show((chrome) => <CompanyPage chrome={chrome} view={view} />)
  })

  routes.get(`${COMPANY}/offices`, async ({ company, show }) => {
    const offices = store.find('offices', 'company', company.id).map(officeRow)
    await show((chrome) => <OfficesPage chrome={chrome} offices={offices} />)
  })

  routes.get(officePath(':id'), async (visit) => {
    const office = officeRow(ownOffice(store, visit))
    await visit.show((chrome) => <OfficePage chrome={chrome} office={office} />)
  })

  routes.get(`${COMPANY}/licenses`, async ({ company, show }) => {
    const rows = store.find('offices', 'company', company.id).flatMap(licenceRows)
    await show((chrome) => <LicencesPage chrome={chrome} rows={rows} />)
  })

  routes.get(officePath(':id', 'licenses'), async (visit) => {
    const office = ownOffice(store, visit)
    await visit.show((chrome) => <LicencesPage chrome={chrome} office={office} rows={licenceRows(office)} />)
  })

  function officeRow(office: Office): OfficeRow {
    const licences = licenceRows(office)
    const isEndless = licences.some((row) => row.purchased === null)
    return {
      ...office,
      users: store.count('users', 'office', office.id),
      used: licences.reduce((sum, row) => sum + row.used, 0),
      owned: isEndless ? null : licences.reduce((sum, row) => sum + (row.purchased ?? 0), 0),
    }
  }

  /** Types the office owns or uses. */
  function licenceRows(office: Office): readonly LicenceRow[] {
    return LICENCES.flatMap(({ type, names }) => {
      const purchased = seatsOwned(office, type)
      const used = seatsUsed(store, office.id, type)
      if (purchased === 0 && used === 0) return []
      const key = `${office.id}/${type}`
      return [{ key, officeId: office.id, office: office.name, licence: names['2025'], purchased, used }]
    })
  }
}
