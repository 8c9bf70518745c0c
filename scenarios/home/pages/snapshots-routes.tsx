import { Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { isUnreachable, labelOf } from '../neighbours.ts'
import type { PageDeps } from './deps.ts'
import { RestorePage, SnapshotsPage, type SnapshotsView } from './snapshots-page.tsx'

const SaveForm = z.object({ name: z.string().trim().min(1, 'Give it a name.') })

/** `/snapshots`: saving and restoring the state of all systems. */
export function snapshotsRoutes({ all, neighbours, visits }: PageDeps): Router {
  const router = Router()

  async function read(): Promise<SnapshotsView> {
    try {
      const snapshots = await all.snapshots()
      const count = neighbours.length + 1
      return {
        snapshots: snapshots.map((snapshot) => ({
          ...snapshot,
          partOf: snapshot.systems.length < count ? snapshot.systems.map(labelOf) : undefined,
        })),
      }
    } catch (error) {
      if (!isUnreachable(error)) throw error
      return { snapshots: [], unavailable: error instanceof Error ? error.message : '' }
    }
  }

  router.get('/snapshots', async (req, res) => {
    res.type('html').send(renderPage(<SnapshotsPage visit={await visits.of(req, res)} view={await read()} />))
  })

  router.post('/snapshots', async (req, res) => {
    const form = parseForm(SaveForm, req.body)
    if (!form.ok) {
      const view = { ...(await read()), problem: form.problems['name'] }
      res
        .status(422)
        .type('html')
        .send(renderPage(<SnapshotsPage visit={await visits.of(req, res)} view={view} />))
      return
    }
    await visits.perform(req, res, { path: '/snapshots' }, async () => {
      const { snapshot, replaced } = await all.saveSnapshot(form.value.name)
      return {
        tone: 'success',
        title: `${replaced ? 'Replaced' : 'Saved'} ${snapshot.name}: world ${snapshot.world}, ${formatDateTime(snapshot.virtualAt)}.`,
        lines: [],
      }
    })
  })

  router.get('/snapshots/:name/restore', async (req, res) => {
    const snapshot = (await all.snapshots()).find(({ name }) => name === req.params.name)
    if (snapshot === undefined) {
      throw new Refusal('not_found', 404, `There is no snapshot ${req.params.name}.`, {
        hint: 'The page Snapshots lists those there are.',
      })
    }
    res.type('html').send(renderPage(<RestorePage visit={await visits.of(req, res)} snapshot={snapshot} />))
  })

  router.post('/snapshots/:name/restore', async (req, res) => {
    await visits.perform(req, res, { path: '/', failPath: '/snapshots' }, async () => {
      const { name, world, virtualAt } = await all.restoreSnapshot(req.params.name)
      return {
        tone: 'success',
        title: `Restored ${name}: world ${world}, ${formatDateTime(virtualAt)}.`,
        lines: [],
      }
    })
  })

  return router
}
