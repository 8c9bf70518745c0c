import { type Request, type Response, Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaApp } from '../../apps/records.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { checkMapping, type MappingInput, previewMapping, saveMapping } from '../../commands/profile-editor.ts'
import { notFound } from '../../commands/refusal.ts'
import { mappingOf } from '../../profiles/read.ts'
import type { MappedProperty, MappingDirection } from '../../profiles/records.ts'
import { userByLogin } from '../../sign-in/check-password.ts'
import { mappingSides } from '../apps/mappings/read-mappings.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { problemsOf } from '../form-view.tsx'
import {
  ApplyMappingsPage,
  applyName,
  expressionName,
  isUserName,
  MappingsPage,
  type MappingsView,
  mappingsHref,
} from './mappings-page.tsx'

const LONGEST_EXPRESSION = 2000

function textOf(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const given = body[name]
  return typeof given === 'string' ? given.trim().slice(0, LONGEST_EXPRESSION) : undefined
}

/** Directory > Profile Editor > Mappings: both directions of an app (reference sheet 1.12). */
export function profileMappingRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = '/profile-editor/:appId/mappings/:direction'

  interface Subject {
    readonly app: OktaApp
    readonly direction: MappingDirection
  }
  const subjectOf = (req: Request): Subject => {
    const [appId, direction] = [String(req.params['appId']), req.params['direction']]
    const app = store.get('apps', appId)
    if (app === undefined || !store.has('profileSchemas', appId)) throw notFound('Mapping', appId)
    if (direction !== 'to-app' && direction !== 'to-user') throw notFound('Mapping', String(direction))
    return { app, direction }
  }

  /** What the form shows of a mapping as it is kept. */
  const viewOf = ({ app, direction }: Subject): MappingsView => {
    const { target, source } = mappingSides(store, app, direction)
    const { properties } = mappingOf(store, app.id, direction)
    const owner = direction === 'to-app' ? 'user' : 'appuser'
    const values = target.flatMap((attribute): readonly (readonly [string, string])[] => {
      const mapped = properties[attribute.name]
      if (isUserName(attribute, direction)) return []
      return [
        [expressionName(attribute.name), mapped?.expression ?? ''],
        [applyName(attribute.name), mapped?.pushStatus ?? 'NONE'],
      ]
    })
    const references = source.map(({ name }) => `${owner}.${name}`)
    return { app, direction, target, references, values: Object.fromEntries(values), problems: {}, preview: {} }
  }

  /** The same with what was typed over it. */
  const typedOver = (view: MappingsView, body: Readonly<Record<string, unknown>>): MappingsView => {
    const names = [...Object.keys(view.values), 'previewLogin']
    const typed = names.flatMap((name) => {
      const text = textOf(body, name)
      return text === undefined ? [] : [[name, text] as const]
    })
    return { ...view, values: { ...view.values, ...Object.fromEntries(typed) } }
  }

  /** The rows that differ from what is kept. An arrow without an expression maps nothing. */
  const changesOf = ({ app, direction, target, values }: MappingsView): MappingInput['properties'] => {
    const { properties } = mappingOf(store, app.id, direction)
    const changed = target.flatMap((attribute): readonly (readonly [string, MappedProperty | null])[] => {
      const { name } = attribute
      if (isUserName(attribute, direction)) return []
      const [before, expression, apply] = [
        properties[name],
        values[expressionName(name)] ?? '',
        values[applyName(name)],
      ]
      const after: MappedProperty | null =
        apply === 'NONE' || expression === ''
          ? null
          : { expression, pushStatus: apply === 'DONT_PUSH' ? 'DONT_PUSH' : 'PUSH' }
      const isSame =
        after === null
          ? before === undefined
          : before?.expression === after.expression && before.pushStatus === after.pushStatus
      return isSame ? [] : [[name, after]]
    })
    return Object.fromEntries(changed)
  }

  const show = (req: Request, res: Response, view: MappingsView, status = 200): void => {
    const page = <MappingsPage context={contextOf(deps, req, res)} view={view} />
    res.status(status).type('html').send(renderPage(page))
  }

  const refusedView = (view: MappingsView, error: unknown): MappingsView => {
    const causes = Object.entries(problemsOf(error))
    const problems = causes.map(([name, text]) => [name === '' ? '' : expressionName(name), text] as const)
    return { ...view, problems: Object.fromEntries(problems) }
  }

  const previewOf = (view: MappingsView, userId: string): MappingsView['preview'] => {
    const mappingId = mappingOf(store, view.app.id, view.direction).id
    const results = view.target.flatMap(({ name }) => {
      const expression = view.values[expressionName(name)] ?? ''
      if (expression === '' || view.values[applyName(name)] === 'NONE') return []
      const result = previewMapping(deps, { mappingId, userId, expression })
      const text = result.ok ? (result.value === null ? 'no value' : String(result.value) || '""') : result.message
      return [[name, { ok: result.ok, text }] as const]
    })
    return Object.fromEntries(results)
  }

  router.get('/profile-editor/:appId/mappings', (req, res) => {
    const app = store.get('apps', String(req.params['appId']))
    if (app === undefined) throw notFound('Mapping', String(req.params['appId']))
    res.redirect(303, mappingsHref(app, 'to-user'))
  })

  router.get(at, (req, res) => show(req, res, viewOf(subjectOf(req))))

  router.post(at, async (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const subject = subjectOf(req)
    const view = typedOver(viewOf(subject), req.body)
    const mappingId = mappingOf(store, subject.app.id, subject.direction).id
    const act: unknown = req.body['do']
    if (act === 'preview') {
      const person = userByLogin(store, view.values['previewLogin'] ?? '')
      const problems = { previewLogin: 'No person has this username.' }
      if (person === undefined) return show(req, res, { ...view, problems }, 422)
      return show(req, res, { ...view, preview: previewOf(view, person.id) })
    }
    const properties = changesOf(view)
    const here = mappingsHref(subject.app, subject.direction)
    if (Object.keys(properties).length === 0) return goSaying(deps, req, res, here, 'Nothing was changed.', 'info')
    try {
      if (act !== 'apply' && act !== 'later') {
        checkMapping(deps, { mappingId, properties })
        res.type('html').send(renderPage(<ApplyMappingsPage context={context} view={view} />))
        return undefined
      }
      await saveMapping(deps, context.actor, { mappingId, properties, applyNow: act === 'apply' })
    } catch (error) {
      return show(req, res, refusedView(view, error), 422)
    }
    const what = act === 'apply' ? ', and are being applied.' : '. People change when something about them does.'
    return goSaying(deps, req, res, here, `The mappings were saved${what}`)
  })

  return router
}
