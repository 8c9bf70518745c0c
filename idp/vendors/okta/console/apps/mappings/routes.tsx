import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaApp } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import { forceSync } from '../../../commands/assignments.ts'
import { previewMapping, saveMapping } from '../../../commands/profile-editor.ts'
import { notFound } from '../../../commands/refusal.ts'
import { mappingOf } from '../../../profiles/read.ts'
import type { AttributeDefinition, MappingDirection } from '../../../profiles/records.ts'
import { userByLogin } from '../../../sign-in/check-password.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { problemsOf } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { APP_PATH, provisionedAppOf } from '../app-of.ts'
import { EditMappingPage, type EditMappingView, ForceSyncPage, RemoveMappingPage } from './mapping-pages.tsx'
import { sameValueOf, sourceAttributeOf } from './mapping-table.tsx'
import { mappingSides } from './read-mappings.ts'

const Form = z.strictObject({
  kind: z.enum(['same', 'source', 'expression']),
  same: z.string().max(1000).default(''),
  source: z.string().max(100).default(''),
  expression: z.string().trim().max(2000).default(''),
  apply: z.enum(['PUSH', 'DONT_PUSH']),
  previewLogin: z.string().trim().max(200).default(''),
  do: z.enum(['save', 'preview']),
})

/** The expression the chosen kind of value stands for. */
function expressionOf(value: z.infer<typeof Form>, direction: MappingDirection): string {
  switch (value.kind) {
    case 'same':
      return `"${value.same.replaceAll(/["\\]/g, '\\$&')}"`
    case 'source':
      return `${direction === 'to-app' ? 'user' : 'appuser'}.${value.source}`
    case 'expression':
      return value.expression
  }
}

/** ✎ and ✕ of the mapping tables, and Force Sync. */
export function mappingRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = `${APP_PATH}/mapping/:direction/:name`

  interface Subject {
    readonly app: OktaApp
    readonly direction: MappingDirection
    readonly attribute: AttributeDefinition
    readonly source: readonly AttributeDefinition[]
  }
  const subjectOf = (req: Request): Subject => {
    const { app } = provisionedAppOf(deps, req)
    const name = String(req.params['name'])
    const direction = req.params['direction'] === 'to-user' ? 'to-user' : 'to-app'
    const { target, source } = mappingSides(store, app, direction)
    const attribute = target.find((each) => each.name === name)
    // The user name is mapped on the Sign On tab.
    if (attribute === undefined || name === 'userName') throw notFound('ProfileAttribute', name)
    return { app, direction, attribute, source }
  }
  const backHref = ({ app, direction }: Subject): string =>
    appHref(app, direction === 'to-app' ? 'provisioning/to-app' : 'provisioning/to-okta')

  const show = (req: Request, res: Response, view: EditMappingView, status = 200): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const page = <EditMappingPage context={context} {...subjectOf(req)} view={view} />
    res.status(status).type('html').send(renderPage(page))
  }

  router.get(`${at}/edit`, (req, res) => {
    const { app, direction, attribute } = subjectOf(req)
    const mapped = mappingOf(store, app.id, direction).properties[attribute.name]
    const expression = mapped?.expression ?? ''
    const [same, source] = [sameValueOf(expression), sourceAttributeOf(expression)]
    const kind = same !== undefined ? 'same' : source !== undefined || expression === '' ? 'source' : 'expression'
    const values = {
      kind,
      same: same ?? '',
      source: source ?? '',
      expression: kind === 'expression' ? expression : '',
      apply: mapped?.pushStatus ?? 'PUSH',
    }
    show(req, res, { values, problems: {} })
  })

  router.post(`${at}/edit`, async (req, res) => {
    const context = contextOf(deps, req, res)
    const subject = subjectOf(req)
    const { app, direction, attribute } = subject
    const form = parseForm(Form, req.body)
    if (!form.ok) return show(req, res, form, 422)
    const { value } = form
    const mappingId = mappingOf(store, app.id, direction).id
    const expression = expressionOf(value, direction)
    if (value.kind === 'source' && value.source === '') {
      return show(req, res, { values: value, problems: { source: 'Select an attribute.' } }, 422)
    }
    if (value.do === 'preview') {
      const person = userByLogin(store, value.previewLogin)
      if (person === undefined) {
        return show(req, res, { values: value, problems: { previewLogin: 'No person has this username.' } }, 422)
      }
      const result = previewMapping(deps, { mappingId, userId: person.id, expression })
      const preview = result.ok
        ? { ok: true, text: `${attribute.title}: ${result.value === null ? 'no value' : String(result.value)}` }
        : { ok: false, text: result.message }
      return show(req, res, { values: value, problems: {}, preview })
    }
    try {
      const properties = { [attribute.name]: { expression, pushStatus: value.apply } }
      await saveMapping(deps, context.actor, { mappingId, properties, applyNow: true })
    } catch (error) {
      const found = problemsOf(error)
      const field = value.kind
      const problems = { [field]: Object.values(found).join(' ') }
      return show(req, res, { values: value, problems }, 422)
    }
    return goSaying(deps, req, res, backHref(subject), `The mapping of ${attribute.title} was saved.`)
  })

  router.get(`${at}/remove`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    res.type('html').send(renderPage(<RemoveMappingPage context={context} {...subjectOf(req)} />))
  })

  router.post(`${at}/remove`, async (req, res) => {
    const context = contextOf(deps, req, res)
    const subject = subjectOf(req)
    const { app, direction, attribute } = subject
    const mappingId = mappingOf(store, app.id, direction).id
    await saveMapping(deps, context.actor, { mappingId, properties: { [attribute.name]: null }, applyNow: false })
    await goSaying(deps, req, res, backHref(subject), `The mapping of ${attribute.title} was removed.`)
  })

  router.get(`${APP_PATH}/force-sync`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    res.type('html').send(renderPage(<ForceSyncPage context={context} app={provisionedAppOf(deps, req).app} />))
  })

  router.post(`${APP_PATH}/force-sync`, async (req, res) => {
    const context = contextOf(deps, req, res)
    const { app } = provisionedAppOf(deps, req)
    const count = await forceSync(deps, context.actor, { appId: app.id })
    const text = `${count} ${count === 1 ? 'person is' : 'people are'} being synchronized.`
    await goSaying(deps, req, res, appHref(app, 'provisioning/to-app'), text)
  })

  return router
}
