import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { listField, parseForm } from '#kit/http/forms.ts'
import {
  authorizeClient,
  removeScope,
  saveScope,
  setApplicationIdUri,
} from '../../commands/registrations/expose-api.ts'
import { scopesOf } from '../../commands/registrations/permission-names.ts'
import { mustManageRegistration } from '../../commands/registrations/registration-standing.ts'
import { type AdminDeps, goSaying, say } from '../context.ts'
import { problemsOf } from '../forms.ts'
import { DeleteScopePage, ExposePage, type ExposePane, scopeValues } from './expose-page.tsx'
import { registrationContextOf } from './registration-context.ts'
import { registrationHref } from './registration-page.tsx'
import { attempt, sendPage, typedTexts } from './send-page.ts'

const UriForm = z.strictObject({ identifierUris: z.string().trim().max(400) })
const Text = z.string().trim().max(2048)
const ScopeForm = z.strictObject({
  value: Text,
  type: z.enum(['User', 'Admin'], 'Choose who can consent.'),
  adminConsentDisplayName: Text,
  adminConsentDescription: Text,
  userConsentDisplayName: Text.default(''),
  userConsentDescription: Text.default(''),
  state: z.enum(['enabled', 'disabled'], 'Choose a state.'),
})
const ClientForm = z.strictObject({
  clientId: z.string().trim().max(64),
  scopeIds: z.preprocess(listField, z.array(z.string().max(64)).max(200)),
})

const NEW_SCOPE = { type: 'User', state: 'enabled' } as const

/** Expose an API: `/{applicationId}/expose`, `/uri`, `/scopes/new`, `/scopes/{id}`, `/scopes/{id}/delete`, `/clients/new`, `/clients/{id}`. */
export function exposeRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()
  const href = (id: string): string => registrationHref(id, 'expose')

  const show = (req: Request, res: Response, pane?: ExposePane): void => {
    const { context, registration, readOnly } = registrationContextOf(deps, req, res)
    const clientNames = Object.fromEntries(
      (registration.api?.preAuthorizedApplications ?? []).flatMap(({ appId }): [string, string][] => {
        const client = applicationByAppId(store, appId)
        return client?.tenantId === context.tenant.id ? [[appId, client.displayName]] : []
      }),
    )
    const view = { registration, readOnly, clientNames, pane }
    sendPage(res, <ExposePage context={context} view={view} />, pane?.problems)
  }
  const mustManage = (req: Request, res: Response) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    mustManageRegistration(store, context.actor, registration.id)
    return { context, registration }
  }

  router.get('/:applicationId/expose', (req, res) => show(req, res))

  router.get('/:applicationId/expose/uri', (req, res) => {
    mustManage(req, res)
    show(req, res, { kind: 'uri', values: {}, problems: {} })
  })

  router.post('/:applicationId/expose/uri', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      show(req, res, { kind: 'uri', values: typedTexts(req.body), problems })
    const form = parseForm(UriForm, req.body)
    if (!form.ok) return refuse(form.problems)
    await attempt(async () => {
      const uri = form.value.identifierUris || null
      const saved = await setApplicationIdUri(deps, context.actor, { applicationId: registration.id, uri })
      await goSaying(deps, req, res, href(saved.id), `The Application ID URI of ${saved.displayName} was saved.`)
    }, refuse)
  })

  const scopeOf = (req: Request, registration: Parameters<typeof scopesOf>[0]) => {
    const id = String(req.params['scopeId'])
    const scope = scopesOf(registration).find((each) => each.id === id)
    if (scope === undefined) throw notFound('scope', id)
    return scope
  }

  router.get('/:applicationId/expose/scopes/new', (req, res) => {
    mustManage(req, res)
    show(req, res, { kind: 'scope', values: NEW_SCOPE, problems: {} })
  })

  router.get('/:applicationId/expose/scopes/:scopeId', (req, res) => {
    const { registration } = mustManage(req, res)
    const scope = scopeOf(req, registration)
    show(req, res, { kind: 'scope', scopeId: scope.id, values: scopeValues(scope), problems: {} })
  })

  router.post('/:applicationId/expose/scopes/:scopeId', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const isNew = req.params.scopeId === 'new'
    const scopeId = isNew ? undefined : scopeOf(req, registration).id
    const refuse = (problems: Readonly<Record<string, string>>): void =>
      show(req, res, { kind: 'scope', scopeId, values: typedTexts(req.body), problems })
    const form = parseForm(ScopeForm, req.body)
    if (!form.ok) return refuse(form.problems)
    const { state, userConsentDescription, userConsentDisplayName, ...rest } = form.value
    await attempt(async () => {
      const saved = await saveScope(deps, context.actor, {
        applicationId: registration.id,
        ...(scopeId === undefined ? {} : { scopeId }),
        scope: {
          ...rest,
          isEnabled: state === 'enabled',
          ...(userConsentDisplayName === '' ? {} : { userConsentDisplayName }),
          ...(userConsentDescription === '' ? {} : { userConsentDescription }),
        },
      })
      await goSaying(deps, req, res, href(saved.id), `The scope ${rest.value} was saved.`)
    }, refuse)
  })

  router.get('/:applicationId/expose/scopes/:scopeId/delete', (req, res) => {
    const { context, registration } = mustManage(req, res)
    const scope = scopeOf(req, registration)
    sendPage(res, <DeleteScopePage context={context} registration={registration} scope={scope} />)
  })

  router.post('/:applicationId/expose/scopes/:scopeId/delete', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const scope = scopeOf(req, registration)
    try {
      await removeScope(deps, context.actor, { applicationId: registration.id, scopeId: scope.id })
    } catch (error) {
      await say(deps, req, Object.values(problemsOf(error)).join(' '), 'danger')
      res.redirect(303, href(registration.id))
      return
    }
    await goSaying(deps, req, res, href(registration.id), `The scope ${scope.value} was deleted.`)
  })

  router.get('/:applicationId/expose/clients/:clientId', (req, res) => {
    const { registration } = mustManage(req, res)
    const { clientId } = req.params
    if (clientId === 'new') {
      show(req, res, { kind: 'client', isNew: true, scopeIds: [], values: {}, problems: {} })
      return
    }
    const client = registration.api?.preAuthorizedApplications.find(({ appId }) => appId === clientId)
    if (client === undefined) throw notFound('authorized client application', clientId)
    const { delegatedPermissionIds: scopeIds } = client
    show(req, res, { kind: 'client', isNew: false, scopeIds, values: { clientId }, problems: {} })
  })

  router.post('/:applicationId/expose/clients/new', async (req, res) => {
    const { context, registration } = registrationContextOf(deps, req, res)
    const form = parseForm(ClientForm, req.body)
    const typed = typedTexts(req.body)
    const isNew = !(registration.api?.preAuthorizedApplications ?? []).some(({ appId }) => appId === typed['clientId'])
    const refuse = (problems: Readonly<Record<string, string>>): void => {
      const scopeIds = form.ok ? form.value.scopeIds : []
      show(req, res, { kind: 'client', isNew, scopeIds, values: typed, problems })
    }
    if (!form.ok) return refuse(form.problems)
    if (isNew && form.value.scopeIds.length === 0) return refuse({ scopeIds: 'Select at least one scope.' })
    await attempt(async () => {
      const saved = await authorizeClient(deps, context.actor, { applicationId: registration.id, ...form.value })
      const text = `The authorized client applications of ${saved.displayName} were saved.`
      await goSaying(deps, req, res, href(saved.id), text)
    }, refuse)
  })

  return router
}
