import { Router } from 'express'
import { z } from 'zod'
import type { Application } from '#idp/core/directory/records.ts'
import { hardDeleteAt } from '#idp/core/directory/recycle-bin.ts'
import { foldText } from '#idp/core/directory/search-words.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import {
  deleteRegistrationPermanently,
  restoreRegistration,
} from '../../commands/registrations/deleted-registrations.ts'
import { redirectUriProblem } from '../../commands/registrations/redirect-uris.ts'
import { registerApplication } from '../../commands/registrations/register.ts'
import {
  mayManageRegistration,
  mayRegister,
  mustManageRegistration,
  mustRegister,
} from '../../commands/registrations/registration-standing.ts'
import { type AdminContext, type AdminDeps, contextOf, goSaying } from '../context.ts'
import { problemsOf } from '../forms.ts'
import { listRequestOf, pagerOf, queryText } from '../read-query.ts'
import { worstState } from './credential-state.tsx'
import { LIST_TABS, type ListedRegistration, type ListTab, PurgePage, RegistrationListPage } from './list-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { REGISTRATIONS_HREF, registrationHref } from './registration-page.tsx'

const RegisterForm = z.strictObject({
  displayName: z.string().trim().min(1, 'Name is required.').max(120, 'Name has at most 120 characters.'),
  accounts: z.enum(['AzureADMyOrg', 'AzureADMultipleOrgs'], 'Choose who can use the application.'),
  platform: z.enum(['', 'web', 'spa', 'publicClient'], 'Choose a platform of the list.').default(''),
  redirectUri: z.string().trim().default(''),
})

/** The list of registrations, its recycle bin, and the form that registers. */
export function registrationListRoutes(deps: AdminDeps): Router {
  const { store, clock } = deps.system
  const router = Router()

  const registrationsOf = ({ tenant, person }: AdminContext, tab: ListTab): readonly Application[] => {
    const all = store
      .find('applications', tab === 'deleted' ? 'deleted' : 'tenant', tenant.id)
      .filter((application) => !application.firstParty)
    return tab === 'owned' ? all.filter(({ ownerIds = [] }) => ownerIds.includes(person.id)) : all
  }

  router.get('/', (req, res) => {
    const context = contextOf(deps, req, res)
    const request = listRequestOf(req)
    const tab = LIST_TABS.find(({ value }) => value === queryText(req, 'tab'))?.value ?? ''
    const wanted = foldText(request.text)
    const all = registrationsOf(context, tab)
      .filter(({ displayName, appId }) => foldText(displayName).includes(wanted) || appId.startsWith(wanted))
      .toSorted((one, other) => one.displayName.localeCompare(other.displayName, 'en'))
    const shown = all.slice(request.offset, request.offset + request.limit)
    const rows = shown.map((application): ListedRegistration => {
      const { deletedDateTime } = application
      return {
        application,
        credentials: worstState(application, clock.iso()),
        readOnly: mayManageRegistration(context.standing, application) ? undefined : 'Needs an administrator.',
        ...(deletedDateTime === undefined ? {} : { goesAt: new Date(hardDeleteAt(deletedDateTime)).toISOString() }),
      }
    })
    const page = { count: rows.length, total: all.length, hasMore: request.offset + rows.length < all.length }
    const pager = pagerOf(request, page, 'applications', REGISTRATIONS_HREF, { tab })
    const readOnly = mayRegister(store, context.standing) ? undefined : 'Guests cannot register applications.'
    const view = { tab, text: request.text, rows, found: all.length, pager, readOnly }
    res.type('html').send(renderPage(<RegistrationListPage context={context} view={view} />))
  })

  router.get('/new', (req, res) => {
    const context = contextOf(deps, req, res)
    mustRegister(store, context.actor)
    const view = { values: { accounts: 'AzureADMyOrg' }, problems: {} }
    res.type('html').send(renderPage(<RegisterPage context={context} view={view} />))
  })

  router.post('/new', async (req, res) => {
    const context = contextOf(deps, req, res)
    mustRegister(store, context.actor)
    const refuse = (problems: Readonly<Record<string, string>>): void => {
      const values = req.body as Readonly<Record<string, string>>
      res
        .status(422)
        .type('html')
        .send(renderPage(<RegisterPage context={context} view={{ values, problems }} />))
    }
    const form = parseForm(RegisterForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { displayName, accounts, platform, redirectUri: uri } = form.value
    if (uri !== '' && platform === '') return refuse({ platform: 'Select a platform for the redirect URI.' })
    const problem = uri === '' || platform === '' ? undefined : redirectUriProblem(uri, platform, 'page')
    if (problem !== undefined) return refuse({ redirectUri: problem })
    try {
      const { application } = await registerApplication(deps, context.actor, {
        displayName,
        signInAudience: accounts,
        ...(uri === '' || platform === '' ? {} : { redirectUri: { platform, uri } }),
      })
      const text = `Successfully created application ${application.displayName}.`
      await goSaying(deps, req, res, registrationHref(application.id), text)
    } catch (error) {
      refuse(problemsOf(error))
    }
  })

  router.post('/:applicationId/restore', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const restored = await restoreRegistration(deps, actor, { applicationId: req.params.applicationId })
    await goSaying(deps, req, res, registrationHref(restored.id), `${restored.displayName} was restored.`)
  })

  router.get('/:applicationId/purge', (req, res) => {
    const context = contextOf(deps, req, res)
    const { applicationId } = req.params
    const { registration } = mustManageRegistration(store, context.actor, applicationId, 'deleted')
    res.type('html').send(renderPage(<PurgePage context={context} application={registration} />))
  })

  router.post('/:applicationId/purge', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const gone = await deleteRegistrationPermanently(deps, actor, { applicationId: req.params.applicationId })
    await goSaying(deps, req, res, `${REGISTRATIONS_HREF}?tab=deleted`, `${gone.displayName} was deleted permanently.`)
  })

  return router
}
