import type { IncomingMessage, ServerResponse } from 'node:http'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import helmet from 'helmet'
import type { ControlRoute } from '#kit/control/control-route.ts'
import { controlRoutes } from '#kit/control/routes.ts'
import type { Shape } from '#kit/store/store.ts'
import type { System, Urls } from '#kit/system/system.ts'
import { type AssetFile, serveAssets } from './assets.ts'
import { type BugReporter, createErrorMapper, type Problem, Refusal } from './errors.ts'
import { renderPlainProblem } from './plain-page.ts'
import { hasBody, recordExchanges, requestContext } from './record.ts'
import { settleBeforeAnswers } from './settle-before-answers.ts'

/** Largest form, bytes. */
const FORM_LIMIT = 256 * 1024

export interface AppOptions {
  /** Static files below `/_assets/`. */
  readonly assets?: readonly AssetFile[]
  /** Calls this system adds to `/_kit`. */
  readonly control?: readonly ControlRoute[]
  /**
   * Requests whose body is left unread, for something mounted later that reads it itself (an OpenID provider).
   * Others have their urlencoded form in `req.body`.
   */
  readonly leaveBody?: (req: Request) => boolean
  /** Wall milliseconds a move of the clock may take before it is answered with an operation to ask for. */
  readonly patienceMs?: number
  /** `false`: requests are not journalled, for pages that only show what goes on elsewhere. */
  readonly journalled?: boolean
  /** Origins whose pages ours may show in a frame; none unless told. */
  readonly frames?: readonly string[]
}

/**
 * An Express app as every origin of ours has it: security headers, request context, journal, forms, static files, `/_kit`.
 * Mount the product's routers on it, then call {@link finishApp}.
 */
export function createApp<S extends Shape>(system: System<S>, options: AppOptions = {}): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  settleBeforeAnswers(app, system.store)
  app.use(securityHeaders(system.urls, options.frames ?? []))
  app.use(requestContext())
  if (options.journalled !== false) app.use(recordExchanges(system.journal))
  app.use(
    '/_kit',
    controlRoutes(system, {
      extra: options.control ?? [],
      ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
    }),
  )
  app.use(serveAssets(options.assets ?? []))
  const parse = express.urlencoded({ extended: false, limit: FORM_LIMIT })
  app.use((req, res, next) => {
    if (!isForm(req) || options.leaveBody?.(req)) next()
    else parse(req, res, next)
  })
  return app
}

/** Asked before the parser is, which takes its time to find out that a body is none of its business. */
function isForm(req: Request): boolean {
  return hasBody(req) && /^\s*application\/x-www-form-urlencoded/i.test(req.headers['content-type'] ?? '')
}

export interface FinishOptions {
  /** The error page in the product's look: 404, refusals, and 500, which carries the request id and never a stack. */
  readonly page?: (problem: Problem, req: Request, res: Response) => string
  readonly report?: BugReporter
}

/** The end of an app: what nobody answered is a 404; errors become the surface's page, or JSON for a caller that reads no HTML. */
export function finishApp(app: Express, options: FinishOptions = {}): Express {
  const page = options.page ?? renderPlainProblem
  app.use((req: Request) => {
    throw new Refusal('not_found', 404, `There is nothing at ${req.path}.`, {
      hint: 'Check the address, or start from the home page.',
    })
  })
  app.use(
    createErrorMapper((problem, req, res) => {
      if (req.accepts(['html', 'json']) === 'html') {
        res.type('html').send(page(problem, req, res))
        return
      }
      const { code, message, hint, requestId } = problem
      res.json({ error: { code, message, ...(hint === undefined ? {} : { hint }), requestId } })
    }, options.report),
  )
  return app
}

/**
 * Nothing from elsewhere, nothing inline; no frame around us but our own and that of the kit home, which shows our pages beside its
 * lessons. Forms may go to any port of this machine, since a sign-in that was posted is redirected to the application's address. The
 * referrer policy is one under which browsers send a true `Origin` with forms.
 */
function securityHeaders(urls: Urls, frames: readonly string[]): RequestHandler {
  const { kit } = urls
  const ours = Object.values(urls).filter((url) => /^https?:/.test(url))
  const local = ['localhost', '127.0.0.1'].flatMap((host) => [`http://${host}:*`, `https://${host}:*`])
  const makeHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'", ...new Set([...local, ...ours])],
        frameAncestors: kit === undefined ? ["'none'"] : ["'self'", kit],
        ...(frames.length === 0 ? {} : { frameSrc: ["'self'", ...frames] }),
      },
    },
    // It knows no origin but our own, and the policy above says more.
    xFrameOptions: false,
    // Applications may open the sign-in in a pop-up and wait for it to come back.
    crossOriginOpenerPolicy: false,
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  })
  const headers = headersSetBy(makeHeaders)
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value)
    next()
  }
}

/** The headers a middleware sets on every answer alike, asked for once: making them anew each time costs as much as routing. */
function headersSetBy(
  middleware: (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void,
): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = []
  const seen = {
    setHeader: (name: string, value: string) => headers.push([name, value]),
    removeHeader: () => undefined,
  } as unknown as ServerResponse
  middleware({} as IncomingMessage, seen, (error) => {
    if (error !== undefined) throw error
  })
  return headers
}
