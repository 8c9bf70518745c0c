import type { RequestHandler } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import type { EntraSystem } from '../collections.ts'
import { AADSTS, type AadstsCode } from './aadsts.ts'
import { frameOf } from './frame.ts'
import { ErrorLookupPage } from './pages/error-lookup-page.tsx'

/** What every JSON error names as `error_uri`: the number, looked up. An unknown number is told so. */
export function explainError(system: EntraSystem): RequestHandler {
  return (req, res) => {
    const asked = String(req.query['code'] ?? '').replace(/^AADSTS/i, '')
    const found = Object.hasOwn(AADSTS, asked) ? AADSTS[Number(asked) as AadstsCode] : undefined
    const entry =
      found === undefined
        ? undefined
        : { code: `AADSTS${asked}`, error: found.error, text: found.message(PLACEHOLDERS) }
    const frame = frameOf(system, req.originalUrl)
    res.status(asked !== '' && entry === undefined ? 404 : 200)
    res.send(renderPage(<ErrorLookupPage frame={frame} asked={asked} entry={entry} />))
  }
}

/** What an occurrence would name stands as a word. */
const PLACEHOLDERS: Readonly<Record<string, string>> = new Proxy({}, { get: (_none, name) => `{${String(name)}}` })
