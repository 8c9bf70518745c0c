import { type RequestHandler, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { causesOf } from '#scenarios/labs/causes.ts'
import type { Lab } from '#scenarios/labs/lab.ts'
import type { Workshop } from '#scenarios/labs/progress/workshop.ts'
import type { PageDeps } from '../pages/deps.ts'
import { readUnderWay } from '../pages/under-way.tsx'
import type { Message } from '../pages/visits.ts'
import { MendForMePage, StartLabPage } from './confirm-pages.tsx'
import { ExplainPage, SpoilerPage } from './explain-page.tsx'
import { LabPage } from './lab-page.tsx'
import type { LabView } from './lab-state.tsx'
import { LabsPage, ResetLabsPage } from './labs-page.tsx'
import { LABS_PATH, labPath } from './paths.ts'

const CauseForm = z.object({ cause: z.string().regex(/^[0-3]$/) })

type Params = { readonly lab: string }

/** `/labs` and everything below, and `/explain`. */
export function labsRoutes(deps: PageDeps): Router {
  const { laboratory, system, visits } = deps
  const { progress } = laboratory
  const router = Router()

  async function viewOf(lab: Lab): Promise<LabView> {
    const workshop = await laboratory.workshop()
    const standing = await workshop.standing(lab)
    return {
      lab,
      standing,
      causes: causesOf(lab),
      record: progress.of(lab),
      failure: workshop.failure(lab),
      isDone: progress.isDone(lab),
    }
  }

  for (const [path, Page] of [
    [LABS_PATH, LabsPage],
    [`${LABS_PATH}/reset`, ResetLabsPage],
  ] as const) {
    router.get(path, async (req, res) => {
      const visit = await visits.of(req, res)
      res.type('html').send(renderPage(<Page visit={visit} labs={await laboratory.labs()} progress={progress} />))
    })
  }

  router.post(`${LABS_PATH}/reset`, async (req, res) => {
    await progress.reset()
    await visits.leave(req, res, LABS_PATH, {
      tone: 'success',
      title: 'The progress of the labs is forgotten.',
      lines: [],
    })
  })

  router.get<Params>('/labs/:lab', async (req, res) => {
    const view = await viewOf(await laboratory.lab(req.params.lab))
    const visit = await visits.of(req, res)
    res.type('html').send(renderPage(<LabPage visit={visit} urls={system.urls} view={view} />))
  })

  router.get<Params>('/labs/:lab/start', async (req, res) => {
    const lab = await laboratory.lab(req.params.lab)
    const visit = await visits.of(req, res)
    const page = <StartLabPage visit={visit} lab={lab} underWay={await readUnderWay(deps)} />
    res.type('html').send(renderPage(page))
  })

  router.get<Params>('/labs/:lab/mend', async (req, res) => {
    const lab = await laboratory.lab(req.params.lab)
    res.type('html').send(renderPage(<MendForMePage visit={await visits.of(req, res)} lab={lab} />))
  })

  /** A form of a lab: what it asks for is done, and the page of the lab says how it stands. */
  const act =
    (does: (workshop: Workshop, lab: Lab, body: unknown) => Promise<Message | undefined>): RequestHandler<Params> =>
    async (req, res) => {
      const lab = await laboratory.lab(req.params.lab)
      const path = labPath(lab)
      await visits.perform(req, res, { path }, async () => {
        return (await does(await laboratory.workshop(), lab, req.body)) ?? { elsewhere: path }
      })
    }

  router.post(
    '/labs/:lab/start',
    act(async (workshop, lab) => {
      await workshop.begin(lab)
      return undefined
    }),
  )
  router.post(
    '/labs/:lab/cause',
    act(async (workshop, lab, body) => {
      const form = parseForm(CauseForm, body)
      if (!form.ok) return { tone: 'danger', title: 'Choose one of the causes.', lines: [] }
      const { isRight, cause } = await workshop.choose(lab, Number(form.value.cause))
      return isRight
        ? { tone: 'success', title: `That is the cause. ${cause.because}`, lines: [] }
        : { tone: 'warning', title: `Not the cause: ${cause.cause}`, lines: [cause.because] }
    }),
  )
  router.post(
    '/labs/:lab/hint',
    act(async (workshop, lab) => {
      await workshop.showHint(lab)
      return undefined
    }),
  )
  router.post(
    '/labs/:lab/solution',
    act(async (workshop, lab) => {
      await workshop.showSolution(lab)
      return undefined
    }),
  )
  router.post(
    '/labs/:lab/check',
    act(async (workshop, lab) => {
      const { kind } = await workshop.standing(lab)
      return kind === 'broken' ? { tone: 'info', title: 'Checked: it is not mended yet.', lines: [] } : undefined
    }),
  )
  router.post(
    '/labs/:lab/mend',
    act(async (workshop, lab) => {
      await workshop.mendForMe(lab)
      return undefined
    }),
  )

  router.get('/explain', async (req, res) => {
    const underWay = progress.underWay()
    const lab = (await laboratory.labs()).find(({ id }) => id === underWay?.labId)
    const standing = lab === undefined ? undefined : await (await laboratory.workshop()).standing(lab)
    const isSpoiler = lab !== undefined && standing?.kind === 'searching' && req.query['spoil'] !== 'yes'
    const visit = await visits.of(req, res)
    const page = isSpoiler ? (
      <SpoilerPage visit={visit} lab={lab} />
    ) : (
      <ExplainPage visit={visit} urls={system.urls} explanation={await laboratory.explain()} />
    )
    res.type('html').send(renderPage(page))
  })

  return router
}
