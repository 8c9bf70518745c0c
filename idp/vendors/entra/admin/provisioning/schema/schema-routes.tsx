import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { saveMapping } from '../../../provisioning/commands/save-mapping.ts'
import { type GraphSchemaProblem, parseGraphSchema, toGraphSchema } from '../../../provisioning/graph-schema.ts'
import { type MappingOwner, mappingProblems } from '../../../provisioning/mapping-problems.ts'
import { goSaying, say } from '../../context.ts'
import { countWords } from '../../forms.ts'
import { type JobVisit, type ProvisioningPageDeps, visitJob } from '../deps.ts'
import { resyncWords, SaveConfirmationPage } from '../mapping/confirm-pages.tsx'
import { type MappingChanges, mappingChanges } from '../mapping/mapping-changes.ts'
import {
  dropMappingDraft,
  keepMappingDraft,
  MAPPING_KINDS,
  type MappingKind,
  readMappingDraft,
  unsavedKinds,
} from '../mapping/mapping-draft.ts'
import { provisioningHref } from '../provisioning-page.tsx'
import { SchemaPage } from './schema-page.tsx'

const SchemaForm = z.strictObject({ schema: z.string() })

/** The schema editor of a configuration: `/schema`, and its file at `/schema/download`. */
export function schemaRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  /** The mapping as this person has it: drafts where there are some. */
  function draftSchema(req: Request, { job }: JobVisit): ProvisioningSchema {
    const mappingOf = (kind: MappingKind) => readMappingDraft(deps, req, job, kind).mapping
    return { users: mappingOf('users'), groups: mappingOf('groups') }
  }

  function jsonOf({ app, job }: JobVisit, schema: ProvisioningSchema): string {
    return `${JSON.stringify(toGraphSchema(schema, { jobId: job.id, appName: app.displayName }), null, 2)}\n`
  }

  function show(
    req: Request,
    res: Response,
    visit: JobVisit,
    refused?: { readonly text: string; readonly problems: readonly GraphSchemaProblem[] },
  ): void {
    const { context, app, job } = visit
    const view = {
      app,
      text: refused?.text ?? jsonOf(visit, draftSchema(req, visit)),
      hasUnsavedChanges: unsavedKinds(deps, req, job).length > 0,
      problems: refused?.problems ?? [],
    }
    res.type('html').send(renderPage(<SchemaPage context={context} view={view} />))
  }

  router.get('/schema', (req, res) => show(req, res, visitJob(deps, req, res)))

  router.get('/schema/download', (req, res) => {
    const visit = visitJob(deps, req, res)
    res.attachment(`${visit.job.id.split('.')[0]}-schema.json`)
    res.type('json').send(jsonOf(visit, visit.job.schema))
  })

  router.post('/schema', async (req, res) => {
    const visit = visitJob(deps, req, res)
    const { app, job } = visit
    const form = parseForm(SchemaForm, req.body)
    const text = form.ok ? form.value.schema : ''
    const read = readSchema(visit, text)
    if (!read.ok) {
      res.status(422)
      show(req, res, visit, { text, problems: read.problems })
      return
    }
    for (const kind of MAPPING_KINDS) await keepMappingDraft(deps, req, job, kind, read.schema[kind])
    if (unsavedKinds(deps, req, job).length > 0) {
      res.redirect(303, provisioningHref(app.id, 'schema/save'))
      return
    }
    await say(deps, req, 'There were no changes to save.', 'info')
    res.redirect(303, provisioningHref(app.id, 'schema'))
  })

  router.post('/schema/discard', async (req, res) => {
    const { app } = visitJob(deps, req, res)
    let dropped = false
    for (const kind of MAPPING_KINDS) dropped = (await dropMappingDraft(deps, req, app.id, kind)) || dropped
    await say(deps, req, dropped ? 'The changes were discarded.' : 'There were no changes to discard.', 'info')
    res.redirect(303, provisioningHref(app.id, 'schema'))
  })

  function changesOf(req: Request, visit: JobVisit): MappingChanges {
    const schema = draftSchema(req, visit)
    const each = MAPPING_KINDS.map((kind) => {
      const { rows, lines } = mappingChanges(visit.job.schema[kind], schema[kind])
      return { rows, lines: lines.map((line) => `${kind === 'users' ? 'Users' : 'Groups'}: ${line}`) }
    })
    return { rows: each.reduce((sum, { rows }) => sum + rows, 0), lines: each.flatMap(({ lines }) => lines) }
  }

  router.get('/schema/save', (req, res) => {
    const visit = visitJob(deps, req, res)
    const { context, app, job } = visit
    const href = provisioningHref(app.id, 'schema')
    if (unsavedKinds(deps, req, job).length === 0) {
      res.redirect(303, href)
      return
    }
    const view = {
      app,
      subject: `Schema of ${app.displayName}`,
      changes: changesOf(req, visit),
      isStarted: job.state === 'Active',
      isStale: MAPPING_KINDS.some((kind) => readMappingDraft(deps, req, job, kind).isStale),
      action: `${href}/save`,
      backHref: href,
    }
    res.type('html').send(renderPage(<SaveConfirmationPage context={context} view={view} />))
  })

  router.post('/schema/save', async (req, res) => {
    const visit = visitJob(deps, req, res)
    const { context, app, job } = visit
    const { rows } = changesOf(req, visit)
    const schema = draftSchema(req, visit)
    const changed = await saveMapping(deps.provisioning, context.actor, { appId: app.id, schema })
    for (const kind of MAPPING_KINDS) await dropMappingDraft(deps, req, app.id, kind)
    const text = changed
      ? `The schema was saved: ${countWords(rows, 'row')} changed. ${resyncWords(job.state === 'Active')}`
      : 'There were no changes to save.'
    await goSaying(deps, req, res, provisioningHref(app.id, 'schema'), text)
  })

  return router
}

type ReadSchema =
  | { readonly ok: true; readonly schema: ProvisioningSchema }
  | { readonly ok: false; readonly problems: readonly GraphSchemaProblem[] }

/** Read what was typed: JSON, of the shape of the graph API, and a mapping that can be saved. */
function readSchema(owner: MappingOwner, text: string): ReadSchema {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) throw problem
    return { ok: false, problems: [{ path: '', message: `It is no JSON. ${problem.message}` }] }
  }
  const parsed = parseGraphSchema(document)
  if (!parsed.ok) return parsed
  const problems = MAPPING_KINDS.flatMap((kind, index) =>
    mappingProblems(owner, kind, parsed.schema[kind]).map(({ row, message }) => ({
      path: `synchronizationRules[0].objectMappings[${index}]${row === undefined ? '' : `.attributeMappings[${row}]`}`,
      message,
    })),
  )
  return problems.length === 0 ? parsed : { ok: false, problems }
}
