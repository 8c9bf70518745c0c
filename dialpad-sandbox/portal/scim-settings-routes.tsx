import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { updateScimSettings } from '../commands/scim-settings.ts'
import type { Company } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { SCIM } from './addresses.ts'
import { readRecentRequests } from './recent-requests.tsx'
import { ScimSettingsPage } from './scim-settings-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const ScimForm = z
  .object({
    officeField: z.enum(['physicalDeliveryOfficeName', 'officeName', 'department'], 'Choose a field'),
    mismatch: z.enum(['best', 'office', 'reject'], 'Choose what to do'),
    officeId: z.string().default(''),
    exhaustion: z.enum(['reject', 'purchase'], 'Choose what to do'),
  })
  .refine((form) => form.mismatch !== 'office' || form.officeId !== '', {
    path: ['officeId'],
    message: 'Select the office to use',
  })

/** Company Settings > Authentication > SCIM. */
export function mountScimSettings({ system }: PageDeps, routes: AdminRoutes): void {
  function show(
    visit: AdminVisit,
    values: Readonly<Record<string, string>>,
    problems?: Readonly<Record<string, string>>,
  ): Promise<void> {
    const view = {
      values,
      problems: problems ?? {},
      localUrl: `${system.origin}/scim`,
      requests: readRecentRequests(system.journal),
      companies: system.store.count('companies'),
    }
    return visit.show((chrome) => <ScimSettingsPage chrome={chrome} view={view} />, problems === undefined ? 200 : 422)
  }

  routes.get(SCIM, (visit) => show(visit, valuesOf(visit.company)))

  routes.post(SCIM, async (visit) => {
    const form = parseForm(ScimForm, visit.req.body)
    if (!form.ok) {
      await show(visit, form.values, form.problems)
      return
    }
    const { officeField, mismatch, officeId, exhaustion } = form.value
    if (mismatch === 'office' && system.store.get('offices', officeId)?.companyId !== visit.company.id) {
      await show(visit, form.value, { officeId: 'Select one of your offices' })
      return
    }
    const settings: Company['scim'] = {
      officeField,
      mismatch: mismatch === 'office' ? { kind: 'office', officeId } : { kind: mismatch },
      exhaustion,
    }
    const saved = await attempt(() => updateScimSettings(system, visit.actor, visit.company.id, settings))
    if (!saved.ok) {
      await show(visit, form.value, { [saved.refusal.field ?? '']: `${saved.refusal.message}.` })
      return
    }
    await visit.done(SCIM, 'SCIM Configuration Settings are saved. They hold from the next request.')
  })
}

function valuesOf({ scim }: Company): Readonly<Record<string, string>> {
  return {
    officeField: scim.officeField,
    mismatch: scim.mismatch.kind,
    officeId: scim.mismatch.kind === 'office' ? scim.mismatch.officeId : '',
    exhaustion: scim.exhaustion,
  }
}
