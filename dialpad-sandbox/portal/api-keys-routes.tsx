import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import { issueApiKey, revokeApiKey } from '../commands/api-keys.ts'
import { judgeKey, SERVICE_OWNER_ID } from '../domain/api-keys.ts'
import { notFound } from '../domain/refusal.ts'
import { displayName } from '../domain/user-states.ts'
import { ADDITIONAL_SCOPES, type ApiKey, type Company } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { KEYS } from './addresses.ts'
import { ApiKeysPage, type ApiKeysView, type KeyRow, RevokeKeyPage } from './api-keys-page.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const AddKeyForm = z.object({
  name: z.string().trim().min(1, 'Enter a name').max(64, 'Use at most 64 characters'),
  expiration: z
    .string()
    .trim()
    .refine((text) => text === '' || endOfDay(text) !== undefined, 'Enter a date as YYYY-MM-DD')
    .optional(),
  scopes: z.preprocess(listField, z.array(z.enum(ADDITIONAL_SCOPES, 'Choose scopes of the list'))),
})

/** Company Settings > Authentication > API Keys. A secret is shown once, in the answer to the POST (reference sheet 3.2). */
export function mountApiKeys({ system }: PageDeps, routes: AdminRoutes): void {
  const { store, clock } = system

  function rowOf(company: Company, key: ApiKey): KeyRow {
    const owner = store.get('users', key.createdBy)
    return {
      id: key.id,
      name: key.name,
      last4: key.last4,
      createdBy:
        owner === undefined ? (key.createdBy === SERVICE_OWNER_ID ? 'Dialpad' : key.createdBy) : displayName(owner),
      createdAt: key.createdAt,
      scopes: key.scopes ?? [],
      expiresAt: key.expiresAt,
      lastUsedAt: key.lastUsedAt,
      verdict: judgeKey(key, owner, company, clock.now()),
      canBeShown: mayShow(key),
    }
  }

  /** Newest first. */
  function rowsOf(company: Company): readonly KeyRow[] {
    return store
      .find('apiKeys', 'company', company.id)
      .map((key) => rowOf(company, key))
      .reverse()
  }

  const mayShow = (key: ApiKey): boolean =>
    key.sealed !== undefined && system.switches.value('api-key-display') === 'click-to-show'

  function keyOf({ company, param }: AdminVisit): ApiKey {
    const key = store.get('apiKeys', param('id'))
    if (key === undefined || key.companyId !== company.id) throw notFound('API key', param('id'))
    return key
  }

  function showForm(
    visit: AdminVisit,
    values: Readonly<Record<string, string>>,
    problems?: Readonly<Record<string, string>>,
  ): Promise<void> {
    const minDate = clock.iso().slice(0, 10)
    const view: ApiKeysView = { keys: rowsOf(visit.company), adding: { values, problems: problems ?? {}, minDate } }
    return visit.show((chrome) => <ApiKeysPage chrome={chrome} view={view} />, problems === undefined ? 200 : 422)
  }

  routes.get(KEYS, (visit) =>
    visit.show((chrome) => <ApiKeysPage chrome={chrome} view={{ keys: rowsOf(visit.company) }} />),
  )

  routes.get(`${KEYS}/new`, (visit) => showForm(visit, {}))

  routes.post(KEYS, async (visit) => {
    const { actor, admin, company, req } = visit
    const form = parseForm(AddKeyForm, req.body)
    if (!form.ok) {
      const scopes = listField(req.body?.['scopes']).map(String).join(' ')
      await showForm(visit, { ...form.values, scopes }, form.problems)
      return
    }
    const { name, expiration = '', scopes } = form.value
    const expiresAt = endOfDay(expiration)
    const issue = await attempt(() =>
      issueApiKey(system, actor, { companyId: company.id, ownerId: admin.id, name, expiresAt, scopes }),
    )
    if (!issue.ok) {
      const field = issue.refusal.field === 'expiresAt' ? 'expiration' : (issue.refusal.field ?? '')
      await showForm(visit, { name, expiration, scopes: scopes.join(' ') }, { [field]: `${issue.refusal.message}.` })
      return
    }
    withholdAnswer()
    const view: ApiKeysView = { keys: rowsOf(company), issued: { name, secret: issue.value.secret } }
    await visit.show((chrome) => <ApiKeysPage chrome={chrome} view={view} />)
  })

  routes.post(`${KEYS}/:id/show`, async (visit) => {
    const key = keyOf(visit)
    if (!mayShow(key) || key.sealed === undefined) {
      await visit.done(KEYS, `The value of "${key.name}" was shown when it was made and cannot be shown again.`)
      return
    }
    withholdAnswer()
    const shown = system.vault.open(key.sealed)
    const keys = rowsOf(visit.company).map((row) => (row.id === key.id ? { ...row, shown } : row))
    await visit.show((chrome) => <ApiKeysPage chrome={chrome} view={{ keys }} />)
  })

  routes.get(`${KEYS}/:id/revoke`, async (visit) => {
    const key = keyOf(visit)
    await visit.show((chrome) => <RevokeKeyPage chrome={chrome} row={key} />)
  })

  routes.post(`${KEYS}/:id/revoke`, async (visit) => {
    const key = await revokeApiKey(system, visit.actor, keyOf(visit).id)
    await visit.done(KEYS, `API key "${key.name}" is revoked.`)
  })
}

/** The last instant of a day written `YYYY-MM-DD`, UTC; `undefined` for anything else, 30 February included. */
function endOfDay(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const end = new Date(`${text}T23:59:59.999Z`)
  return Number.isNaN(end.getTime()) || !end.toISOString().startsWith(text) ? undefined : end.toISOString()
}
