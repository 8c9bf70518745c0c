import type { Request, RequestHandler, Response } from 'express'
import { readProjectionRequest, type SearchRequest } from '#kit/scim/search.ts'
import type { FaultEffect } from '#kit/system/collections.ts'
import { acceptApiKey, type KeyHolder, noteKeyUse } from '../commands/api-keys.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { applyFault, faultDetail } from '../faults.ts'
import type { DialpadOperation } from '../spec.ts'
import { type Answer, ScimRefusal, sendAnswer, sendError } from './answer.ts'
import { dialectOf } from './dialect.ts'
import type { Leniency } from './dialects/tolerated.ts'
import { createRateLimit } from './rate-limit.ts'
import { readJsonBody } from './read-body.ts'

/** What every SCIM operation goes through: the key, the rate limit, the fault rules, the body, the answer. */

/** What a client asks to see of a resource (RFC 7644 §3.9). */
export type Wish = Pick<SearchRequest, 'attributes' | 'excludedAttributes'>

const EVERYTHING: Wish = { attributes: [], excludedAttributes: [] }

/** One call, once its key was accepted. */
export interface Call extends KeyHolder {
  readonly system: DialpadSystem
  readonly req: Request
  /** The address the client uses: `http://localhost:4300/scim`, or that of the alias. */
  readonly base: string
  readonly dialect: Leniency
  /** Read before anything is done, so that a request whose query is refused leaves nothing behind. */
  readonly wish: Wish
  /** The body, read as JSON; `undefined` for operations without one. */
  readonly body: unknown
}

export type ScimHandler = (call: Call) => Answer | Promise<Answer>

/** Makes the handler of an operation. */
export type Operations = ReturnType<typeof createOperations>

export function createOperations(system: DialpadSystem) {
  const rateLimit = createRateLimit(system)

  /** @param hasBody Whether the operation takes a body, which then must be JSON. */
  return function operation(name: DialpadOperation, hasBody: boolean, handle: ScimHandler): RequestHandler {
    function callOf(req: Request, { key, company, actor }: KeyHolder, body: unknown): Call {
      let dialect: Leniency | undefined
      return {
        key,
        company,
        actor,
        system,
        req,
        base: `${system.origin}${req.baseUrl}`,
        // Put together for those who ask: reading alone needs none of it.
        get dialect() {
          dialect ??= dialectOf(system)
          return dialect
        },
        wish: req.url.includes('?') ? readProjectionRequest(req.query) : EVERYTHING,
        body,
      }
    }

    /** The way of most requests, to the end of it in one go where nothing has to be waited for. */
    function answer(req: Request, res: Response): Promise<void> | undefined {
      const holder = acceptApiKey(system, bearerOf(req))
      rateLimit.take(holder.key.id)
      const noted = noteKeyUse(system, holder.key)
      const effect = system.faults.take(name)
      if (noted !== undefined || effect !== undefined) return answerLate(req, res, holder, noted, effect)
      if (hasBody) return readJsonBody(req, res).then((body) => respond(req, res, holder, body))
      return respond(req, res, holder, undefined)
    }

    async function answerLate(
      req: Request,
      res: Response,
      holder: KeyHolder,
      noted: Promise<void> | undefined,
      effect: FaultEffect | undefined,
    ): Promise<void> {
      await noted
      const fault = await applyFault(res, effect)
      if (fault.kind === 'answered') return
      if (fault.kind === 'refuse') {
        throw new ScimRefusal(fault.status, fault.detail ?? faultDetail(fault.status), fault.headers)
      }
      await respond(req, res, holder, hasBody ? await readJsonBody(req, res) : undefined)
    }

    function respond(req: Request, res: Response, holder: KeyHolder, body: unknown): Promise<void> | undefined {
      const answered = handle(callOf(req, holder, body))
      if (answered instanceof Promise) return answered.then((each) => sendAnswer(res, each))
      sendAnswer(res, answered)
      return undefined
    }

    return (req, res) => {
      try {
        answer(req, res)?.catch((error: unknown) => sendError(res, error))
      } catch (error) {
        sendError(res, error)
      }
    }
  }
}

/** Of RFC 6750 §2.1; the scheme without case. */
export function bearerOf(req: Request): string | undefined {
  return /^Bearer +(.+)$/i.exec(req.headers.authorization ?? '')?.[1]
}

/** The named part of the path. */
export function idOf(call: Call): string {
  const id = call.req.params['id']
  return typeof id === 'string' ? id : ''
}
