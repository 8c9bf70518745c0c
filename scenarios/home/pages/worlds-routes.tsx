import { Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { parseWorld } from '#kit/world/worlds.ts'
import type { PageDeps } from './deps.ts'
import { readUnderWay } from './under-way.tsx'
import { ResetPage, WorldsPage } from './worlds-page.tsx'

const World = z
  .string()
  .trim()
  .refine((name) => parseWorld(name) !== undefined, 'There is no such world. scale:N takes a number, as in scale:500.')

const ResetForm = z.object({ world: World, keepApiKeys: z.literal('true').optional() })

/** `/worlds`: back to a seeded state, after a page that says what that costs. */
export function worldsRoutes(deps: PageDeps): Router {
  const { all, visits } = deps
  const router = Router()

  router.get('/worlds', async (req, res) => {
    res.type('html').send(renderPage(<WorldsPage visit={await visits.of(req, res)} />))
  })

  router.get('/worlds/reset', async (req, res) => {
    const visit = await visits.of(req, res)
    const asked = World.safeParse(req.query['world'])
    if (!asked.success) {
      const problem = asked.error.issues[0]?.message ?? 'Choose a world.'
      res
        .status(422)
        .type('html')
        .send(renderPage(<WorldsPage visit={visit} problem={problem} />))
      return
    }
    const keepApiKeys = req.query['keepApiKeys'] === 'true'
    const underWay = await readUnderWay(deps)
    const page = <ResetPage visit={visit} world={asked.data} keepApiKeys={keepApiKeys} underWay={underWay} />
    res.type('html').send(renderPage(page))
  })

  router.post('/worlds/reset', async (req, res) => {
    const form = parseForm(ResetForm, req.body)
    if (!form.ok) {
      const visit = await visits.of(req, res)
      res
        .status(422)
        .type('html')
        .send(renderPage(<WorldsPage visit={visit} problem={form.problems['world']} />))
      return
    }
    const { world, keepApiKeys } = form.value
    await visits.perform(req, res, { path: '/', failPath: '/worlds' }, async () => {
      await all.reset({ world, keepApiKeys: keepApiKeys === 'true' })
      return {
        tone: 'success',
        title: `All systems are at the beginning of world ${world}, at the present time.`,
        lines: [],
      }
    })
  })

  return router
}
