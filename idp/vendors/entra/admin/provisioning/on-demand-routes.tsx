import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { DirectoryGroup, DirectoryUser } from '#idp/core/directory/records.ts'
import { DirectoryRefusal } from '#idp/core/directory/refusal.ts'
import { searchGroups, searchUsers } from '#idp/core/directory/search.ts'
import type { MappingSource } from '#idp/core/provisioning/types.ts'
import { MOST_MEMBERS } from '#idp/engine/on-demand.ts'
import type { ObjectKind, ProvisioningJob, ProvisioningLogEntry } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { listField, parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { previewOnDemand, provisionOnDemand } from '../../provisioning/commands/on-demand.ts'
import { queryList, queryText } from '../read-query.ts'
import { type JobVisit, type ProvisioningPageDeps, visitJob } from './deps.ts'
import { type Candidate, type Chosen, OnDemandPage, OnDemandResultPage, type OnDemandView } from './on-demand-page.tsx'
import { provisioningHref } from './provisioning-page.tsx'
import type { StepCardsView } from './step-cards.tsx'

/** People and groups listed at once, and members of a group. */
const MOST_SHOWN = 20
const MOST_MEMBERS_SHOWN = 100

const OnDemandForm = z.strictObject({
  act: z.enum(['provision', 'preview']).default('provision'),
  objectId: z.string().min(1, 'Select a user or group.'),
  memberIds: z.preprocess(listField, z.array(z.string()).max(MOST_MEMBERS, `Choose at most ${MOST_MEMBERS} members.`)),
})

/** Codes that tell of the connection rather than of the object. */
const CONNECTION_CODES = new Set([
  'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
  'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable',
  'Timeout',
  'WebExceptionProtocolError',
])

const userCandidate = (user: DirectoryUser): Candidate => ({
  id: user.id,
  kind: 'User',
  displayName: user.displayName,
  detail: user.userPrincipalName,
})

const groupCandidate = (group: DirectoryGroup): Candidate => ({
  id: group.id,
  kind: 'Group',
  displayName: group.displayName,
  detail: group.description ?? 'Group',
})

/** Where each target attribute comes from, in the words of the mapping. */
function sourcesOf({ schema }: ProvisioningJob, kind: ObjectKind): ReadonlyMap<string, string> {
  const { attributeMappings } = kind === 'User' ? schema.users : schema.groups
  return new Map(attributeMappings.map(({ targetAttributeName, source }) => [targetAttributeName, sourceWords(source)]))
}

function sourceWords(source: MappingSource): string {
  switch (source.type) {
    case 'Attribute':
      return source.name
    case 'Constant':
      return `"${source.value}"`
    case 'Function':
      return source.expression
    case 'None':
      return ''
  }
}

/** Cards of what was done. */
function cardsOf({ kind, steps, modified, action, outcome }: ProvisioningLogEntry): StepCardsView {
  const connectionProblem =
    outcome !== undefined && CONNECTION_CODES.has(outcome.code)
      ? { code: outcome.code, message: outcome.reason }
      : undefined
  return { kind, steps, modified, action, isPlan: false, connectionProblem }
}

/** Provision on demand: `/on-demand`, and what it did at `/on-demand/{key}`. */
export function onDemandRoutes(deps: ProvisioningPageDeps): Router {
  const { system, provisioning } = deps
  const { store } = system
  const router = Router({ mergeParams: true })

  /** Who is offered for a text: people who can sign in, then groups. */
  function candidatesOf(tenantId: string, text: string) {
    const request = { text, offset: 0, limit: MOST_SHOWN }
    const users = searchUsers(store, tenantId, request)
    const groups = searchGroups(store, tenantId, request)
    const candidates = [
      ...groups.items.map(groupCandidate),
      ...users.items.filter(({ accountEnabled }) => accountEnabled).map(userCandidate),
    ]
    return { candidates, hasMore: users.hasMore || groups.hasMore || !users.isComplete }
  }

  /** The chosen one; `undefined` for an id that cannot be chosen. */
  function chosenOf(tenantId: string, id: string): Chosen | undefined {
    const user = store.get('users', id)
    if (user !== undefined) {
      const isLive = user.tenantId === tenantId && user.deletedDateTime === undefined
      return isLive ? { ...userCandidate(user), members: [], hasMoreMembers: false } : undefined
    }
    const group = store.get('groups', id)
    if (group === undefined || group.tenantId !== tenantId || group.deletedDateTime !== undefined) return undefined
    const pairs = store.findPage('groupMembers', 'group', id, 0, MOST_MEMBERS_SHOWN + 1)
    const members = pairs.slice(0, MOST_MEMBERS_SHOWN).flatMap(({ memberId, memberType }): Candidate[] => {
      const member = memberType === 'user' ? store.get('users', memberId) : undefined
      return member === undefined || member.deletedDateTime !== undefined || !member.accountEnabled
        ? []
        : [userCandidate(member)]
    })
    return { ...groupCandidate(group), members, hasMoreMembers: pairs.length > MOST_MEMBERS_SHOWN }
  }

  function show(res: Response, { context, app }: JobVisit, more: Partial<OnDemandView>): void {
    const text = more.text ?? ''
    const found = more.chosen === undefined ? candidatesOf(context.tenant.id, text) : { candidates: [], hasMore: false }
    const view: OnDemandView = { app, text, memberIds: [], ...found, ...more }
    res.type('html').send(renderPage(<OnDemandPage context={context} view={view} />))
  }

  router.get('/on-demand', (req, res) => {
    const visit = visitJob(deps, req, res)
    const objectId = queryText(req, 'object')
    const chosen = objectId === '' ? undefined : chosenOf(visit.context.tenant.id, objectId)
    const problem = objectId !== '' && chosen === undefined ? 'There is no such user or group any more.' : undefined
    show(res, visit, { text: queryText(req, 'q'), chosen, problem })
  })

  router.post('/on-demand', async (req, res) => {
    const visit = visitJob(deps, req, res)
    const { context, app } = visit
    const form = parseForm(OnDemandForm, req.body)
    if (!form.ok) {
      const chosen = chosenOf(context.tenant.id, form.values['objectId'] ?? '')
      res.status(422)
      show(res, visit, { chosen, memberIds: typedMembers(req), problem: Object.values(form.problems)[0] })
      return
    }
    const { act, objectId, memberIds } = form.value
    try {
      if (act === 'preview') {
        const plan = await previewOnDemand(provisioning, context.actor, { appId: app.id, objectId })
        const chosen = chosenOf(context.tenant.id, objectId)
        const sources = sourcesOf(visit.job, chosen?.kind ?? 'User')
        show(res, visit, { chosen, memberIds, plan: { ...planOf(chosen, plan), sources } })
        return
      }
      const { entry } = await provisionOnDemand(provisioning, context.actor, { appId: app.id, objectId, memberIds })
      const members = memberIds.length === 0 ? '' : `?${new URLSearchParams(memberIds.map((id) => ['memberIds', id]))}`
      res.redirect(303, provisioningHref(app.id, `on-demand/${entry.key}${members}`))
    } catch (error) {
      if (!(error instanceof DirectoryRefusal)) throw error
      res.status(422)
      show(res, visit, { chosen: chosenOf(context.tenant.id, objectId), memberIds, problem: error.message })
    }
  })

  router.get('/on-demand/:key', (req, res) => {
    const { context, app, job } = visitJob(deps, req, res)
    const entry = store.get('provisioningLogs', String(req.params['key']))
    if (entry === undefined || entry.servicePrincipalId !== app.id || entry.trigger !== 'onDemand') {
      throw new Refusal('not_found', 404, 'There is no such result any more.', {
        hint: 'Provision the object again.',
      })
    }
    const memberIds = queryList(req, 'memberIds').slice(0, MOST_MEMBERS)
    const view = { app, entry, memberIds, cards: { ...cardsOf(entry), sources: sourcesOf(job, entry.kind) } }
    res.type('html').send(renderPage(<OnDemandResultPage context={context} view={view} />))
  })

  return router
}

type Plan = Awaited<ReturnType<typeof previewOnDemand>>

const PLANNED: Readonly<Record<Plan['action'], string>> = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  skip: 'Other',
  fail: 'Other',
}

/** Cards of what would be done. */
function planOf(chosen: Chosen | undefined, plan: Plan): StepCardsView {
  const failure = plan.evaluation.kind === 'failed' ? plan.evaluation.failure : undefined
  return {
    kind: chosen?.kind ?? 'User',
    steps: plan.steps,
    modified: plan.modified,
    action: PLANNED[plan.action],
    isPlan: true,
    connectionProblem: failure !== undefined && CONNECTION_CODES.has(failure.code) ? failure : undefined,
  }
}

function typedMembers(req: Request): readonly string[] {
  const body: unknown = req.body
  const typed = typeof body === 'object' && body !== null && 'memberIds' in body ? body.memberIds : undefined
  return listField(typed).filter((id): id is string => typeof id === 'string')
}
