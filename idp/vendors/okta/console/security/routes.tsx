import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mayAdminister, mustAdminister } from '../../commands/actor.ts'
import { notFound } from '../../commands/refusal.ts'
import { createApiToken, revokeApiToken } from '../../commands/tokens.ts'
import { isExpired } from '../../tokens/expiry.ts'
import type { ApiToken } from '../../tokens/records.ts'
import { fullName } from '../account.ts'
import { type ConsoleContext, type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { type FormView, problemsOf } from '../form-view.tsx'
import { PAGE_SIZE, pageOf, pagerOf } from '../read-query.ts'
import { CreateTokenPage, RevokeTokenPage, TOKENS_HREF, TokenCreatedPage, TokensPage } from './tokens-pages.tsx'

const CreateForm = z.strictObject({ name: z.string().trim() })

/** Path below the console. */
const TOKENS = TOKENS_HREF.replace('/admin', '')

/** Security > API > Tokens. Whose role makes no tokens sees none. */
export function securityRoutes(deps: ConsoleDeps): Router {
  const { store, clock } = deps.system
  const router = Router()

  /** @throws {OktaRefusal} E0000006. */
  const admitted = (req: Request, res: Response): ConsoleContext => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'tokens')
    return context
  }

  const tokenOf = (req: Request): ApiToken => {
    const id = String(req.params['tokenId'])
    const token = store.get('apiTokens', id)
    if (token === undefined) throw notFound('ApiToken', id)
    return token
  }

  router.get(TOKENS, (req, res) => {
    const context = admitted(req, res)
    const { id: viewerId } = context.person
    const page = pageOf(req)
    const offset = (page - 1) * PAGE_SIZE
    const tokens = store.latest('apiTokens', offset, PAGE_SIZE)
    const total = store.count('apiTokens')
    const revokesAny = mayAdminister(store, viewerId, 'all')
    const rows = tokens.map((token) => {
      const owner = store.get('users', token.ownerId)
      return {
        token,
        owner: owner === undefined ? '' : fullName(owner),
        isExpired: isExpired(token, clock.now()),
        mayRevoke: revokesAny || token.ownerId === viewerId,
      }
    })
    const hasMore = offset + tokens.length < total
    const pager = pagerOf(page, { count: tokens.length, total, hasMore }, 'tokens', TOKENS_HREF)
    res.type('html').send(renderPage(<TokensPage context={context} view={{ rows, pager }} />))
  })

  const showCreate = (req: Request, res: Response, view: FormView): void => {
    res
      .status(Object.keys(view.problems).length === 0 ? 200 : 422)
      .type('html')
      .send(renderPage(<CreateTokenPage context={admitted(req, res)} view={view} />))
  }

  router.get(`${TOKENS}/new`, (req, res) => showCreate(req, res, { values: {}, problems: {} }))

  router.post(`${TOKENS}/new`, async (req, res) => {
    const context = admitted(req, res)
    const form = parseForm(CreateForm, req.body)
    if (!form.ok) return showCreate(req, res, form)
    let value: string
    try {
      value = (await createApiToken(deps, context.actor, form.value)).value
    } catch (error) {
      return showCreate(req, res, { values: { name: form.value.name }, problems: problemsOf(error) })
    }
    withholdAnswer()
    const page = <TokenCreatedPage context={contextOf(deps, req, res)} value={value} />
    return res.set('cache-control', 'no-store').type('html').send(renderPage(page))
  })

  router.get(`${TOKENS}/:tokenId/revoke`, (req, res) => {
    const context = admitted(req, res)
    res.type('html').send(renderPage(<RevokeTokenPage context={context} token={tokenOf(req)} />))
  })

  router.post(`${TOKENS}/:tokenId/revoke`, async (req, res) => {
    const context = admitted(req, res)
    const token = await revokeApiToken(deps, context.actor, { tokenId: tokenOf(req).id })
    return goSaying(deps, req, res, TOKENS_HREF, `The token ${token.name} was revoked.`)
  })

  return router
}
