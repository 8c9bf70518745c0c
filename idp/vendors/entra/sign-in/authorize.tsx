import type { Request, Response } from 'express'
import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { EntraSystem } from '../collections.ts'
import { type AadstsCode, type AadstsError, aadsts, descriptionOf } from './aadsts.ts'
import { judgeAudience } from './access.ts'
import { DEFAULT_SCOPE, registeredScopes } from './consent-rules.ts'
import { CORRELATION, correlationId } from './correlation.ts'
import { frameOf } from './frame.ts'
import { ErrorPage } from './pages/error-page.tsx'
import { FormPostPage } from './pages/form-post-page.tsx'
import { isReplyAddress, replyAddressesOf } from './reply-addresses.ts'
import type { Realm } from './tenancy.ts'
import { readScopes, unlistedResource } from './tokens/resource-scopes.ts'
import type { EndpointVersion } from './version-one/resource-request.ts'

/** What becomes of an authorization request before the provider sees it. */
export type AuthorizeReading =
  /** Sound as far as can be told without the person: parameters for the provider. */
  | { readonly kind: 'proceed'; readonly params: URLSearchParams }
  /** Shown to the person: the address to answer at is not to be trusted. */
  | { readonly kind: 'page'; readonly error: AadstsError }
  /** Told to the application. */
  | {
      readonly kind: 'answer'
      readonly redirectUri: string
      readonly mode: ResponseMode
      readonly state?: string
      readonly error: AadstsError
    }

type ResponseMode = 'query' | 'fragment' | 'form_post'

/** Longest request, in characters as an address spells it: one that is posted waits for its person as any other does. */
const LONGEST_REQUEST = 32 * 1024

/** Values of `prompt`, one at a time (authorization code flow, "prompt"). Version 1's `admin_consent` is not among them. */
const PROMPTS: readonly string[] = ['login', 'none', 'consent', 'select_account']

/**
 * Check a request in the order the real service does: tenant, application, reply address (these show a page), then response
 * type, prompt and scope (these answer the application). Scopes come out as bare Graph names; `.default` as everything registered, of
 * whatever API.
 *
 * @param given In the words of version 2, whichever endpoint was asked.
 */
export function readAuthorizeRequest(
  system: Pick<EntraSystem, 'store' | 'clock' | 'urls' | 'origin'>,
  realm: Realm,
  given: URLSearchParams,
  version: EndpointVersion,
): AuthorizeReading {
  const page = (code: AadstsCode, values: Readonly<Record<string, string>> = {}): AuthorizeReading => ({
    kind: 'page',
    error: aadsts(system.clock, code, { tenant: realm.segment, ...values }),
  })
  const refusedRealm = refuseRealm(system, realm)
  if (refusedRealm !== undefined) return { kind: 'page', error: refusedRealm }
  if (given.toString().length > LONGEST_REQUEST) return page(9002313, { reason: 'It is too long.' })

  const clientId = given.get('client_id') ?? ''
  if (clientId === '') return page(900144, { name: 'client_id' })
  const application = applicationByAppId(system.store, clientId)
  const audience = judgeAudience(application, realm)
  if (application === undefined || audience.kind === 'refused') {
    return page(audience.kind === 'refused' ? audience.code : 700016, { clientId, app: application?.displayName ?? '' })
  }

  const redirectUri = given.get('redirect_uri') ?? replyAddressesOf(application)[0]
  if (redirectUri === undefined) return page(900971)
  if (!isReplyAddress(application, redirectUri, system.urls)) return page(50011, { clientId, redirectUri })
  return readAnswerable(system, application, redirectUri, given, version)
}

/** The part of the check whose errors the application is told. */
function readAnswerable(
  system: Pick<EntraSystem, 'store' | 'clock' | 'origin'>,
  application: Application,
  redirectUri: string,
  given: URLSearchParams,
  version: EndpointVersion,
): AuthorizeReading {
  const state = given.get('state')
  const answer = (code: AadstsCode, values: Readonly<Record<string, string>>): AuthorizeReading => ({
    kind: 'answer',
    redirectUri,
    mode: responseModeOf(given),
    ...(state === null ? {} : { state }),
    error: aadsts(system.clock, code, values),
  })
  const responseType = given.get('response_type')
  if (responseType === null) return answer(900144, { name: 'response_type' })
  if (responseType !== 'code') return answer(700054, { responseType })
  const prompt = given.get('prompt')
  if (prompt !== null && prompt !== '' && !PROMPTS.includes(prompt)) return answer(90023, {})
  if (version === 2 && given.has('resource')) return answer(901002, {})

  const asked = given.get('scope') ?? ''
  if (asked.trim() === '') return answer(900144, { name: 'scope' })
  const reading = readScopes(system, asked, application)
  if (reading.kind === 'refused') {
    return answer(reading.code, { clientId: application.appId, tenant: application.tenantId, ...reading.values })
  }
  const unlisted = version === 1 ? unlistedResource(application, reading.resources) : undefined
  if (unlisted !== undefined) return answer(650057, unlisted)

  const params = fromOutside(given)
  params.set('redirect_uri', redirectUri)
  params.set(CORRELATION, correlationId())
  const isDefault = reading.resources.some((each) => each.isDefault)
  if (isDefault) params.set(DEFAULT_SCOPE, asked)
  const registered = isDefault ? registeredScopes(system.store, application.appId) : []
  params.set('scope', [...new Set([...reading.scopes, ...registered])].join(' '))
  return { kind: 'proceed', params }
}

/** How names begin by which a request carries what was found out about it here: whoever asks has no say in that. */
const OURS = 'entra_'

function fromOutside(given: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...given].filter(([name]) => !name.startsWith(OURS)))
}

/** @returns why nobody can sign in by this address, `undefined` when somebody can. */
export function refuseRealm(system: Pick<EntraSystem, 'clock'>, realm: Realm): AadstsError | undefined {
  if (realm.kind === 'unknown') return aadsts(system.clock, 90002, { tenant: realm.segment })
  if (realm.kind === 'consumers') return aadsts(system.clock, 9002346)
  return undefined
}

function responseModeOf(params: URLSearchParams): ResponseMode {
  const mode = params.get('response_mode')
  if (mode === 'fragment' || mode === 'form_post') return mode
  return /token/.test(params.get('response_type') ?? '') ? 'fragment' : 'query'
}

/** Show an error as a page, or as JSON to a program. */
export function sendErrorPage(system: EntraSystem, req: Request, res: Response, error: AadstsError): void {
  res.status(error.status)
  res.send(renderPage(<ErrorPage frame={frameOf(system, req.originalUrl)} error={error} />))
}

/** Answer the application with an error, the way it asked to be answered. */
export function sendErrorAnswer(
  system: EntraSystem,
  req: Request,
  res: Response,
  reading: Extract<AuthorizeReading, { kind: 'answer' }>,
): void {
  const fields = {
    error: reading.error.error,
    error_description: descriptionOf(reading.error),
    ...(reading.state === undefined ? {} : { state: reading.state }),
  }
  if (reading.mode === 'form_post') {
    const frame = frameOf(system, req.originalUrl)
    res.send(renderPage(<FormPostPage frame={frame} action={reading.redirectUri} fields={fields} />))
    return
  }
  const url = new URL(reading.redirectUri)
  if (reading.mode === 'fragment') url.hash = new URLSearchParams(fields).toString()
  else for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  res.redirect(303, url.href)
}

/** Parameters of a GET or a POST, as one value. */
export function paramsOf(req: Request): URLSearchParams {
  const source: unknown = req.method === 'POST' ? req.body : req.query
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries((source ?? {}) as Record<string, unknown>)) {
    for (const each of Array.isArray(value) ? value : [value]) if (typeof each === 'string') params.append(name, each)
  }
  return params
}
