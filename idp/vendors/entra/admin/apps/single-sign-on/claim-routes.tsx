import { Router } from 'express'
import { z } from 'zod'
import { notFound } from '#idp/core/directory/refusal.ts'
import { parseForm } from '#kit/http/forms.ts'
import { claimName } from '../../../saml/claims.ts'
import { removeClaim, samlSettingsOf, saveClaim, saveGroupsClaim, saveNameId } from '../../../saml/commands.ts'
import type { AdminDeps } from '../../context.ts'
import type { FormView } from '../../form-problem.tsx'
import { problemsOf } from '../../forms.ts'
import { queryText } from '../../read-query.ts'
import { ClaimPage, GroupsClaimPage, NameIdPage } from './claim-forms.tsx'
import { ClaimsPage, DeleteClaimPage } from './claims-page.tsx'
import { signOnPages, textsOf } from './sign-on-pages.ts'

const ClaimForm = z.strictObject({
  name: z.string().trim(),
  namespace: z.string().trim(),
  source: z.string().trim(),
  replaced: z.string().optional(),
})
const NameIdForm = z.strictObject({
  format: z.enum(['emailAddress', 'persistent', 'unspecified', 'transient'], 'Choose a format.'),
  source: z.string().trim(),
})
const GroupsForm = z.strictObject({
  which: z.enum(['none', 'all', 'security', 'assigned'], 'Choose which groups.'),
  sourceAttribute: z.enum(['id', 'displayName'], 'Choose what stands for a group.'),
})

/** Attributes & Claims: `/{appId}/sign-on/claims` and the pages of one claim. */
export function claimRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()
  const { send, managed, done } = signOnPages(deps)

  router.get('/:appId/sign-on/claims', (req, res) => {
    const { context, app } = managed(req, res)
    send(res, <ClaimsPage context={context} app={app} settings={samlSettingsOf(store, app.id)} />)
  })

  router.get('/:appId/sign-on/claim', (req, res) => {
    const { context, app } = managed(req, res)
    const { claims } = samlSettingsOf(store, app.id)
    const replaced = queryText(req, 'name')
    const claim = claims.find((each) => claimName(each) === replaced)
    if (replaced !== '' && claim === undefined) throw notFound('claim', replaced)
    const { name = '', namespace = '', source = '' } = claim ?? {}
    const form = { values: { name, namespace, source }, problems: {} }
    send(res, <ClaimPage context={context} app={app} replaced={replaced || undefined} form={form} />)
  })
  router.post('/:appId/sign-on/claim', async (req, res) => {
    const { context, app } = managed(req, res)
    const form = parseForm(ClaimForm, req.body)
    const refuse = (view: FormView): void => {
      const replaced = view.values['replaced']
      send(res, <ClaimPage context={context} app={app} replaced={replaced} form={view} />, 422)
    }
    if (!form.ok) return refuse(form)
    const { name, namespace, source, replaced } = form.value
    const claim = { name, source, ...(namespace === '' ? {} : { namespace }) }
    try {
      await saveClaim(deps, context.actor, { appId: app.id, claim, replaced })
    } catch (error) {
      return refuse({ values: textsOf(req.body), problems: problemsOf(error) })
    }
    return done(req, res, app, 'claims', `The claim ${claimName(claim)} was saved.`)
  })

  router.get('/:appId/sign-on/claim/delete', (req, res) => {
    const { context, app } = managed(req, res)
    const name = queryText(req, 'name')
    if (!samlSettingsOf(store, app.id).claims.some((each) => claimName(each) === name)) throw notFound('claim', name)
    send(res, <DeleteClaimPage context={context} app={app} name={name} />)
  })
  router.post('/:appId/sign-on/claim/delete', async (req, res) => {
    const { context, app } = managed(req, res)
    const name = queryText(req, 'name')
    await removeClaim(deps, context.actor, { appId: app.id, name })
    await done(req, res, app, 'claims', `The claim ${name} was deleted.`)
  })

  router.get('/:appId/sign-on/name-id', (req, res) => {
    const { context, app } = managed(req, res)
    const form = { values: { ...samlSettingsOf(store, app.id).nameId }, problems: {} }
    send(res, <NameIdPage context={context} app={app} form={form} />)
  })
  router.post('/:appId/sign-on/name-id', async (req, res) => {
    const { context, app } = managed(req, res)
    const refuse = (form: FormView): void => send(res, <NameIdPage context={context} app={app} form={form} />, 422)
    const form = parseForm(NameIdForm, req.body)
    if (!form.ok) return refuse(form)
    try {
      await saveNameId(deps, context.actor, { appId: app.id, nameId: form.value })
    } catch (error) {
      return refuse({ values: textsOf(req.body), problems: problemsOf(error) })
    }
    return done(req, res, app, 'claims', 'The Unique User Identifier was saved.')
  })

  router.get('/:appId/sign-on/groups-claim', (req, res) => {
    const { context, app } = managed(req, res)
    const { which = 'none', sourceAttribute = 'id' } = samlSettingsOf(store, app.id).groupsClaim ?? {}
    const form = { values: { which, sourceAttribute }, problems: {} }
    send(res, <GroupsClaimPage context={context} app={app} form={form} />)
  })
  router.post('/:appId/sign-on/groups-claim', async (req, res) => {
    const { context, app } = managed(req, res)
    const form = parseForm(GroupsForm, req.body)
    if (!form.ok) return send(res, <GroupsClaimPage context={context} app={app} form={form} />, 422)
    const { which, sourceAttribute } = form.value
    const groupsClaim = which === 'none' ? undefined : { which, sourceAttribute }
    await saveGroupsClaim(deps, context.actor, { appId: app.id, groupsClaim })
    return done(req, res, app, 'claims', 'The groups claim was saved.')
  })

  return router
}
