import { Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { PageDeps } from '../pages/deps.ts'
import type { Mail } from '../records.ts'
import { InboxPage, MailPage } from './mail-pages.tsx'

const PAGE = 50

/**
 * What a mail may do when it is shown: styles of its own and images it carries. No scripts, nothing from elsewhere, no forms; the
 * document has no origin, so it reaches nothing of ours. Links open in a tab of their own.
 */
const BODY_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ')

/** `/mail`: everything that was sent to anybody. */
export function mailRoutes({ system, visits }: PageDeps): Router {
  const router = Router()
  const { store } = system

  function find(id: string | undefined): Mail {
    const mail = id === undefined ? undefined : store.get('mails', id)
    if (mail !== undefined) return mail
    throw new Refusal('not_found', 404, 'There is no such mail.', { hint: 'A reset empties the inbox.' })
  }

  router.get('/mail', async (req, res) => {
    const asked = Number(req.query['from'] ?? 0)
    const offset = Number.isSafeInteger(asked) && asked > 0 ? asked : 0
    const mails = store.latest('mails', offset, PAGE)
    const view = { mails, offset, total: store.count('mails'), pageSize: PAGE, smtpUrl: system.urls['smtp'] }
    res.type('html').send(renderPage(<InboxPage visit={await visits.of(req, res)} view={view} />))
  })

  router.get('/mail/:id', async (req, res) => {
    const mail = find(req.params.id)
    res.type('html').send(renderPage(<MailPage visit={await visits.of(req, res)} mail={mail} />))
  })

  router.get('/mail/:id/body', (req, res) => {
    const { html } = find(req.params.id)
    if (html === undefined) {
      throw new Refusal('not_found', 404, 'This mail has no HTML part.', { hint: 'Its text is on its page.' })
    }
    res.setHeader('content-security-policy', BODY_POLICY)
    res.setHeader('referrer-policy', 'no-referrer')
    res.type('html').send(`<!doctype html><meta charset="utf-8"><base target="_blank">${html}`)
  })

  router.get('/mail/:id/raw', (req, res) => {
    const { raw } = find(req.params.id)
    res.setHeader('content-type', 'text/plain; charset=utf-8')
    res.setHeader('x-content-type-options', 'nosniff')
    res.end(Buffer.from(raw, 'latin1'))
  })

  return router
}
