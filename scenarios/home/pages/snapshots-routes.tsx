import { type Response, Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { checkSnapshotName } from '#kit/system/snapshots.ts'
import { renderPage } from '#kit/ui/render.ts'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import type { SharedSnapshot } from '../control/shared-snapshots.ts'
import { isUnreachable, labelOf } from '../neighbours.ts'
import type { PageDeps } from './deps.ts'
import { BranchPage, type BranchView } from './snapshots-branch-page.tsx'
import { ComparePage } from './snapshots-compare-page.tsx'
import {
  DeletePage,
  type ListedSnapshot,
  ReplacePage,
  RestorePage,
  SnapshotsPage,
  type SnapshotsView,
  snapshotPath,
} from './snapshots-page.tsx'
import { readUnderWay } from './under-way.tsx'

const Name = z.string().trim().min(1, 'Give it a name.')
const Said = z.literal('true').optional()
const SaveForm = z.object({ name: Name, replace: Said })
const BranchForm = z.object({ save: Name, replace: Said })
const CompareQuery = z.object({
  from: z.string().optional(),
  with: z.string().optional(),
  limit: z.coerce.number().int().min(0).max(500).catch(10),
})

/** Records told of each collection on the page: at first, and when more are asked for. */
const [FEW, MANY] = [10, 200]

/** `/snapshots`: saving, restoring, comparing, branching and deleting the state of all systems. */
export function snapshotsRoutes(deps: PageDeps): Router {
  const {
    all: { snapshots },
    neighbours,
    visits,
  } = deps
  const router = Router()

  async function listAll(): Promise<readonly ListedSnapshot[]> {
    const count = neighbours.length + 1
    return (await snapshots.list()).map((snapshot) => ({
      ...snapshot,
      partOf: snapshot.systems.length < count ? snapshot.systems.map(labelOf) : undefined,
    }))
  }

  async function read(): Promise<SnapshotsView> {
    try {
      return { snapshots: await listAll() }
    } catch (error) {
      if (!isUnreachable(error)) throw error
      return { snapshots: [], unavailable: error instanceof Error ? error.message : '' }
    }
  }

  async function find(name: string): Promise<SharedSnapshot> {
    const snapshot = (await snapshots.list()).find((each) => each.name === name)
    if (snapshot !== undefined) return snapshot
    throw new Refusal('not_found', 404, `There is no snapshot ${name}.`, {
      hint: 'The page Snapshots lists those there are.',
    })
  }

  const send = (res: Response, page: Parameters<typeof renderPage>[0], status = 200): void => {
    res.status(status).type('html').send(renderPage(page))
  }

  router.get('/snapshots', async (req, res) => {
    send(res, <SnapshotsPage visit={await visits.of(req, res)} view={await read()} />)
  })

  router.post('/snapshots', async (req, res) => {
    const form = parseForm(SaveForm, req.body)
    if (!form.ok) {
      const view = { ...(await read()), problem: form.problems['name'] }
      send(res, <SnapshotsPage visit={await visits.of(req, res)} view={view} />, 422)
      return
    }
    const { name, replace } = form.value
    await visits.perform(req, res, { path: '/snapshots' }, async () => {
      checkSnapshotName(name)
      const isTaken = (await snapshots.list()).some((each) => each.name === name)
      if (isTaken && replace !== 'true') return { elsewhere: snapshotPath(name, 'replace') }
      const { snapshot, replaced } = await snapshots.save(name)
      return {
        tone: 'success',
        title: `${replaced ? 'Replaced' : 'Saved'} ${snapshot.name}: world ${snapshot.world}, ${formatDateTime(snapshot.virtualAt)}.`,
        lines: [],
      }
    })
  })

  router.get('/snapshots/compare', async (req, res) => {
    const query = CompareQuery.parse({ limit: FEW, ...req.query })
    const names = (await listAll()).flatMap(({ name, partOf }) => (partOf === undefined ? [name] : []))
    const from = query.from ?? names[0]
    if (from === undefined) {
      res.redirect(303, '/snapshots')
      return
    }
    const other = query.with === '' ? undefined : query.with
    const comparison = await snapshots.compare(from, other, query.limit)
    const more = new URLSearchParams({ from, with: other ?? '', limit: String(MANY) })
    const moreHref = query.limit < MANY ? `/snapshots/compare?${more}` : undefined
    send(res, <ComparePage visit={await visits.of(req, res)} view={{ comparison, names, moreHref }} />)
  })

  router.get('/snapshots/:name/restore', async (req, res) => {
    const snapshot = await find(req.params.name)
    const underWay = await readUnderWay(deps)
    send(res, <RestorePage visit={await visits.of(req, res)} snapshot={snapshot} underWay={underWay} />)
  })

  router.post('/snapshots/:name/restore', async (req, res) => {
    await visits.perform(req, res, { path: '/', failPath: '/snapshots' }, async () => {
      const { name, world, virtualAt } = await snapshots.restore(req.params.name)
      return {
        tone: 'success',
        title: `Restored ${name}: world ${world}, ${formatDateTime(virtualAt)}.`,
        lines: [],
      }
    })
  })

  router.get('/snapshots/:name/replace', async (req, res) => {
    const snapshot = await find(req.params.name)
    send(res, <ReplacePage visit={await visits.of(req, res)} snapshot={snapshot} />)
  })

  router.get('/snapshots/:name/delete', async (req, res) => {
    const snapshot = await find(req.params.name)
    send(res, <DeletePage visit={await visits.of(req, res)} snapshot={snapshot} />)
  })

  router.post('/snapshots/:name/delete', async (req, res) => {
    await visits.perform(req, res, { path: '/snapshots' }, async () => {
      await snapshots.remove(req.params.name)
      return { tone: 'success', title: `Deleted ${req.params.name}.`, lines: [] }
    })
  })

  router.get('/snapshots/:name/branch', async (req, res) => {
    const view = { snapshot: await find(req.params.name) }
    send(res, <BranchPage visit={await visits.of(req, res)} view={view} />)
  })

  router.post('/snapshots/:name/branch', async (req, res) => {
    const snapshot = await find(req.params.name)
    const again = async (view: Omit<BranchView, 'snapshot'>, status: number): Promise<void> => {
      send(res, <BranchPage visit={await visits.of(req, res)} view={{ snapshot, ...view }} />, status)
    }
    const form = parseForm(BranchForm, req.body)
    if (!form.ok) return again({ save: form.values['save'], problem: form.problems['save'] }, 422)
    const { save, replace } = form.value
    try {
      const { saved } = await snapshots.branch(snapshot.name, { save, replace: replace === 'true' })
      await visits.leave(req, res, '/', {
        tone: 'success',
        title: `Kept the present as ${saved.snapshot.name}; now at ${snapshot.name}: world ${snapshot.world}, ${formatDateTime(snapshot.virtualAt)}.`,
        lines: [`To come back, branch from ${saved.snapshot.name}.`],
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const problem = error.hint === undefined ? error.message : `${error.message} ${error.hint}`
      await again({ save, problem, isTaken: error.code === 'snapshot_exists' }, error.status)
    }
  })

  return router
}
