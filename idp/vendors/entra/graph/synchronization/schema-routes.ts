import { Router } from 'express'
import { z } from 'zod'
import { SCOPING_OPERATORS } from '#idp/core/provisioning/scoping/operators.ts'
import type { SourceAttributes, SourceValue } from '#idp/core/provisioning/types.ts'
import { Refusal } from '#kit/http/errors.ts'
import { restoreDefaultMappings } from '../../provisioning/commands/restore-mapping.ts'
import { saveMapping } from '../../provisioning/commands/save-mapping.ts'
import { parseGraphSchema, toGraphSchema } from '../../provisioning/graph-schema.ts'
import { contextOf, type GraphDeps } from '../graph-call.ts'
import { type ErrorDetail, GraphError } from '../graph-error.ts'
import { readBody } from '../read-body.ts'
import { READ_SYNC, syncJob, syncPath, WRITE_SYNC } from './access.ts'
import { functionSchemas, readExpression } from './expressions.ts'

const Value = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(10_000)).max(1_000),
  z.null(),
])
const ExpressionBody = z.strictObject({
  expression: z.string().max(20_000),
  targetAttributeDefinition: z.unknown().optional(),
  testInputObject: z
    .looseObject({
      properties: z
        .array(z.looseObject({ key: z.string().max(256), value: Value }))
        .max(500)
        .optional(),
    })
    .nullable()
    .optional(),
})

/** A schema that cannot be kept (its code is unverified). */
function schemaInvalid(message: string, details: readonly ErrorDetail[] = []): GraphError {
  return new GraphError('SchemaInvalid', 400, message, { details })
}

/** Flags arrive as texts, too. */
function sourceValue(value: z.infer<typeof Value>): SourceValue | undefined {
  if (value === null || value === '') return undefined
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  return value
}

/** The mapping of a job as a document, and what can be asked about it (reference 11.1, 11.4). */
export function schemaRoutes(deps: GraphDeps): Router {
  const { provisioning } = deps
  const router = Router({ mergeParams: true })
  const at = '/jobs/:jobId/schema'

  router.get(at, (req, res) => {
    const found = syncJob(deps, req, res, READ_SYNC)
    const { call, app, job } = found
    res.json({
      ...contextOf(call, syncPath(found, `jobs('${job.id}')/schema/$entity`)),
      ...toGraphSchema(job.schema, { jobId: job.id, appName: app.displayName }),
    })
  })

  router.put(at, async (req, res) => {
    const { call, app } = syncJob(deps, req, res, WRITE_SYNC)
    const body: unknown = readBody(z.looseObject({}), req, 'SynchronizationSchema')
    const read = parseGraphSchema(body)
    if (!read.ok) {
      const details = read.problems
        .slice(0, 20)
        .map(({ path, message }) => ({ code: 'SchemaInvalid', message, target: path }))
      throw schemaInvalid(
        `The schema cannot be read: ${details[0]?.target ?? ''} ${details[0]?.message ?? ''}`,
        details,
      )
    }
    try {
      await saveMapping(provisioning, call.actor, { appId: app.id, schema: read.schema })
    } catch (refusal) {
      if (refusal instanceof Refusal && refusal.code === 'invalid_mapping') throw schemaInvalid(refusal.message)
      throw refusal
    }
    res.status(204).end()
  })

  router.delete(at, async (req, res) => {
    const { call, app } = syncJob(deps, req, res, WRITE_SYNC)
    await restoreDefaultMappings(provisioning, call.actor, { appId: app.id })
    res.status(204).end()
  })

  router.get([`${at}/filterOperators`, `${at}/filterOperators\\(\\)`], (req, res) => {
    const { call } = syncJob(deps, req, res, READ_SYNC)
    const value = SCOPING_OPERATORS.map(({ label: _, ...operator }) => operator)
    res.json({ ...contextOf(call, 'filterOperators'), value })
  })

  router.get([`${at}/functions`, `${at}/functions\\(\\)`], (req, res) => {
    const { call } = syncJob(deps, req, res, READ_SYNC)
    res.json({ ...contextOf(call, 'functions'), value: functionSchemas() })
  })

  router.post(`${at}/parseExpression`, (req, res) => {
    const { call } = syncJob(deps, req, res, WRITE_SYNC)
    const { expression, testInputObject } = readBody(ExpressionBody, req, 'SynchronizationSchema')
    const pairs = (testInputObject?.properties ?? []).flatMap(({ key, value }) => {
      const read = sourceValue(value)
      return read === undefined ? [] : [[key, read] as const]
    })
    const source: SourceAttributes | undefined = testInputObject ? Object.fromEntries(pairs) : undefined
    res.json({
      ...contextOf(call, 'microsoft.graph.parseExpressionResponse'),
      ...readExpression(deps.system, call.tenant, expression, source),
    })
  })

  return router
}
