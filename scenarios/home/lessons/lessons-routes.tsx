import { Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { PageDeps } from '../pages/deps.ts'
import { readUnderWay } from '../pages/under-way.tsx'
import { CataloguePage } from './catalogue-page.tsx'
import { CoursePage, ResetProgressPage, StartPage } from './course-page.tsx'
import { BlankPage } from './lesson-page.tsx'
import { lessonRoutes } from './lesson-routes.tsx'
import { coursePath, LESSONS, lessonPath } from './paths.ts'
import { recordRoutes } from './record-routes.tsx'

const DockForm = z.object({
  dock: z.enum(['left', 'right', 'bottom']),
  // A page of ours, and nothing that only begins like one.
  back: z.string().regex(/^\/lessons\/[\w-]+\/\d+$/),
})

/** `/lessons`: courses, and everything below them. */
export function lessonsRoutes(deps: PageDeps): Router {
  const { school, system, visits } = deps
  const { progress } = school
  const router = Router()

  router.get(LESSONS, async (req, res) => {
    const visit = await visits.of(req, res)
    const page = <CataloguePage visit={visit} courses={await school.courses()} progress={progress} />
    res.type('html').send(renderPage(page))
  })

  /** Typed into the address bar of a frame: only pages of the kit are shown there. */
  router.get('/lessons/go', (req, res) => {
    const to = typeof req.query['to'] === 'string' ? req.query['to'].trim() : ''
    const address = URL.canParse(to) ? new URL(to) : undefined
    if (address === undefined || !Object.values(system.urls).includes(address.origin)) {
      throw new Refusal('foreign_address', 422, 'This is no address of the kit.', {
        hint: `Its addresses begin with one of: ${Object.values(system.urls).join(', ')}.`,
      })
    }
    res.redirect(302, address.href)
  })

  router.post('/lessons/dock', async (req, res) => {
    const form = parseForm(DockForm, req.body)
    if (!form.ok) throw new Refusal('bad_form', 422, 'The panel can stand at the left, at the right or at the bottom.')
    await progress.setDock(form.value.dock)
    res.redirect(303, form.value.back)
  })

  router.get('/lessons/blank', async (req, res) => {
    res.type('html').send(renderPage(<BlankPage visit={await visits.of(req, res)} />))
  })

  router.use(recordRoutes(deps))

  router.get('/lessons/:course', async (req, res) => {
    const course = await school.course(req.params.course)
    const visit = await visits.of(req, res)
    res.type('html').send(renderPage(<CoursePage visit={visit} course={course} progress={progress} />))
  })

  router.get('/lessons/:course/start', async (req, res) => {
    const course = await school.course(req.params.course)
    const visit = await visits.of(req, res)
    const underWay = await readUnderWay(deps)
    const page = <StartPage visit={visit} course={course} progress={progress} underWay={underWay} />
    res.type('html').send(renderPage(page))
  })

  router.post('/lessons/:course/start', async (req, res) => {
    const course = await school.course(req.params.course)
    const [first] = course.lessons
    if (first === undefined) throw new Refusal('not_found', 404, 'This course has no lessons.')
    await visits.perform(req, res, { path: lessonPath(course, 1), failPath: coursePath(course) }, async () => {
      const tutor = await school.tutor()
      await tutor.take(course, first, { afresh: true })
      return { elsewhere: lessonPath(course, 1) }
    })
  })

  router.get('/lessons/:course/reset', async (req, res) => {
    const course = await school.course(req.params.course)
    const visit = await visits.of(req, res)
    res.type('html').send(renderPage(<ResetProgressPage visit={visit} course={course} progress={progress} />))
  })

  router.post('/lessons/:course/reset', async (req, res) => {
    const course = await school.course(req.params.course)
    await progress.reset(course)
    await visits.leave(req, res, coursePath(course), {
      tone: 'success',
      title: `The progress of ${course.walkthrough.title} is forgotten.`,
      lines: [],
    })
  })

  router.use(lessonRoutes(deps))
  return router
}
