import express, { type Request, type RequestHandler } from 'express'
import { z } from 'zod'
import { hasBody } from '#kit/http/record.ts'
import { badRequest, GraphError } from './graph-error.ts'

/** Largest body, bytes: a schema with every attribute of both sides is some hundred kilobytes. */
const BODY_LIMIT = 4 * 1024 * 1024

/** Deepest nesting of a body that is looked into. */
const DEEPEST = 64

/**
 * Bodies are JSON and say so. What has no body needs no type, so that actions can be posted as they are.
 * @throws {GraphError} `BadRequest` without a type, `UnsupportedMediaType` (415) with another one.
 */
export function jsonBodies(): RequestHandler {
  const parse = express.json({ limit: BODY_LIMIT, type: 'application/json' })
  return (req, res, next) => {
    if (!hasBody(req) || req.method === 'GET') return next()
    const type = req.headers['content-type']
    if (type === undefined) {
      throw new GraphError('BadRequest', 400, 'A request with a body must declare its Content-Type.')
    }
    if (!/^\s*application\/json\s*(;|$)/i.test(type)) {
      throw new GraphError('UnsupportedMediaType', 415, `Bodies are application/json, not '${type.split(';')[0]}'.`)
    }
    parse(req, res, next)
  }
}

/** Annotations of OData say nothing this twin needs, but for references to other objects. */
function withoutAnnotations(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw badRequest('The body is nested too deep.')
  if (Array.isArray(value)) return value.map((each) => withoutAnnotations(each, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !/@odata\.(?!id$|bind$)/.test(name))
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutAnnotations(each, depth + 1)]))
}

/**
 * The body of a request as its schema has it; an absent body is an empty object.
 * @param resource What the properties belong to, for the messages: `User`.
 * @throws {GraphError} `Request_BadRequest` naming the first property at fault.
 */
export function readBody<T>(schema: z.ZodType<T>, req: Request, resource: string): T {
  const read = schema.safeParse(withoutAnnotations(req.body ?? {}))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const path = issue?.path.map(String).join('.') ?? ''
  const property = path === '' ? `the ${resource}` : `property '${path}' of resource '${resource}'`
  if (issue?.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    throw badRequest(`Invalid property '${path === '' ? name : `${path}.${name}`}'.`)
  }
  if (issue?.code === 'invalid_type' && issue.message.includes('undefined')) {
    throw badRequest(`A value is required for ${property}.`)
  }
  throw badRequest(issue?.code === 'custom' ? issue.message : `Invalid value specified for ${property}.`)
}

/** A GUID as bodies and paths carry it, lower case. */
export const Guid = z.guid().transform((text) => text.toLowerCase())

const REFERENCE = /\/(?:directoryObjects|users|groups|servicePrincipals)(?:\/|\(')([0-9a-f-]{36})(?:'\))?$/i

/** The id at the end of `…/directoryObjects/{id}`, on whatever host. */
export const ObjectReference = z.string().transform((text, context) => {
  const id = REFERENCE.exec(text)?.[1]
  if (id !== undefined) return id.toLowerCase()
  context.addIssue({ code: 'custom', message: `'${text.slice(0, 200)}' is not the address of a directory object.` })
  return z.NEVER
})
