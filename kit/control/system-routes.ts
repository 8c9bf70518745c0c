import { z } from 'zod'
import { JOURNAL_KINDS, type Journal } from '#kit/journal.ts'
import type { FaultRule, SystemControl } from '#kit/system/system-control.ts'
import { type ControlRoute, controlRoute, streamRoute } from './control-route.ts'
import { streamJournal } from './journal-stream.ts'
import { createOperations } from './operations.ts'
import { clockRoutes, snapshotRoutes } from './shared-routes.ts'

/** A move of the clock that takes longer, in wall milliseconds, is answered with an operation. */
const PATIENCE_MS = 60_000

const Effect = z
  .strictObject({
    status: z.int().min(200).max(599).optional(),
    retryAfter: z.int().nonnegative().optional(),
    detail: z.string().optional(),
    drop: z.literal(true).optional(),
    html: z.literal(true).optional(),
    delayMs: z.int().min(0).max(600_000).optional(),
    flaw: z.string().min(1).optional(),
  })
  .refine((effect) => Object.keys(effect).length > 0, 'an effect does at least one thing')

const Rule = z.strictObject({ on: z.string(), effect: Effect, times: z.int().positive().optional() })

const FaultsBody = z.union([z.strictObject({ rules: z.array(Rule) }), Rule.transform((rule) => ({ rules: [rule] }))], {
  error: 'send {rules: [{on, effect, times?}]}, or one rule',
})

/** One row as `GET` lists it, or several by id. */
const SwitchesBody = z.union(
  [
    z.strictObject({ id: z.string(), value: z.string() }).transform(({ id, value }) => ({ [id]: value })),
    z.record(z.string(), z.string()),
  ],
  { error: 'send {id, value}, or {"<id>": "<value>", …}' },
)

const Count = z.coerce.number().int().nonnegative()
const JournalQuery = z.strictObject({
  after: Count.optional(),
  before: Count.optional(),
  kind: z.enum(JOURNAL_KINDS).optional(),
  subject: z.string().optional(),
  /** A trace id: what one exchange caused. */
  correlation: z.string().min(1).optional(),
  limit: Count.min(1).max(1000).optional(),
})

export interface SystemRoutesOptions {
  readonly patienceMs?: number
}

/** The calls every system answers, `docs/architecture.md` and the contract's list of the control API. */
export function systemRoutes(
  control: SystemControl,
  journal: Journal,
  nowIso: () => string,
  { patienceMs = PATIENCE_MS }: SystemRoutesOptions = {},
): readonly ControlRoute[] {
  const operations = createOperations(patienceMs, nowIso)
  const faults = () => ({ rules: control.faults() })
  const switches = () => ({ switches: control.switches() })
  const aliases = () => ({ aliases: control.aliases() })
  const outbound = () => {
    const timeoutMs = control.outboundTimeoutMs()
    return { hosts: control.outboundHosts(), ...(timeoutMs === undefined ? {} : { timeoutMs }) }
  }

  const ResetBody = z.strictObject({
    world: z.string().optional(),
    // Part of the contract everywhere; it has an effect where the system declares it.
    keepApiKeys: z.boolean().optional(),
    ...Object.fromEntries(control.resetOptions.map((name) => [name, z.boolean().optional()])),
  })

  return [
    controlRoute({ method: 'GET', path: '/health', handle: control.health }),
    controlRoute({
      method: 'POST',
      path: '/reset',
      body: ResetBody,
      async handle({ body: { world, ...wanted } }) {
        const options = Object.entries(wanted).flatMap(([name, on]) => (on === true ? [name] : []))
        await control.reset({ ...(world === undefined ? {} : { world }), options })
        return control.health()
      },
    }),

    controlRoute({ method: 'GET', path: '/state', handle: control.state }),
    controlRoute({
      method: 'PUT',
      path: '/state',
      body: z.looseObject({}),
      async handle({ body }) {
        await control.replaceState(body)
        return control.health()
      },
    }),

    ...snapshotRoutes(control.snapshots),
    ...clockRoutes(control, operations),
    controlRoute({
      method: 'GET',
      path: '/due',
      handle: () => ({ due: control.due().map(({ id, what, at }) => ({ id, what, at: new Date(at).toISOString() })) }),
    }),

    controlRoute({
      method: 'GET',
      path: '/journal',
      query: JournalQuery,
      handle: ({ query: { after, before, kind, subject, correlation, limit } }) =>
        journal.read({
          ...(after === undefined ? {} : { after }),
          ...(before === undefined ? {} : { before }),
          ...(kind === undefined ? {} : { kind }),
          ...(subject === undefined ? {} : { subject }),
          ...(correlation === undefined ? {} : { correlationId: correlation }),
          ...(limit === undefined ? {} : { limit }),
        }),
    }),
    streamRoute(
      '/journal/stream',
      JournalQuery.omit({ limit: true, before: true, correlation: true }),
      (req, res, query) => streamJournal(journal, req, res, query),
    ),

    controlRoute({ method: 'GET', path: '/faults', handle: faults }),
    controlRoute({
      method: 'PUT',
      path: '/faults',
      body: FaultsBody,
      async handle({ body }) {
        await control.setFaults(body.rules as readonly FaultRule[])
        return faults()
      },
    }),
    controlRoute({
      method: 'DELETE',
      path: '/faults',
      async handle() {
        await control.setFaults([])
        return faults()
      },
    }),
    controlRoute({
      method: 'GET',
      path: '/faults/operations',
      handle: () => ({ operations: control.operations, flaws: control.flaws }),
    }),

    controlRoute({ method: 'GET', path: '/switches', handle: switches }),
    controlRoute({
      method: 'PATCH',
      path: '/switches',
      body: SwitchesBody,
      async handle({ body }) {
        await control.setSwitches(body)
        return switches()
      },
    }),

    ...(control.hasAliases
      ? [
          controlRoute({ method: 'GET', path: '/aliases', handle: aliases }),
          controlRoute({
            method: 'PUT',
            path: '/aliases',
            body: z.strictObject({ aliases: z.record(z.string(), z.string()) }),
            async handle({ body }) {
              await control.setAliases(body.aliases)
              return aliases()
            },
          }),
          controlRoute({ method: 'GET', path: '/outbound', handle: outbound }),
          controlRoute({
            method: 'PUT',
            path: '/outbound',
            body: z.strictObject({ hosts: z.array(z.string()), timeoutMs: z.int().min(1).max(3_600_000).optional() }),
            async handle({ body }) {
              await control.setOutboundHosts(body.hosts)
              if (body.timeoutMs !== undefined) await control.setOutboundTimeoutMs(body.timeoutMs)
              return outbound()
            },
          }),
        ]
      : []),
  ]
}
