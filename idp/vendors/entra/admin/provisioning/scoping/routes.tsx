import { type Request, type Response, Router } from 'express'
import type { ScopingFilter } from '#idp/core/provisioning/types.ts'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { scopingProblemTexts } from '../../../provisioning/check-scoping.ts'
import { goSaying, say } from '../../context.ts'
import { type JobVisit, type ProvisioningPageDeps, visitJob } from '../deps.ts'
import { keepMappingDraft, type MappingDraft, type MappingKind, readMappingDraft } from '../mapping/mapping-draft.ts'
import { kindOf } from '../mapping/mapping-kind.ts'
import { mappingHref } from '../mapping/mapping-page.tsx'
import {
  applyFilter,
  type FilterValues,
  NEW_FILTER,
  readFilterAct,
  readFilterValues,
  withClauses,
} from './filter-form.ts'
import { FilterPage, type FilterView } from './filter-page.tsx'
import { forecastOf } from './scope-warning.tsx'
import { ScopingPage, scopingHref } from './scoping-page.tsx'

interface Visit extends JobVisit {
  readonly kind: MappingKind
  readonly draft: MappingDraft
}

/** The filter an address or a form names by its title, in the draft. @throws {Refusal} `not_found` (404) for none. */
function placeOf({ mapping }: MappingDraft, title: unknown): number {
  const at = mapping.scopingFilters.findIndex((filter) => filter.title === title)
  if (at >= 0) return at
  throw new Refusal('not_found', 404, `There is no scoping filter called ${String(title)}.`, {
    hint: 'It may have been renamed or deleted meanwhile. Open Source Object Scope again.',
  })
}

function valuesOf(filter: ScopingFilter | undefined): FilterValues {
  return filter === undefined ? NEW_FILTER : { title: filter.title, clauses: filter.clauses }
}

/**
 * Source Object Scope: `/mapping/{kind}/scoping`, and the editor of one filter below it. Filters are part of the mapping's
 * draft, so that they are saved, confirmed and discarded with it.
 */
export function scopingRoutes(deps: ProvisioningPageDeps): Router {
  const router = Router({ mergeParams: true })

  function visit(req: Request, res: Response): Visit {
    const kind = kindOf(req)
    const visited = visitJob(deps, req, res)
    return { ...visited, kind, draft: readMappingDraft(deps, req, visited.job, kind) }
  }

  async function showList(res: Response, visited: Visit, problems: readonly string[] = []): Promise<void> {
    const { context, app, job, kind, draft } = visited
    const warning = await forecastOf(deps, job, kind, draft.mapping)
    const view = { app, kind, draft, warning, problems }
    res.type('html').send(renderPage(<ScopingPage context={context} view={view} />))
  }

  function showEditor(
    res: Response,
    { context, app, kind, draft }: Visit,
    shown: Pick<FilterView, 'edited' | 'values'> & Partial<Pick<FilterView, 'problems'>>,
  ): void {
    const view = { app, kind, mapping: draft.mapping, problems: {}, ...shown }
    res.type('html').send(renderPage(<FilterPage context={context} view={view} />))
  }

  router.get('/mapping/:kind/scoping', (req, res) => showList(res, visit(req, res)))

  router.get('/mapping/:kind/scoping/new', (req, res) => {
    showEditor(res, visit(req, res), { edited: undefined, values: NEW_FILTER })
  })
  router.get('/mapping/:kind/scoping/edit', (req, res) => {
    const visited = visit(req, res)
    const filter = visited.draft.mapping.scopingFilters[placeOf(visited.draft, req.query['filter'])]
    showEditor(res, visited, { edited: filter?.title, values: valuesOf(filter) })
  })

  async function take(req: Request, res: Response, at: number | undefined, visited: Visit): Promise<void> {
    const { app, job, kind, draft } = visited
    const edited = at === undefined ? undefined : draft.mapping.scopingFilters[at]?.title
    const values = readFilterValues(req.body)
    const act = readFilterAct(req.body)
    if (act.kind !== 'ok') {
      showEditor(res, visited, { edited, values: withClauses(values, act) })
      return
    }
    const result = applyFilter(draft.mapping, at, values)
    if (!result.ok) {
      res.status(422)
      showEditor(res, visited, { edited, values, problems: result.problems })
      return
    }
    await keepMappingDraft(deps, req, job, kind, result.mapping)
    res.redirect(303, scopingHref(app.id, kind))
  }

  router.post('/mapping/:kind/scoping/new', (req, res) => take(req, res, undefined, visit(req, res)))
  router.post('/mapping/:kind/scoping/edit', (req, res) => {
    const visited = visit(req, res)
    return take(req, res, placeOf(visited.draft, req.query['filter']), visited)
  })

  router.post('/mapping/:kind/scoping/delete', async (req, res) => {
    const { app, job, kind, draft } = visit(req, res)
    const body: unknown = req.body
    const title = typeof body === 'object' && body !== null && 'filter' in body ? body.filter : undefined
    const at = placeOf(draft, title)
    const scopingFilters = draft.mapping.scopingFilters.filter((_, index) => index !== at)
    await keepMappingDraft(deps, req, job, kind, { ...draft.mapping, scopingFilters })
    const text = `The scoping filter ${String(title)} is deleted when the mapping is saved.`
    await goSaying(deps, req, res, scopingHref(app.id, kind), text)
  })

  router.post('/mapping/:kind/scoping/discard', async (req, res) => {
    const { app, job, kind, draft } = visit(req, res)
    const { scopingFilters } = job.schema[kind]
    await keepMappingDraft(deps, req, job, kind, { ...draft.mapping, scopingFilters })
    await say(deps, req, 'The changes to the scoping filters were discarded.', 'info')
    res.redirect(303, scopingHref(app.id, kind))
  })

  router.post('/mapping/:kind/scoping/save', async (req, res) => {
    const visited = visit(req, res)
    const { app, kind, draft } = visited
    const problems = scopingProblemTexts(draft.mapping)
    if (problems.length > 0) {
      res.status(422)
      await showList(res, visited, problems)
      return
    }
    if (draft.isChanged) {
      res.redirect(303, mappingHref(app.id, kind, 'save'))
      return
    }
    await say(deps, req, 'There were no changes to save.', 'info')
    res.redirect(303, scopingHref(app.id, kind))
  })

  return router
}
