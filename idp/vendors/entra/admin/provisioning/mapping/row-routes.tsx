import { type Request, type Response, Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { connectorOf } from '../../../provisioning/connectors.ts'
import { goSaying } from '../../context.ts'
import { type JobVisit, type ProvisioningPageDeps, visitJob } from '../deps.ts'
import { builderHref } from '../expression-builder/builder-href.ts'
import { EditAttributePanel, type EditAttributeView } from './edit-attribute-page.tsx'
import { keepMappingDraft, type MappingKind, readMappingDraft } from './mapping-draft.ts'
import { kindOf } from './mapping-kind.ts'
import { MappingPage, mappingHref } from './mapping-page.tsx'
import { dropPane, keepPane, readPane } from './pane-draft.ts'
import { applyRow, NEW_ROW, RowForm, rowIndexOf, rowValuesOf } from './row-form.ts'
import { canEditAttributes } from './schema-editor-flag.ts'

/** The target an address names: `?attribute=userName`. @throws {Refusal} `not_found` (404) without one. */
function targetOf(req: Request): string {
  const { attribute } = req.query
  if (typeof attribute === 'string' && attribute !== '') return attribute
  throw new Refusal('not_found', 404, 'The address names no attribute.')
}

/** The pane *Edit Attribute*: `/mapping/{kind}/new`, and `/edit?attribute=` for the row that writes an attribute. */
export function rowRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  type Shown = Pick<EditAttributeView, 'edited' | 'values' | 'problems'>

  function show(req: Request, res: Response, { context, app, job }: JobVisit, kind: MappingKind, shown: Shown): void {
    const draft = readMappingDraft(deps, req, job, kind)
    const view = {
      app,
      kind,
      draft,
      notes: connectorOf(app)?.notes ?? [],
      problems: [],
      canEditAttributes: canEditAttributes(deps, req, app),
    }
    const panel = <EditAttributePanel view={{ app, kind, mapping: draft.mapping, ...shown }} />
    res.type('html').send(renderPage(<MappingPage context={context} view={view} overlay={panel} />))
  }

  /** Open the pane: as somebody left it for the expression builder, or with the values of the row. */
  function open(req: Request, res: Response, edited: string | undefined): void {
    const kind = kindOf(req)
    const visit = visitJob(deps, req, res)
    const { app, job } = visit
    const { mapping } = readMappingDraft(deps, req, job, kind)
    const at = edited === undefined ? undefined : rowIndexOf(mapping, edited)
    const row = at === undefined ? undefined : mapping.attributeMappings[at]
    if (edited !== undefined && row === undefined) throw noRow(edited)
    const pane = readPane(deps, req, app.id)
    const isOwn = pane !== undefined && pane.kind === kind && pane.edited === edited
    const values = isOwn ? pane.values : row === undefined ? NEW_ROW : rowValuesOf(row)
    show(req, res, visit, kind, { edited, values, problems: {} })
  }

  async function take(req: Request, res: Response, edited: string | undefined): Promise<void> {
    const kind = kindOf(req)
    const visit = visitJob(deps, req, res)
    const { app, job } = visit
    const { mapping } = readMappingDraft(deps, req, job, kind)
    if (edited !== undefined && rowIndexOf(mapping, edited) === undefined) throw noRow(edited)
    const form = parseForm(RowForm, req.body)
    if (!form.ok) {
      res.status(422)
      show(req, res, visit, kind, { edited, values: { ...NEW_ROW, ...form.values }, problems: form.problems })
      return
    }
    const { act, ...values } = form.value
    if (act === 'test') {
      await keepPane(deps, req, app.id, { kind, edited, values })
      res.redirect(303, builderHref(app.id, kind, 'pane'))
      return
    }
    const result = applyRow(mapping, edited, values)
    if (!result.ok) {
      res.status(422)
      show(req, res, visit, kind, { edited, values, problems: result.problems })
      return
    }
    await dropPane(deps, req, app.id)
    await keepMappingDraft(deps, req, job, kind, result.mapping)
    const isChanged = JSON.stringify(result.mapping) !== JSON.stringify(mapping)
    if (!isChanged) {
      res.redirect(303, mappingHref(app.id, kind))
      return
    }
    const verb = edited === undefined ? 'added' : 'changed'
    const text = `The row of ${values.targetAttribute} is ${verb} when the mapping is saved.`
    await goSaying(deps, req, res, mappingHref(app.id, kind), text)
  }

  router.get('/mapping/:kind/new', (req, res) => open(req, res, undefined))
  router.post('/mapping/:kind/new', (req, res) => take(req, res, undefined))
  router.get('/mapping/:kind/edit', (req, res) => open(req, res, targetOf(req)))
  router.post('/mapping/:kind/edit', (req, res) => take(req, res, targetOf(req)))
  return router
}

function noRow(target: string): Refusal {
  return new Refusal('not_found', 404, `No row of the mapping writes ${target}.`, {
    hint: 'It may have been removed meanwhile. Open Attribute Mapping again.',
  })
}
