import express, { type Request, type RequestHandler, type Response } from 'express'
import { authenticateApiKey, type KeyHolder, type KeyOptions } from '../commands/api-keys.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { applyFault, faultDetail } from '../faults.ts'
import type { Allowance } from './allowance.ts'
import { RestRefusal, sendError, sendJson } from './answer.ts'
import type { RestRoute } from './define-route.ts'

/** What every operation goes through: the key, the rate limit, the fault rules, the body, the answer. */

const BODY_LIMIT = '1mb'
const DEEPEST = 50
const readBytes: RequestHandler = express.raw({ type: () => true, limit: BODY_LIMIT })

export function createOperation(system: DialpadSystem, route: RestRoute, allowance: Allowance): RequestHandler {
  return async (req, res) => {
    try {
      const holder = await holderOf(system, req, { evenSuspended: route.name === 'rest.company.get' })
      allowance.take(holder.key.id, route)
      const effect = system.faults.take(route.name)
      const fault = await applyFault(res, effect)
      if (fault.kind === 'answered') return
      if (fault.kind === 'refuse') {
        throw new RestRefusal(fault.status, fault.detail ?? faultDetail(fault.status), fault.headers)
      }
      const body = route.body === undefined ? undefined : await readJson(req, res)
      const { apikey: _, ...query } = req.query
      const answer = await route.run({ ...holder, system, allowance, params: paramsOf(req), query, body })
      sendJson(res, 200, answer)
    } catch (error) {
      sendError(res, error)
    }
  }
}

/**
 * Who calls: by `Authorization: Bearer`, else by `?apikey=`, which is allowed and discouraged. A `DP-Company-ID` beside it is
 * passed over: a key belongs to one company. One suspended for its bill may still ask for the company, whose state says so.
 *
 * @throws {DialpadRefusal} 401, 403.
 */
export async function holderOf(system: DialpadSystem, req: Request, options?: KeyOptions): Promise<KeyHolder> {
  const { authorization } = req.headers
  const { apikey } = req.query
  const secret =
    authorization === undefined
      ? typeof apikey === 'string'
        ? apikey
        : undefined
      : /^Bearer +(.+)$/i.exec(authorization)?.[1]
  const holder = await authenticateApiKey(system, secret, options)
  return { ...holder, actor: { ...holder.actor, via: 'rest' } }
}

function paramsOf(req: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]))
}

async function readJson(req: Request, res: Response): Promise<unknown> {
  const type = req.headers['content-type']
  if (type === undefined || !/^application\/json\s*(;|$)/i.test(type)) {
    throw new RestRefusal(400, 'The request needs a JSON body with Content-Type application/json')
  }
  await new Promise<void>((resolve, reject) => {
    readBytes(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)))
  })
  const bytes: unknown = req.body
  const text = Buffer.isBuffer(bytes) ? bytes.toString('utf8') : ''
  if (isNestedTooDeeply(text)) throw new RestRefusal(400, 'The request body is nested too deeply')
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new RestRefusal(400, 'The request body is not valid JSON')
    throw cause
  }
}

/** What is kept as it was sent must be writable again, which deep nesting can exhaust the stack with. */
function isNestedTooDeeply(text: string): boolean {
  let depth = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}
