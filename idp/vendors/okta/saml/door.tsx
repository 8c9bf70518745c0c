import type { Request, Response } from 'express'
import { policyAllowing } from '#idp/protocols/saml/acs-address.ts'
import type { PostForm } from '#idp/protocols/saml/answer-login.ts'
import type { SamlBinding } from '#idp/protocols/saml/read-request.ts'
import { currentContext } from '#kit/context.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import { decodePosted, inflateRedirected } from '#kit/saml/message-encoding.ts'
import { readableMessage } from '#kit/saml/readable-message.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaSystem } from '../collections.ts'
import { frameOf } from '../frame.ts'
import { SigningInPage, SigningOutPage, type SsoProblem, SsoProblemPage } from './pages.tsx'

/** What the ways in and out have in common: whose they are, how they end, how an answer leaves. */
export function createSamlDoor(system: OktaSystem) {
  return {
    refuse(req: Request, res: Response, problem: SsoProblem): void {
      const requestId = currentContext()?.traceId ?? 'unknown'
      const page = <SsoProblemPage frame={frameOf(system, req.path)} problem={problem} requestId={requestId} />
      res.status(problem.status).type('html').send(renderPage(page))
    },

    /** The app of a `exk…` id and its own name, if it signs people in. */
    appOf(req: Request): OktaApp | undefined {
      const app = system.store.find('apps', 'samlKey', String(req.params['samlKey']))[0]
      return app !== undefined && app.name === req.params['appName'] && signsIn(app) ? app : undefined
    },

    /** Send the answer as a page whose form the browser posts to the app. */
    deliver(
      req: Request,
      res: Response,
      way: 'in' | 'out',
      { label }: OktaApp,
      action: string,
      { fields }: PostForm,
    ): void {
      withholdAnswer()
      const policy = res.getHeader('content-security-policy')
      if (typeof policy === 'string') res.setHeader('content-security-policy', policyAllowing(policy, action))
      res.setHeader('cache-control', 'no-store')
      const frame = frameOf(system, req.path)
      const Page = way === 'in' ? SigningInPage : SigningOutPage
      res.type('html').send(renderPage(<Page frame={frame} label={label} action={action} fields={fields} />))
    },
  }
}

/** The journal tells what was asked in words of XML, beside the exchange itself. */
export function noteSamlRequest(
  { journal }: Pick<OktaSystem, 'journal'>,
  note: { readonly title: string; readonly subject: string },
  binding: SamlBinding,
  message: string,
): void {
  const decoded = binding === 'redirect' ? inflateRedirected(message) : decodePosted(message)
  const body = decoded.ok ? readableMessage(decoded.xml) : undefined
  journal.record({ kind: 'saml', ...note, ...(body === undefined ? {} : { request: { body } }) })
}

export function signsIn({ status, signOnMode }: OktaApp): boolean {
  return status === 'ACTIVE' && signOnMode === 'SAML_2_0'
}

/** Parameters of a query or a form. */
export type Fields = Readonly<Record<string, unknown>>

/** Longest RelayState that is kept and sent back, in characters. */
const LONGEST_RELAY_STATE = 8192

/** `null` for one that is no text, or too long. */
export function relayStateOf(fields: Fields): string | undefined | null {
  const value = fields['RelayState']
  if (value === undefined) return undefined
  return typeof value === 'string' && value.length <= LONGEST_RELAY_STATE ? value : null
}
