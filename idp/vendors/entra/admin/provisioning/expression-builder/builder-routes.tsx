import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { searchGroups, searchUsers } from '#idp/core/directory/search.ts'
import type { ExpressionEnvironment } from '#idp/core/provisioning/expression/environment.ts'
import { ExpressionError } from '#idp/core/provisioning/expression/error.ts'
import { tokenize } from '#idp/core/provisioning/expression/lexer.ts'
import { testExpression } from '#idp/core/provisioning/expression/test-expression.ts'
import type { SourceAttributes, SourceValue } from '#idp/core/provisioning/types.ts'
import { environmentOf } from '#idp/engine/environment.ts'
import type { SourceObject } from '#idp/engine/source.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { policyFor } from '../../../provisioning/policy.ts'
import { SOURCE_ATTRIBUTES } from '../../../provisioning/source-attributes.ts'
import { queryText } from '../../read-query.ts'
import { type JobVisit, type ProvisioningPageDeps, visitJob } from '../deps.ts'
import { rowHref } from '../mapping/edit-attribute-page.tsx'
import type { MappingKind } from '../mapping/mapping-draft.ts'
import { mappingHref } from '../mapping/mapping-page.tsx'
import { keepPane, readPane } from '../mapping/pane-draft.ts'
import { ExpressionText } from '../mapping/row-form.ts'
import { type BuilderOutcome, BuilderPage, type BuilderValues, type BuilderView, sampleField } from './builder-page.tsx'
import { composeCall } from './compose-call.ts'

/** People offered at once. */
const MOST_SHOWN = 5
const LONGEST_SAMPLE = 1_000

const BuilderForm = z
  .object({
    act: z.enum(['enter', 'add', 'find', 'test', 'use']).default('enter'),
    function: z.string().max(64).default(''),
    attribute: z.string().max(256).default(''),
    suffix: z.string().max(256, 'A suffix has at most 256 characters.').default(''),
    expression: ExpressionText,
    q: z.string().trim().max(128).default(''),
    /** What `q` was when the page was made. */
    searched: z.string().max(128).default(''),
    subjectId: z.string().max(64).default(''),
  })
  .catchall(z.string().max(LONGEST_SAMPLE, 'A sample value has at most 1000 characters.'))

const EMPTY: BuilderValues = { function: '', attribute: '', suffix: '', expression: '', q: '', subjectId: '' }

/** The expression builder of a configuration: `/expression-builder?kind=users`, `&from=pane` when a pane asked for it. */
export function builderRoutes(deps: ProvisioningPageDeps): Router {
  const { system, provisioning } = deps
  const router = Router({ mergeParams: true })

  function placeOf(req: Request) {
    const kind: MappingKind = queryText(req, 'kind') === 'groups' ? 'groups' : 'users'
    return { kind, isFromPane: queryText(req, 'from') === 'pane' }
  }

  /** People or groups a text finds, the chosen one among them. */
  function subjectsOf({ context }: JobVisit, kind: MappingKind, values: BuilderValues) {
    const request = { text: values.q, offset: 0, limit: MOST_SHOWN }
    if (kind === 'groups') {
      const { items, hasMore } = searchGroups(system.store, context.tenant.id, request)
      const subjects = items.map(({ id, displayName }) => ({ value: id, label: displayName }))
      return { subjects, hasMoreSubjects: hasMore }
    }
    const { items, hasMore } = searchUsers(system.store, context.tenant.id, request)
    const subjects = items.map((user) => ({
      value: user.id,
      label: user.displayName,
      hint: user.userPrincipalName,
    }))
    return { subjects, hasMoreSubjects: hasMore }
  }

  function readSubject({ job }: JobVisit, kind: MappingKind, id: string): SourceObject | undefined {
    const { defaultRoleCounts } = policyFor(system.switches, job)
    const { tenantId, servicePrincipalId, scope } = job
    const place = { tenantId, servicePrincipalId, scope, defaultRoleCounts }
    const found = provisioning.source.read(place, kind === 'users' ? 'User' : 'Group', id)
    return found?.presence === 'hard-deleted' ? undefined : found
  }

  /** What the engine would hand to an expression of this tenant. */
  function environmentFor({ context }: JobVisit): ExpressionEnvironment {
    const [defaultDomain = ''] = context.tenant.domains
    return environmentOf(system, { defaultDomain })
  }

  interface Shown {
    readonly values: BuilderValues
    readonly typed?: Readonly<Record<string, string>>
    readonly subject?: SourceObject | undefined
    readonly outcome?: BuilderOutcome
    readonly problems?: Readonly<Record<string, string>>
  }

  function show(req: Request, res: Response, visit: JobVisit, shown: Shown): void {
    const { values, typed = {}, subject, outcome, problems = {} } = shown
    const { kind, isFromPane } = placeOf(req)
    const { context, app } = visit
    const attributes = SOURCE_ATTRIBUTES[kind === 'users' ? 'User' : 'Group']
    const read = attributesRead(values.expression)
    const { subjects, hasMoreSubjects } = subjectsOf(visit, kind, values)
    const isListed = subject === undefined || subjects.some(({ value }) => value === subject.id)
    const view: BuilderView = {
      app,
      kind,
      isFromPane,
      paneHref: rowHref(app.id, kind, readPane(deps, req, app.id)?.edited),
      attributes,
      values: subject === undefined ? { ...values, subjectId: '' } : values,
      subjects: isListed ? subjects : [{ value: subject.id, label: subject.displayName }, ...subjects],
      hasMoreSubjects,
      samples: read.map((name) => ({
        name,
        value: typed[sampleField(name)] ?? '',
        isList: attributes.some((each) => each.name === name && each.multiValued),
      })),
      used: subject === undefined ? [] : read.map((name) => ({ name, value: shownValue(subject.attributes[name]) })),
      outcome,
      problems,
    }
    res.type('html').send(renderPage(<BuilderPage context={context} view={view} />))
  }

  router.get('/expression-builder', (req, res) => {
    const visit = visitJob(deps, req, res)
    const pane = placeOf(req).isFromPane ? readPane(deps, req, visit.app.id) : undefined
    show(req, res, visit, { values: { ...EMPTY, expression: pane?.values.expression ?? '' } })
  })

  router.post('/expression-builder', async (req, res) => {
    const visit = visitJob(deps, req, res)
    const { app } = visit
    const { kind, isFromPane } = placeOf(req)
    const form = parseForm(BuilderForm, req.body)
    if (!form.ok) {
      res.status(422)
      show(req, res, visit, { values: { ...EMPTY, ...form.values }, typed: form.values, problems: form.problems })
      return
    }
    const { act, function: name, attribute, suffix, expression, q, searched, subjectId, ...typed } = form.value
    const values: BuilderValues = { function: name, attribute, suffix, expression, q, subjectId }
    const subject = subjectId === '' ? undefined : readSubject(visit, kind, subjectId)
    switch (act === 'enter' ? meantBy(values, searched) : act) {
      case 'find':
        show(req, res, visit, { values, typed, subject })
        return
      case 'add': {
        const composed = composeCall(values)
        if (!composed.ok) {
          res.status(422)
          show(req, res, visit, { values, typed, subject, problems: composed.problems })
          return
        }
        const next = { ...values, expression: composed.expression, attribute: '', suffix: '' }
        show(req, res, visit, { values: next, typed, subject })
        return
      }
      case 'use': {
        const pane = readPane(deps, req, app.id)
        if (!isFromPane || pane === undefined || pane.kind !== kind) {
          res.redirect(303, mappingHref(app.id, kind))
          return
        }
        const paneValues = { ...pane.values, mappingType: 'Expression' as const, expression }
        await keepPane(deps, req, app.id, { ...pane, values: paneValues })
        res.redirect(303, rowHref(app.id, kind, pane.edited))
        return
      }
      case 'test': {
        const source = subject?.attributes ?? sampleAttributes(kind, expression, typed)
        const outcome = outcomeOf(testExpression(expression, source, environmentFor(visit)), subject)
        if (outcome.kind === 'error') res.status(422)
        show(req, res, visit, { values, typed, subject, outcome })
      }
    }
  })

  return router
}

/** What somebody wants who pressed Enter: to search for the text they changed, to add what they filled in, else to test. */
function meantBy({ q, suffix }: BuilderValues, searched: string): 'find' | 'add' | 'test' {
  if (q !== searched) return 'find'
  return suffix === '' ? 'test' : 'add'
}

/** Names of the attributes an expression reads, each once, also of one that cannot be parsed as a whole. */
function attributesRead(expression: string): readonly string[] {
  try {
    const names = tokenize(expression).flatMap((token) => (token.kind === 'attribute' ? [token.name] : []))
    return [...new Set(names)]
  } catch (problem) {
    if (problem instanceof ExpressionError) return []
    throw problem
  }
}

/** What was typed as sample values: an empty field is null, a list has a value on each line. */
function sampleAttributes(
  kind: MappingKind,
  expression: string,
  typed: Readonly<Record<string, string>>,
): SourceAttributes {
  const definitions = SOURCE_ATTRIBUTES[kind === 'users' ? 'User' : 'Group']
  const values = attributesRead(expression).flatMap((name): readonly (readonly [string, SourceValue])[] => {
    const text = typed[sampleField(name)] ?? ''
    if (text === '') return []
    const definition = definitions.find((each) => each.name === name)
    if (definition?.multiValued === true) return [[name, text.split(/\r?\n/).filter((line) => line !== '')]]
    const isBoolean = definition?.type === 'Boolean' && /^(true|false)$/i.test(text)
    return [[name, isBoolean ? text.toLowerCase() === 'true' : text]]
  })
  return Object.fromEntries(values)
}

function shownValue(value: SourceValue | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'object' ? value.join(', ') : String(value)
}

function outcomeOf(tested: ReturnType<typeof testExpression>, subject: SourceObject | undefined): BuilderOutcome {
  if (!tested.ok) return { kind: 'error', position: tested.position, message: tested.message }
  const of = subject === undefined ? 'With the sample values.' : `With the values of ${subject.displayName}.`
  return tested.shown === null || tested.shown === ''
    ? { kind: 'nothing', of }
    : { kind: 'value', text: tested.shown, of }
}
