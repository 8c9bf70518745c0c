import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { addAttribute, removeAttribute } from '../../commands/profile-editor.ts'
import { notFound } from '../../commands/refusal.ts'
import { schemaOf, USER_SCHEMA } from '../../profiles/read.ts'
import { ATTRIBUTE_TYPES, type AttributeDefinition, type ProfileSchema } from '../../profiles/records.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { type FormView, problemsOf } from '../form-view.tsx'
import { queryText } from '../read-query.ts'
import { profileMappingRoutes } from './mappings-routes.tsx'
import { AddAttributePage, ProfileEditorPage, ProfilePage, profileHref, RemoveAttributePage } from './pages.tsx'

const LENGTH = 'Type a whole number from 0.'
const length = z
  .string()
  .trim()
  .default('')
  .refine((text) => text === '' || /^\d{1,4}$/.test(text), LENGTH)
const box = z.literal('true').optional()

const AddForm = z.strictObject({
  type: z.enum(ATTRIBUTE_TYPES),
  title: z.string().trim().max(255),
  name: z.string().trim().max(100),
  externalName: z.string().trim().max(255).default(''),
  externalNamespace: z.string().trim().max(255).default(''),
  description: z.string().trim().max(1000).default(''),
  enum: box,
  members: z
    .string()
    .default('')
    .refine((text) => linesOf(text).every((line) => line.includes('=')), 'Write each line as: display name = value.'),
  minLength: length,
  maxLength: length,
  required: box,
  personal: box,
  union: z.enum(['priority', 'combine']).default('priority'),
  do: z.enum(['save', 'another']),
})

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The attribute a form describes. */
function attributeOf(value: z.infer<typeof AddForm>, isApp: boolean): Omit<AttributeDefinition, 'custom'> {
  const members = linesOf(value.members).map((line) => {
    const at = line.indexOf('=')
    return { title: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }
  })
  return {
    name: value.name,
    title: value.title,
    type: value.type,
    required: value.required === 'true',
    scope: isApp && value.personal === 'true' ? 'SELF' : 'NONE',
    union: isApp && value.union === 'combine',
    ...(value.description === '' ? {} : { description: value.description }),
    ...(isApp && value.externalName !== '' ? { externalName: value.externalName } : {}),
    ...(isApp && value.externalNamespace !== '' ? { externalNamespace: value.externalNamespace } : {}),
    ...(value.enum === 'true' ? { members } : {}),
    ...(value.minLength === '' ? {} : { minLength: Number(value.minLength) }),
    ...(value.maxLength === '' ? {} : { maxLength: Number(value.maxLength) }),
  }
}

/** Directory > Profile Editor. */
export function profileEditorRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = '/profile-editor/:ownerId'
  router.use(profileMappingRoutes(deps))

  const schemaFrom = (req: Request): ProfileSchema => {
    const ownerId = String(req.params['ownerId'])
    if (ownerId !== USER_SCHEMA && !store.has('profileSchemas', ownerId)) throw notFound('Schema', ownerId)
    return schemaOf(store, ownerId)
  }

  router.get('/profile-editor', (req, res) => {
    const filter =
      ['okta', 'apps', 'directories', 'identity-providers'].find((each) => each === queryText(req, 'filter')) ?? ''
    const people = { ownerId: USER_SCHEMA, title: schemaOf(store, USER_SCHEMA).title, app: undefined }
    const apps = Array.from(store.entries('apps'), ([, app]) => app).flatMap((app) => {
      const schema = store.get('profileSchemas', app.id)
      return schema === undefined ? [] : [{ ownerId: app.id, title: schema.title, app }]
    })
    const rows = [...(['', 'okta'].includes(filter) ? [people] : []), ...(['', 'apps'].includes(filter) ? apps : [])]
    const context = contextOf(deps, req, res)
    res.type('html').send(renderPage(<ProfileEditorPage context={context} filter={filter} rows={rows} />))
  })

  router.get(at, (req, res) => {
    const schema = schemaFrom(req)
    const isApp = schema.ownerId !== USER_SCHEMA
    const context = contextOf(deps, req, res)
    res.type('html').send(renderPage(<ProfilePage context={context} schema={schema} isApp={isApp} />))
  })

  const showAdd = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const schema = schemaFrom(req)
    const view = sent ?? { values: {}, problems: {} }
    const page = (
      <AddAttributePage context={context} schema={schema} isApp={schema.ownerId !== USER_SCHEMA} view={view} />
    )
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(page))
  }

  router.get(`${at}/add`, (req, res) => showAdd(req, res))

  router.post(`${at}/add`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const { ownerId } = schemaFrom(req)
    const form = parseForm(AddForm, req.body)
    if (!form.ok) return showAdd(req, res, form)
    const { value } = form
    try {
      await addAttribute(deps, actor, { ownerId, attribute: attributeOf(value, ownerId !== USER_SCHEMA) })
    } catch (error) {
      const values = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, each ?? '']))
      return showAdd(req, res, { values, problems: problemsOf(error) })
    }
    const to = profileHref(ownerId, value.do === 'another' ? '/add' : '')
    return goSaying(deps, req, res, to, `The attribute ${value.title} was added.`)
  })

  router.get(`${at}/:name/remove`, (req, res) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    const schema = schemaFrom(req)
    const attribute = schema.attributes.find(({ name, custom }) => custom && name === req.params['name'])
    if (attribute === undefined) throw notFound('Attribute', String(req.params['name']))
    res.type('html').send(renderPage(<RemoveAttributePage context={context} schema={schema} attribute={attribute} />))
  })

  router.post(`${at}/:name/remove`, async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const { ownerId } = schemaFrom(req)
    const name = String(req.params['name'])
    await removeAttribute(deps, actor, { ownerId, name })
    await goSaying(deps, req, res, profileHref(ownerId), `The attribute ${name} was deleted.`)
  })

  return router
}
