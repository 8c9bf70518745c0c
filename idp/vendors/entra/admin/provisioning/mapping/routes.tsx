import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { MappingProblem } from '#idp/core/provisioning/check-mapping.ts'
import type { ObjectMapping } from '#idp/core/provisioning/types.ts'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { restoreDefaultMappings } from '../../../provisioning/commands/restore-mapping.ts'
import { saveMapping } from '../../../provisioning/commands/save-mapping.ts'
import { connectorOf } from '../../../provisioning/connectors.ts'
import { mappingProblems } from '../../../provisioning/mapping-problems.ts'
import { goSaying, say } from '../../context.ts'
import { countWords } from '../../forms.ts'
import { type JobVisit, type ProvisioningPageDeps, visitJob } from '../deps.ts'
import { provisioningHref } from '../provisioning-page.tsx'
import { forecastOf } from '../scoping/scope-warning.tsx'
import { attributeListRoutes } from './attribute-list-routes.tsx'
import { RestorePage, resyncWords, SaveConfirmationPage } from './confirm-pages.tsx'
import { rowHref } from './edit-attribute-page.tsx'
import { mappingChanges } from './mapping-changes.ts'
import {
  dropMappingDraft,
  keepMappingDraft,
  MAPPING_KINDS,
  type MappingKind,
  readMappingDraft,
} from './mapping-draft.ts'
import { kindOf } from './mapping-kind.ts'
import { MappingPage, mappingHref } from './mapping-page.tsx'
import { dropPane } from './pane-draft.ts'
import { withoutRow } from './row-form.ts'
import { rowRoutes } from './row-routes.tsx'
import { canEditAttributes } from './schema-editor-flag.ts'

const Ticked = z
  .literal('true')
  .optional()
  .transform((value) => value === 'true')

/** The page's own fields, and the button pressed: `delete:` and `edit:` name the row by the attribute it writes. */
const MappingForm = z.strictObject({
  act: z
    .string()
    .regex(/^(save|add|(delete|edit):.+)$/s)
    .default('save'),
  enabled: z.enum(['yes', 'no']).default('yes'),
  create: Ticked,
  update: Ticked,
  delete: Ticked,
  advanced: z.string().optional(),
})

/** Attribute Mapping: `/mapping/users`, `/mapping/groups`, and what belongs to them. */
export function mappingRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  function show(
    req: Request,
    res: Response,
    visit: JobVisit,
    kind: MappingKind,
    problems: readonly MappingProblem[] = [],
  ): void {
    const { context, app, job } = visit
    const view = {
      app,
      kind,
      draft: readMappingDraft(deps, req, job, kind),
      notes: connectorOf(app)?.notes ?? [],
      problems,
      canEditAttributes: canEditAttributes(deps, req, app),
    }
    res.type('html').send(renderPage(<MappingPage context={context} view={view} />))
  }

  router.get('/mapping', async (req, res) => {
    const visit = visitJob(deps, req, res)
    await dropPane(deps, req, visit.app.id)
    show(req, res, visit, 'users')
  })

  router.get('/mapping/restore', (req, res) => {
    const { context, app, job } = visitJob(deps, req, res)
    const schema = connectorOf(app)?.schema ?? job.schema
    const view = {
      app,
      isStarted: job.state === 'Active',
      changes: MAPPING_KINDS.map((kind) => ({
        name: job.schema[kind].name,
        changes: mappingChanges(job.schema[kind], schema[kind]),
      })),
    }
    res.type('html').send(renderPage(<RestorePage context={context} view={view} />))
  })

  router.post('/mapping/restore', async (req, res) => {
    const { context, app } = visitJob(deps, req, res)
    const changed = await restoreDefaultMappings(deps.provisioning, context.actor, { appId: app.id })
    for (const kind of MAPPING_KINDS) await dropMappingDraft(deps, req, app.id, kind)
    const text = changed
      ? `The default mappings were restored. ${resyncWords(false)}`
      : 'The mappings are the default ones. Nothing was changed.'
    await goSaying(deps, req, res, provisioningHref(app.id, 'mapping'), text)
  })

  router.get('/mapping/:kind', async (req, res) => {
    const kind = kindOf(req)
    const visit = visitJob(deps, req, res)
    await dropPane(deps, req, visit.app.id)
    show(req, res, visit, kind)
  })

  router.post('/mapping/:kind', async (req, res) => {
    const kind = kindOf(req)
    const visit = visitJob(deps, req, res)
    const { app, job } = visit
    const form = parseForm(MappingForm, req.body)
    if (!form.ok)
      throw new Refusal('invalid_form', 422, 'The form was not understood.', { hint: 'Open the page again.' })
    const { act, enabled, ...actions } = form.value
    const { mapping } = readMappingDraft(deps, req, job, kind)
    const next: ObjectMapping = {
      ...mapping,
      enabled: kind === 'users' || enabled === 'yes',
      actions: { create: actions.create, update: actions.update, delete: actions.delete },
    }
    const target = act.slice(act.indexOf(':') + 1)
    if (act.startsWith('delete:')) {
      await keepMappingDraft(deps, req, job, kind, withoutRow(next, target))
      await say(deps, req, `The row of ${target} is removed when the mapping is saved.`, 'info')
      res.redirect(303, mappingHref(app.id, kind))
      return
    }
    await keepMappingDraft(deps, req, job, kind, next)
    if (act !== 'save') {
      res.redirect(303, rowHref(app.id, kind, act === 'add' ? undefined : target))
      return
    }
    if (!readMappingDraft(deps, req, job, kind).isChanged) {
      await say(deps, req, 'There were no changes to save.', 'info')
      res.redirect(303, mappingHref(app.id, kind))
      return
    }
    const problems = mappingProblems(visit, kind, next)
    if (problems.length === 0) {
      res.redirect(303, mappingHref(app.id, kind, 'save'))
      return
    }
    res.status(422)
    show(req, res, visit, kind, problems)
  })

  router.post('/mapping/:kind/discard', async (req, res) => {
    const kind = kindOf(req)
    const { app } = visitJob(deps, req, res)
    const dropped = await dropMappingDraft(deps, req, app.id, kind)
    await say(deps, req, dropped ? 'The changes were discarded.' : 'There were no changes to discard.', 'info')
    res.redirect(303, mappingHref(app.id, kind))
  })

  router.get('/mapping/:kind/save', async (req, res) => {
    const kind = kindOf(req)
    const { context, app, job } = visitJob(deps, req, res)
    const draft = readMappingDraft(deps, req, job, kind)
    const href = mappingHref(app.id, kind)
    if (!draft.isChanged) {
      res.redirect(303, href)
      return
    }
    const view = {
      app,
      subject: draft.mapping.name,
      changes: mappingChanges(job.schema[kind], draft.mapping),
      isStarted: job.state === 'Active',
      isStale: draft.isStale,
      warning: await forecastOf(deps, job, kind, draft.mapping),
      action: mappingHref(app.id, kind, 'save'),
      backHref: href,
    }
    res.type('html').send(renderPage(<SaveConfirmationPage context={context} view={view} />))
  })

  router.post('/mapping/:kind/save', async (req, res) => {
    const kind = kindOf(req)
    const { context, app, job } = visitJob(deps, req, res)
    const { mapping } = readMappingDraft(deps, req, job, kind)
    const schema = { ...job.schema, [kind]: mapping }
    const { rows } = mappingChanges(job.schema[kind], mapping)
    const changed = await saveMapping(deps.provisioning, context.actor, { appId: app.id, schema })
    await dropMappingDraft(deps, req, app.id, kind)
    const text = changed
      ? `The mapping was saved: ${countWords(rows, 'row')} changed. ${resyncWords(job.state === 'Active')}`
      : 'There were no changes to save.'
    await goSaying(deps, req, res, mappingHref(app.id, kind), text)
  })

  router.use(rowRoutes(deps), attributeListRoutes(deps))
  return router
}
