import { type Request, type Response, Router } from 'express'
import { definitionOf } from '#idp/core/provisioning/attribute-definition.ts'
import type { AttributeDefinition, ObjectMapping } from '#idp/core/provisioning/types.ts'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { connectorOf } from '../../../provisioning/connectors.ts'
import { SOURCE_ATTRIBUTES } from '../../../provisioning/source-attributes.ts'
import { goSaying } from '../../context.ts'
import { type JobVisit, type ProvisioningPageDeps, visitJob } from '../deps.ts'
import { AttributeForm, applyAttribute, attributeValuesOf, keptBecause, NEW_ATTRIBUTE } from './attribute-form.ts'
import { type AttributeEdit, AttributeListPage, SourceAttributesPage } from './attribute-list-page.tsx'
import { keepMappingDraft, type MappingKind, readMappingDraft } from './mapping-draft.ts'
import { kindOf } from './mapping-kind.ts'
import { mappingHref } from './mapping-page.tsx'
import { canEditAttributes, SCHEMA_EDITOR_FLAG } from './schema-editor-flag.ts'

/** The lists of attributes: `/mapping/{kind}/attributes` of the app, `/source-attributes` of the directory. */
export function attributeListRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  /** @throws {Refusal} `attribute_list_hidden` (403) for a gallery app opened without the flag. */
  function visitList(req: Request, res: Response) {
    const kind = kindOf(req)
    const visit = visitJob(deps, req, res)
    if (!canEditAttributes(deps, req, visit.app)) {
      throw new Refusal('attribute_list_hidden', 403, 'The attribute list of a gallery app is not open to changes.', {
        hint: `Open the page with ?${SCHEMA_EDITOR_FLAG}=true in its address.`,
      })
    }
    return { kind, visit, draft: readMappingDraft(deps, req, visit.job, kind) }
  }

  function show(req: Request, res: Response, visit: JobVisit, kind: MappingKind, edit?: AttributeEdit): void {
    const draft = readMappingDraft(deps, req, visit.job, kind)
    const view = { app: visit.app, kind, draft, edit }
    res.type('html').send(renderPage(<AttributeListPage context={visit.context} view={view} />))
  }

  router.get('/mapping/:kind/source-attributes', (req, res) => {
    const kind = kindOf(req)
    const { context, app, job } = visitJob(deps, req, res)
    const view = { app, kind, attributes: SOURCE_ATTRIBUTES[job.schema[kind].sourceObjectName] }
    res.type('html').send(renderPage(<SourceAttributesPage context={context} view={view} />))
  })

  router.get('/mapping/:kind/attributes', (req, res) => {
    const { kind, visit } = visitList(req, res)
    show(req, res, visit, kind)
  })

  router.get('/mapping/:kind/attributes/new', (req, res) => {
    const { kind, visit } = visitList(req, res)
    show(req, res, visit, kind, { values: NEW_ATTRIBUTE, problems: {} })
  })

  router.get('/mapping/:kind/attributes/edit', (req, res) => {
    const { kind, visit, draft } = visitList(req, res)
    const edited = changeableEntry(draft.mapping, req.query['attribute'])
    show(req, res, visit, kind, { edited, values: attributeValuesOf(edited), problems: {} })
  })

  /** Take the form of an entry: `edited` is what it was. */
  async function take(
    req: Request,
    res: Response,
    { kind, visit, draft }: ReturnType<typeof visitList>,
    edited: AttributeDefinition | undefined,
  ): Promise<void> {
    const form = parseForm(AttributeForm, req.body)
    const values = form.ok ? form.value : { ...NEW_ATTRIBUTE, name: form.values['name'] ?? '' }
    const result = form.ok
      ? applyAttribute(draft.mapping, edited, form.value, connectorOf(visit.app)?.schema[kind].targetAttributes ?? [])
      : { ok: false as const, problems: form.problems }
    if (!result.ok) {
      res.status(422)
      show(req, res, visit, kind, { edited, values, problems: result.problems })
      return
    }
    await keepMappingDraft(deps, req, visit.job, kind, result.mapping)
    const name = edited?.name ?? values.name
    const text = `${name} is ${edited === undefined ? 'added' : 'changed'} when the mapping is saved.`
    await goSaying(deps, req, res, mappingHref(visit.app.id, kind, 'attributes'), text)
  }

  router.post('/mapping/:kind/attributes/new', (req, res) => take(req, res, visitList(req, res), undefined))

  router.post('/mapping/:kind/attributes/edit', (req, res) => {
    const list = visitList(req, res)
    return take(req, res, list, changeableEntry(list.draft.mapping, req.query['attribute']))
  })

  router.post('/mapping/:kind/attributes/delete', async (req, res) => {
    const { kind, visit, draft } = visitList(req, res)
    const body = req.body as Readonly<Record<string, unknown>>
    const entry = entryOf(draft.mapping, body['attribute'])
    const reason = keptBecause(draft.mapping, entry)
    if (reason !== undefined) {
      throw new Refusal('attribute_in_use', 409, `${entry.name} was not deleted. ${reason}`)
    }
    const targetAttributes = draft.mapping.targetAttributes.filter((each) => each !== entry)
    await keepMappingDraft(deps, req, visit.job, kind, { ...draft.mapping, targetAttributes })
    const text = `${entry.name} leaves the list when the mapping is saved.`
    await goSaying(deps, req, res, mappingHref(visit.app.id, kind, 'attributes'), text)
  })

  return router
}

/** The same, when it may be changed. @throws {Refusal} `primary_key` (409) for the primary key. */
function changeableEntry(mapping: ObjectMapping, name: unknown): AttributeDefinition {
  const entry = entryOf(mapping, name)
  if (entry.primaryKey) throw new Refusal('primary_key', 409, 'The primary key cannot be changed.')
  return entry
}

/** The entry of this name. @throws {Refusal} `not_found` (404). */
function entryOf(mapping: ObjectMapping, name: unknown): AttributeDefinition {
  const entry = typeof name === 'string' ? definitionOf(mapping.targetAttributes, name) : undefined
  if (entry !== undefined) return entry
  throw new Refusal('not_found', 404, 'The list has no such attribute.', {
    hint: 'It may have been deleted meanwhile. Open the list again.',
  })
}
