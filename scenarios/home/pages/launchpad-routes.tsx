import { Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import { labelOf } from '../neighbours.ts'
import { readSlice } from '../timeline/read-rows.ts'
import { toRows } from '../timeline/rows.ts'
import type { PageDeps } from './deps.ts'
import { LaunchpadPage } from './launchpad-page.tsx'
import { signInsOf } from './sign-ins.ts'
import { readState } from './system-state.ts'

/** Lines of the timeline below the cards. */
const NEWEST = 20

/** `/`: the systems, what to do with them, and what is going on. */
export function launchpadRoutes({ system, neighbours, reader, visits }: PageDeps): Router {
  const router = Router()
  router.get('/', async (req, res) => {
    const [states, slice] = await Promise.all([
      Promise.all(neighbours.map((neighbour) => readState(system, neighbour))),
      readSlice(reader, {}, new Map(), NEWEST),
    ])
    const view = {
      systems: neighbours.flatMap(({ name, label, url }, index) => {
        const state = states[index]
        return state === undefined ? [] : [{ name, label, url, state, signIns: signInsOf(name, system.world()) }]
      }),
      urls: system.urls,
      rows: toRows(slice.items, system.urls),
      unreachable: slice.unreachable.map(labelOf),
    }
    res.type('html').send(renderPage(<LaunchpadPage visit={await visits.of(req, res)} view={view} />))
  })
  return router
}
