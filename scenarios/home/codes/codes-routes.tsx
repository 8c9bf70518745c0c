import { Router } from 'express'
import { z } from 'zod'
import { renderPage } from '#kit/ui/render.ts'
import { isUnreachable } from '../neighbours.ts'
import type { PageDeps } from '../pages/deps.ts'
import { CodesPage, type CodesView } from './codes-page.tsx'

const Answer = z.object({
  secondsLeft: z.number(),
  codes: z.array(
    z.object({
      person: z.string(),
      displayName: z.string(),
      state: z.enum(['pending', 'registered']),
      code: z.string(),
    }),
  ),
})

const NOTHING: CodesView = { isReachable: false, secondsLeft: 0, codes: [] }

/** `/codes`: the authenticator apps of everybody, which no phone is needed for. */
export function codesRoutes({ neighbours, visits }: PageDeps): Router {
  const router = Router()
  const client = neighbours.find(({ name }) => name === 'entra')?.client

  const read = async (): Promise<CodesView> => {
    if (client === undefined) return NOTHING
    try {
      const answer = Answer.parse(await client.call('POST', '/commands/authenticator-codes', {}))
      return { isReachable: true, ...answer }
    } catch (error) {
      if (isUnreachable(error)) return NOTHING
      throw error
    }
  }

  router.get('/codes', async (req, res) => {
    res.setHeader('cache-control', 'no-store')
    const view = await read()
    res.type('html').send(renderPage(<CodesPage visit={await visits.of(req, res)} view={view} />))
  })
  return router
}
