import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'

export type ControlMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ControlInput<B, Q> {
  readonly body: B
  readonly query: Q
  /** Parts of the path: `{ name }` of `/snapshots/:name`. */
  readonly params: Readonly<Record<string, string>>
  /** Answer with another status than the route's. */
  setStatus(status: number): void
}

/** One call of `/_kit`, ready to be mounted: {@link controlRoute} and {@link streamRoute} make them. */
export interface ControlRoute {
  readonly method: ControlMethod
  /** Below `/_kit`: `/api-keys`. */
  readonly path: string
  readonly respond: RequestHandler
}

export interface ControlRouteSpec<B, Q> {
  readonly method: ControlMethod
  readonly path: string
  /** Status of success; 200 unless told. */
  readonly status?: number
  /** What the body must be; without it no member is accepted. An absent body counts as `{}`. */
  readonly body?: z.ZodType<B>
  /** What the query must be; without it no parameter is accepted. */
  readonly query?: z.ZodType<Q>
  /** @returns the answer, sent as JSON. Refusals are thrown. */
  readonly handle: (input: ControlInput<B, Q>) => Promise<object> | object
}

/** A call of `/_kit` that answers with JSON. Bodies and queries are parsed strictly; what is wrong is a 400 that names the places. */
export function controlRoute<B = object, Q = object>(spec: ControlRouteSpec<B, Q>): ControlRoute {
  return {
    method: spec.method,
    path: spec.path,
    async respond(req, res) {
      const body = spec.method === 'GET' ? ({} as B) : parse(spec.body, req.body ?? {}, 'body')
      const query = parse(spec.query, req.query, 'query')
      let status = spec.status ?? 200
      const answer = await spec.handle({
        body,
        query,
        params: req.params as Record<string, string>,
        setStatus: (other) => {
          status = other
        },
      })
      res.status(status).json(answer)
    },
  }
}

/** A call of `/_kit` that keeps its connection: an event stream. */
export function streamRoute<Q>(
  path: string,
  query: z.ZodType<Q>,
  respond: (req: Request, res: Response, query: Q) => void,
): ControlRoute {
  return { method: 'GET', path, respond: (req, res) => respond(req, res, parse(query, req.query, 'query')) }
}

/** What a body must be. @throws {Refusal} `invalid_body` (400) that names the places. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  return parse(schema, value, 'body')
}

function parse<T>(schema: z.ZodType<T> | undefined, value: unknown, where: 'body' | 'query'): T {
  if (schema === undefined) {
    const [member] = typeof value === 'object' && value !== null ? Object.keys(value) : ['']
    if (member !== undefined) throw invalid(where, `"${member}" is not expected here.`)
    return {} as T
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.slice(0, 5).map((issue) => {
    const path = issue.path.join('.')
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
  throw invalid(where, problems.join('; '))
}

function invalid(where: 'body' | 'query', problem: string): Refusal {
  return new Refusal(
    where === 'body' ? 'invalid_body' : 'invalid_query',
    400,
    `The ${where} is not what this call takes: ${problem}`,
    {
      hint: 'Unknown members are refused; see the description of the control API.',
    },
  )
}
