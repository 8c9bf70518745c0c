import { Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { PaceName } from '#scenarios/demo/pace.ts'
import type { Play } from '#scenarios/demo/play.ts'
import type { Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import type { PageDeps } from '../pages/deps.ts'
import { readUnderWay } from '../pages/under-way.tsx'
import { DemosPage, NotesPage, StartDemoPage } from './demo-page.tsx'
import { DEMO, notesPath, STAGE } from './paths.ts'
import { ResetDemoPage, StagePage } from './stage-page.tsx'

const PaceForm = z.object({ pace: z.enum(['slow', 'normal', 'fast']) })

/** The buttons of the stage. */
const ACTS: Readonly<Record<string, (play: Play) => void | Promise<void>>> = {
  pause: (play) => play.pause(),
  resume: (play) => play.resume(),
  next: (play) => play.next(),
  'take-over': (play) => play.takeOver(),
  again: (play) => play.again(),
  do: (play) => play.doForMe(),
  stop: (play) => play.stop(),
}

/** `/demo`: walkthroughs that play by themselves, and everything below. */
export function demoRoutes(deps: PageDeps): Router {
  const { demo, all, neighbours, visits } = deps
  const router = Router()
  let looks = 0

  router.get(DEMO, async (req, res) => {
    const { WALKTHROUGHS } = await import('#scenarios/walkthroughs/catalogue.ts')
    const visit = await visits.of(req, res)
    const page = <DemosPage visit={visit} walkthroughs={WALKTHROUGHS} show={demo.current()?.show()} />
    res.type('html').send(renderPage(page))
  })

  router.get(STAGE, async (req, res) => {
    const visit = await visits.of(req, res)
    const show = demo.current()?.show()
    looks += 1
    const view = show && { show, look: looks, places: neighbours.map(({ label, url }) => ({ label, url })) }
    res.type('html').send(renderPage(<StagePage visit={visit} view={view} />))
  })

  router.get(`${STAGE}/live.png`, async (_req, res) => {
    sendPicture(res, await demo.current()?.picture())
  })

  router.get(`${STAGE}/steps/:file`, async (req, res) => {
    sendPicture(res, await demo.pictureOf(req.params.file))
  })

  router.get(`${STAGE}/reset`, async (req, res) => {
    const show = demo.current()?.show()
    if (show === undefined) {
      res.redirect(303, DEMO)
      return
    }
    res.type('html').send(renderPage(<ResetDemoPage visit={await visits.of(req, res)} show={show} />))
  })

  router.post(`${STAGE}/reset`, async (req, res) => {
    const walkthrough = demo.current()?.show().walkthrough
    await visits.perform(req, res, { path: walkthrough === undefined ? DEMO : notesPath(walkthrough.id) }, async () => {
      await demo.clear()
      const since = performance.now()
      await all.reset(walkthrough === undefined ? {} : { world: walkthrough.world })
      const ms = Math.round(performance.now() - since)
      return { tone: 'success', title: `Everything is back at its beginning, in ${ms} ms.`, lines: [] }
    })
  })

  router.post(`${STAGE}/:act`, async (req, res) => {
    const act = ACTS[req.params.act]
    if (act === undefined) throw new Refusal('not_found', 404, `A demonstration cannot "${req.params.act}".`)
    const play = demo.current()
    if (play !== undefined) await act(play)
    res.redirect(303, STAGE)
  })

  router.get(`${DEMO}/:id`, async (req, res) => {
    const walkthrough = await find(req.params.id)
    const { notesOf } = await import('#scenarios/demo/notes/catalogue.ts')
    const visit = await visits.of(req, res)
    const page = (
      <NotesPage visit={visit} walkthrough={walkthrough} notes={notesOf(walkthrough)} show={demo.current()?.show()} />
    )
    res.type('html').send(renderPage(page))
  })

  router.get(`${DEMO}/:id/start`, async (req, res) => {
    const walkthrough = await find(req.params.id)
    const visit = await visits.of(req, res)
    const asked = PaceForm.safeParse(req.query)
    const pace: PaceName = asked.success ? asked.data.pace : 'normal'
    const underWay = await readUnderWay(deps)
    const page = <StartDemoPage visit={visit} walkthrough={walkthrough} pace={pace} underWay={underWay} />
    res.type('html').send(renderPage(page))
  })

  router.post(`${DEMO}/:id/start`, async (req, res) => {
    const walkthrough = await find(req.params.id)
    const form = parseForm(PaceForm, req.body)
    if (!form.ok) throw new Refusal('bad_form', 422, 'The pace is slow, normal or fast.')
    await visits.perform(req, res, { path: STAGE, failPath: notesPath(walkthrough.id) }, async () => {
      const playing = demo.current()?.show()
      // Starting over is a start of the same.
      if (playing?.walkthrough.id === walkthrough.id) await demo.clear()
      await demo.start(walkthrough, form.value.pace)
      return { elsewhere: STAGE }
    })
  })

  return router
}

/** @throws Refusal `not_found` (404). */
async function find(id: string): Promise<Walkthrough> {
  const { findWalkthrough } = await import('#scenarios/walkthroughs/catalogue.ts')
  const walkthrough = findWalkthrough(id)
  if (walkthrough !== undefined) return walkthrough
  throw new Refusal('not_found', 404, `There is no walkthrough ${id}.`, {
    hint: 'The page Demo lists those there are.',
  })
}

interface PictureAnswer {
  set(name: string, value: string): unknown
  type(name: string): { send(body: Buffer): unknown }
}

/** @throws Refusal `not_found` (404) when there is none. */
function sendPicture(res: PictureAnswer, picture: Buffer | undefined): void {
  if (picture === undefined) throw new Refusal('not_found', 404, 'There is no picture.')
  res.set('cache-control', 'no-store')
  res.type('png').send(picture)
}
