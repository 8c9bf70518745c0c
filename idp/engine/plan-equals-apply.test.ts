import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildResource } from '#idp/core/provisioning/build-resource.ts'
import { buildPatch } from '#idp/core/provisioning/patch-dialect.ts'
import type {
  AttributeDefinition,
  AttributeMapping,
  FlowType,
  MappingSource,
  ObjectMapping,
  PatchDialect,
  ProvisioningPolicy,
  ProvisioningSchema,
  ScopingClause,
} from '#idp/core/provisioning/types.ts'
import type { Preview } from './on-demand.ts'
import type { ModifiedProperty } from './records.ts'
import { type Fixture, JOB_ID, openFixture, SCHEMA } from './test/directory-fixture.ts'
import { type Held, openPlainTarget, type PlainTarget, type Write } from './test/plain-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

/**
 * What the preview shows is what is sent: over random directories, mappings and targets, request by request. References follow in
 * passes of their own and are not part of an object's plan.
 */

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const ACME = 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User'
const PEOPLE = ['ines', 'tomas', 'noor', 'yuki', 'odile'] as const
const GROUPS = ['sales', 'support'] as const
const ALL = [...PEOPLE, ...GROUPS] as const

const attribute = (name: string, more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  name,
  type: 'String',
  primaryKey: false,
  required: false,
  multiValued: false,
  caseExact: false,
  referencedObjects: [],
  ...more,
})
const DEFINITIONS: readonly AttributeDefinition[] = [
  attribute('title', { caseExact: true }),
  attribute('displayName'),
  attribute('name.givenName'),
  attribute('emails[type eq "work"].value'),
  attribute('phoneNumbers[type eq "mobile"].value'),
  attribute(`${ENTERPRISE}:department`),
  attribute(`${ACME}:since`, { type: 'DateTime' }),
  attribute(`${ACME}:floor`, { type: 'Integer' }),
  attribute(`${ACME}:isAgent`, { type: 'Boolean' }),
  attribute('photos', { multiValued: true }),
]

const anyText = fc.constantFrom('Agent', 'agent', 'Team Lead', 'Ana O"Hara', '2026-03-02', '17', 'True', 'Łukasz')
const anyOrigin: fc.Arbitrary<MappingSource> = fc.oneof(
  fc
    .constantFrom('jobTitle', 'department', 'givenName', 'employeeId', 'mail', 'accountEnabled', 'displayName')
    .map((name): MappingSource => ({ type: 'Attribute', name })),
  anyText.map((value): MappingSource => ({ type: 'Constant', value })),
  fc
    .constantFrom(
      'ToLower([jobTitle])',
      'Append([department], [employeeId])',
      'Switch([accountEnabled], , "True", "yes", "False", "no")',
      'IgnoreFlowIfNullOrEmpty([givenName])',
      'Split([jobTitle], "e")',
    )
    .map((expression): MappingSource => ({ type: 'Function', expression })),
  fc.constant<MappingSource>({ type: 'None' }),
)
const rowFor = (targetAttributeName: string): fc.Arbitrary<AttributeMapping> =>
  fc.record(
    {
      targetAttributeName: fc.constant(targetAttributeName),
      source: anyOrigin,
      matchingPriority: fc.constant(0),
      flowType: fc.constantFrom<FlowType>(
        'Always',
        'ObjectAddOnly',
        'MultiValueAddOnly',
        'ValueAddOnly',
        'AttributeAddOnly',
      ),
      defaultValue: anyText,
      flowBehavior: fc.constantFrom('FlowWhenChanged' as const, 'FlowWhenChanged' as const, 'FlowAlways' as const),
    },
    { requiredKeys: ['targetAttributeName', 'source', 'matchingPriority', 'flowType'] },
  )
const anyRows = fc
  .uniqueArray(fc.constantFrom(...DEFINITIONS), { selector: ({ name }) => name, maxLength: 6 })
  .chain((definitions) => fc.tuple(...definitions.map(({ name }) => rowFor(name))))

const anyClause: fc.Arbitrary<ScopingClause> = fc.oneof(
  fc.record({
    attribute: fc.constantFrom('department', 'jobTitle'),
    operator: fc.constantFrom('EQUALS' as const, 'NOT EQUALS' as const),
    value: fc.constantFrom('Agent', 'Team Lead', 'Sales'),
  }),
  fc.record({
    attribute: fc.constantFrom('department', 'employeeId'),
    operator: fc.constantFrom('IS NULL' as const, 'IS NOT NULL' as const),
    value: fc.constant(''),
  }),
)
const anyFilters = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  fc.array(fc.record({ title: fc.constant('Filter'), clauses: fc.array(anyClause, { minLength: 1, maxLength: 2 }) }), {
    maxLength: 2,
  }),
)
/** Mostly open, so that something happens. */
const often = fc.constantFrom(true, true, true, false)
const anyActions = fc.record({ create: often, update: often, delete: often })

const [USER_NAME, ACTIVE] = SCHEMA.users.attributeMappings as [AttributeMapping, AttributeMapping]
const SECOND_MATCH: AttributeMapping = {
  source: { type: 'Attribute', name: 'objectId' },
  targetAttributeName: 'externalId',
  matchingPriority: 2,
  flowType: 'Always',
}
const anySchema: fc.Arbitrary<ProvisioningSchema> = fc
  .record({
    rows: anyRows,
    actions: anyActions,
    scopingFilters: anyFilters,
    switchesOff: often,
    matchesTwice: fc.boolean(),
    groups: fc.record({ enabled: often, actions: anyActions }),
  })
  .map(({ rows, actions, scopingFilters, switchesOff, matchesTwice, groups }) => {
    const attributeMappings = [
      USER_NAME,
      ...(switchesOff ? [ACTIVE] : []),
      ...(matchesTwice ? [SECOND_MATCH] : []),
      ...rows,
    ]
    const users: ObjectMapping = {
      ...SCHEMA.users,
      attributeMappings,
      actions,
      scopingFilters,
      targetAttributes: DEFINITIONS,
    }
    return { users, groups: { ...SCHEMA.groups, ...groups } }
  })

const anyPerson = fc.record(
  {
    jobTitle: anyText,
    department: fc.constantFrom('Sales', 'sales', 'Support'),
    givenName: anyText,
    employeeId: fc.constantFrom('7', '012', 'x'),
    accountEnabled: often,
  },
  { requiredKeys: [] },
)
/** What the target holds before anybody was provisioned: nothing of this person, an account made by hand, or two of them. */
const anyAccount = fc.record({
  copies: fc.constantFrom(0, 0, 1, 1, 2),
  fields: fc.record(
    {
      active: fc.boolean(),
      title: anyText,
      displayName: anyText,
      emails: fc.constant([{ type: 'work', value: 'old@brightwave.example' }]),
      [ENTERPRISE]: fc.record({ department: anyText }),
      [ACME]: fc.record({
        floor: fc.constantFrom<unknown>(7, '7', 'x'),
        isAgent: fc.constantFrom<unknown>(true, 'False'),
      }),
    },
    { requiredKeys: [] },
  ),
})

type Step =
  | { readonly do: 'edit'; readonly who: (typeof PEOPLE)[number]; readonly title: string }
  | { readonly do: 'assign' | 'unassign' | 'softDelete'; readonly who: (typeof ALL)[number] }
  | { readonly do: 'block' | 'allow' | 'join' | 'leave'; readonly who: (typeof PEOPLE)[number] }
  /** Somebody at work in the target itself. */
  | { readonly do: 'retitle' | 'remove'; readonly who: (typeof PEOPLE)[number] }
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), who: fc.constantFrom(...PEOPLE), title: anyText }),
  fc.record({
    do: fc.constantFrom('assign' as const, 'unassign' as const),
    who: fc.constantFrom(...ALL),
  }),
  fc.record({
    do: fc.constantFrom('block' as const, 'allow' as const, 'join' as const, 'leave' as const),
    who: fc.constantFrom(...PEOPLE),
  }),
  fc.record({ do: fc.constant('softDelete' as const), who: fc.constantFrom(...PEOPLE) }),
  fc.record({ do: fc.constantFrom('retitle' as const, 'remove' as const), who: fc.constantFrom(...PEOPLE) }),
)

const anyStage = fc.record({
  schema: anySchema,
  people: fc.tuple(...PEOPLE.map(() => anyPerson)),
  accounts: fc.tuple(...PEOPLE.map(() => anyAccount)),
  groupIsThere: fc.boolean(),
  assigned: fc.subarray([...ALL], { minLength: 2 }),
  dialect: fc.constantFrom<PatchDialect>('legacy', 'compliant'),
  onUnassign: fc.constantFrom<ProvisioningPolicy['onUnassign']>('disable', 'delete', 'nothing'),
})
type Stage = typeof anyStage extends fc.Arbitrary<infer T> ? T : never

let target: PlainTarget
beforeAll(async () => {
  target = await openPlainTarget()
})
afterAll(() => target.close())

const nameOf = (id: string): string => `${id}@brightwave.example`

/** A fixture furnished as the stage says, and what a mishap in between must not leave open. */
async function withStage(stage: Stage, work: (idp: Fixture) => Promise<void>): Promise<void> {
  for (const shelf of [target.users, target.groups]) shelf.clear()
  target.writes.length = 0
  const { schema, dialect, onUnassign } = stage
  const policy = { dialect, onUnassign }
  const idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, schema, policy })
  try {
    for (const [at, id] of PEOPLE.entries()) {
      await idp.people.user(id, { ...stage.people[at] })
      const { copies = 0, fields = {} } = stage.accounts[at] ?? {}
      for (let copy = 1; copy <= copies; copy += 1) {
        const account: Held = { ...fields, id: `by-hand-${id}-${copy}`, userName: nameOf(id).toUpperCase() }
        target.users.set(account.id, account)
      }
    }
    if (stage.groupIsThere) target.groups.set('by-hand', { id: 'by-hand', displayName: 'SALES' })
    await idp.people.group('sales', 'Sales', ['ines', 'tomas'])
    await idp.people.group('support', 'Support', ['noor'])
    for (const id of stage.assigned) await idp.people.assign(id)
    await work(idp)
  } finally {
    await idp.close()
  }
}

async function take({ people }: Fixture, step: Step): Promise<void> {
  const accounts = [...target.users.values()].filter(
    ({ userName }) => String(userName).toLowerCase() === nameOf(step.who).toLowerCase(),
  )
  const work = {
    edit: () => people.change(step.who, { jobTitle: step.do === 'edit' ? step.title : '' }),
    assign: () => people.assign(step.who),
    unassign: () => people.unassign(step.who),
    block: () => people.change(step.who, { accountEnabled: false }),
    allow: () => people.change(step.who, { accountEnabled: true }),
    join: () => people.join('sales', step.who),
    leave: () => people.leave('sales', step.who),
    softDelete: () => people.softDelete(step.who),
    retitle: async () => {
      for (const account of accounts) target.users.set(account.id, { ...account, title: 'Edited by hand' })
    },
    remove: async () => {
      for (const { id } of accounts) target.users.delete(id)
    },
  }
  // A step the directory refuses (already a member, already deleted) is a step not taken.
  await work[step.do]().catch(() => undefined)
}

type Planned = Extract<Preview, { readonly kind: 'planned' }>

async function previewOf(idp: Fixture, id: string): Promise<Planned> {
  const preview = await idp.engine.preview(JOB_ID, id)
  if (preview.kind === 'refused') throw new Error(`The preview of ${id} was refused: ${preview.reason}.`)
  return preview
}

/** The request a plan announces, as JSON; none for a skip and for what could not be planned. */
function requestOf({ evaluation }: Planned, dialect: PatchDialect): readonly Write[] {
  if (evaluation.kind === 'failed') return []
  const { object, action } = evaluation
  const path = (id?: string): string => `/${object.kind}s${id === undefined ? '' : `/${id}`}`
  switch (action.kind) {
    case 'create':
      return [wire({ method: 'POST', path: path(), body: buildResource(object.kind, action.attributes) })]
    case 'update':
    case 'disable':
      return [wire({ method: 'PATCH', path: path(action.targetId), body: buildPatch(action.changes, dialect) })]
    case 'delete':
      return [{ method: 'DELETE', path: path(action.targetId) }]
    case 'skip':
      return []
  }
}

const wire = (write: Write): Write => JSON.parse(JSON.stringify(write)) as Write

/** A PATCH of a group's members: the reference pass. */
const isOfMembers = ({ body }: Write): boolean =>
  JSON.stringify(body ?? {}).includes('"path":"members') && !JSON.stringify(body).includes('"displayName"')

const inAnyOrder = (writes: readonly Write[]): readonly string[] =>
  writes.map((write) => JSON.stringify(write)).toSorted()

/** The attributes of an entry without what a reference pass has added to it. */
const withoutReferences = (modified: readonly ModifiedProperty[]): readonly ModifiedProperty[] =>
  modified.filter(({ name }) => name !== 'members')

async function previewAll(idp: Fixture): Promise<ReadonlyMap<string, Planned>> {
  const previews = new Map<string, Planned>()
  for (const id of ALL) previews.set(id, await previewOf(idp, id))
  expect(target.writes).toEqual([])
  return previews
}

/** Run a cycle. @returns what it sent for objects, and its log entries by object. */
async function runCycle(idp: Fixture, kind: 'initial' | 'incremental') {
  const { store } = idp.system
  if (kind === 'initial') {
    await store.transact((tx) => {
      const run = tx.get('provisioningRuns', JOB_ID)
      if (run !== undefined) tx.put('provisioningRuns', JOB_ID, { ...run, watermark: null })
    })
  }
  const logged = idp.log().length
  expect((await idp.engine.runNow(JOB_ID)).ended).toBe('completed')
  const writes = target.writes.splice(0)
  const entries = new Map(
    idp
      .log()
      .slice(logged)
      .map((entry) => [entry.source.id, entry]),
  )
  return { sent: writes.filter((write) => !isOfMembers(write)), ofMembers: writes.filter(isOfMembers), entries }
}

const ACTIONS = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  skip: 'Other',
  fail: 'Other',
}

describe('plan equals apply', () => {
  const tally = new Map<string, number>()
  const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1)

  test('what the previews show is what the cycle sends, and a second cycle sends nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyStage,
        fc.array(
          fc.tuple(fc.array(anyStep, { minLength: 1, maxLength: 4 }), fc.constantFrom('initial', 'incremental')),
          {
            maxLength: 2,
          },
        ),
        (stage, rounds) =>
          withStage(stage, async (idp) => {
            const repeats = stage.schema.users.attributeMappings.some((row) => row.flowBehavior === 'FlowAlways')
            for (const [steps, kind] of [[[], 'initial'] as const, ...rounds]) {
              for (const step of steps) await take(idp, step)
              const previews = await previewAll(idp)
              const { sent, entries } = await runCycle(idp, kind)

              // A cycle of changes looks only at what changed: its log says at whom.
              const seen = kind === 'initial' ? [...ALL] : ALL.filter((id) => entries.has(id))
              const planned = seen.flatMap((id) => requestOf(previews.get(id) as Planned, stage.dialect))
              expect(inAnyOrder(sent)).toEqual(inAnyOrder(planned))
              for (const [id, entry] of entries) {
                const { action, modified } = previews.get(id) as Planned
                count(action)
                if (entry.status === 'Success' || action === 'skip') {
                  expect(withoutReferences(entry.modified)).toEqual(modified)
                  // Members that were written make an update of an object that was left alone otherwise.
                  const onlyMembers = action === 'skip' && entry.modified.length > 0
                  expect(entry.action).toBe(onlyMembers ? 'Update' : ACTIONS[action])
                }
              }
              expect(await runCycle(idp, 'incremental')).toMatchObject({ sent: [], ofMembers: [] })
              // A cycle of changes leaves alone what nobody touched: somebody's work in the target, and members whose account
              // came late (reference 12.2, 24). Once an initial one has seen everybody there is nothing left.
              if (kind === 'incremental') await runCycle(idp, 'initial')
              const again = await runCycle(idp, 'initial')
              expect(again.ofMembers).toEqual([])
              if (!repeats) expect(again.sent).toEqual([])
            }
          }),
      ),
      { numRuns: 60, seed: 20_260_301 },
    )
    for (const action of ['create', 'update', 'disable', 'delete', 'skip', 'fail']) {
      expect(tally.get(action) ?? 0, action).toBeGreaterThan(3)
    }
  }, 60_000)

  test('on demand does for one object what its preview shows, in the dialect of on demand', async () => {
    let changed = 0
    await fc.assert(
      fc.asyncProperty(anyStage, fc.array(anyStep, { maxLength: 3 }), fc.boolean(), (stage, steps, cycleFirst) =>
        withStage(stage, async (idp) => {
          if (cycleFirst) await runCycle(idp, 'initial')
          for (const step of steps) await take(idp, step)
          for (const id of ALL) {
            const preview = await previewOf(idp, id)
            const result = await idp.engine.provisionOnDemand(JOB_ID, id)
            if (result.kind === 'refused') throw new Error(result.reason)
            expect(target.writes.splice(0)).toEqual(requestOf(preview, 'legacy'))
            expect(result.entry.modified).toEqual(preview.modified)
            expect(result.entry.action).toBe(ACTIONS[preview.action])
            if (preview.action !== 'skip' && preview.action !== 'fail') changed += 1
          }
        }),
      ),
      { numRuns: 60, seed: 20_260_302 },
    )
    expect(changed).toBeGreaterThan(40)
  }, 60_000)
})
