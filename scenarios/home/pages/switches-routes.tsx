import { Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { isUnreachable, type Neighbour } from '../neighbours.ts'
import type { PageDeps } from './deps.ts'
import { SwitchesPage, type SystemSwitches } from './switches-page.tsx'

const SwitchForm = z.object({ id: z.string(), value: z.string() })

/** `/switches`: choosing between behaviours where the products, or their versions, differ. */
export function switchesRoutes({ neighbours, visits }: PageDeps): Router {
  const router = Router()

  async function readOne({ name, label, client }: Neighbour): Promise<SystemSwitches> {
    try {
      return { name, label, reachable: true, switches: await client.switches() }
    } catch (error) {
      if (!isUnreachable(error)) throw error
      return { name, label, reachable: false, switches: [] }
    }
  }

  router.get('/switches', async (req, res) => {
    const systems = await Promise.all(neighbours.map(readOne))
    res.type('html').send(renderPage(<SwitchesPage visit={await visits.of(req, res)} systems={systems} />))
  })

  router.post('/switches/:system', async (req, res) => {
    const neighbour = neighbours.find(({ name }) => name === req.params.system)
    const form = parseForm(SwitchForm, req.body)
    if (neighbour === undefined || !form.ok) {
      throw new Refusal('not_found', 404, 'There is no such switch.', { hint: 'Start from the page Switches.' })
    }
    const { id, value } = form.value
    await visits.perform(req, res, { path: '/switches' }, async () => {
      await neighbour.client.setSwitch(id, value)
      return { tone: 'success', title: `${id} of ${neighbour.label} is now ${value}.`, lines: [] }
    })
  })

  return router
}
