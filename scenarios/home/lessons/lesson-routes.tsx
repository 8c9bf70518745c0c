import { type Request, type RequestHandler, Router } from 'express'
import { renderPage } from '#kit/ui/render.ts'
import type { Standing, Tutor } from '#scenarios/lessons/progress/tutor.ts'
import type { PageDeps } from '../pages/deps.ts'
import { readUnderWay } from '../pages/under-way.tsx'
import type { Message } from '../pages/visits.ts'
import { DoForMePage, ScenePage } from './confirm-pages.tsx'
import { LessonPage } from './lesson-page.tsx'
import { PanelPage } from './panel-page.tsx'
import { readPanel } from './panel-view.ts'
import { beginningPath, statePath } from './paths.ts'
import type { LessonOfCourse } from './school.ts'

type Params = { readonly course: string; readonly number: string }

const LESSON = '/lessons/:course/:number'
const PANEL = `${LESSON}/panel`

/** Whether the answer is shown in a frame of the lesson page; a browser that does not say so gets a page of its own. */
const isFramed = (req: Request): boolean => req.headers['sec-fetch-dest'] === 'iframe'

/** One lesson: beside its page, as a panel, and what the panel does. */
export function lessonRoutes(deps: PageDeps): Router {
  const { school, system, visits } = deps
  const router = Router()
  const origins = Object.values(system.urls).filter((url) => url.startsWith('http'))
  const lessonOf = ({ course, number }: Params): Promise<LessonOfCourse> => school.lesson(course, number)

  router.get(LESSON, async (req, res) => {
    const at = await lessonOf(req.params)
    // Cookies of the systems come along into the frame only where the host is the one they were set for.
    const own = new URL(system.origin)
    if (req.headers.host !== own.host) {
      res.redirect(302, new URL(req.originalUrl, own).href)
      return
    }
    const view = await readPanel(school, system.urls, at)
    const visit = await visits.of(req, res)
    res
      .type('html')
      .send(renderPage(<LessonPage visit={visit} view={view} dock={school.progress.dock()} origins={origins} />))
  })

  for (const [path, Page] of [
    [PANEL, PanelPage],
    [`${PANEL}/do`, DoForMePage],
    [`${PANEL}/scene`, ScenePage],
  ] as const) {
    router.get<Params>(path, async (req, res) => {
      const view = await readPanel(school, system.urls, await lessonOf(req.params))
      const visit = await visits.of(req, res)
      const underWay = await readUnderWay(deps)
      res.type('html').send(renderPage(<Page visit={visit} framed={isFramed(req)} view={view} underWay={underWay} />))
    })
  }

  /** A form of the panel: what it asks for is done, and the panel says so. */
  const act =
    (
      does: (tutor: Tutor, at: LessonOfCourse) => Promise<Message | undefined>,
      leadsTo: typeof statePath = statePath,
    ): RequestHandler<Params> =>
    async (req, res) => {
      const at = await lessonOf(req.params)
      const path = leadsTo(at.course, at.number)
      // Without a message the panel's own state says it all.
      await visits.perform(req, res, { path }, async () => {
        return (await does(await school.tutor(), at)) ?? { elsewhere: path }
      })
    }

  router.post(
    `${PANEL}/check`,
    act(async (tutor, { course, lesson }) => tellCheck(await tutor.check(course, lesson))),
  )
  router.post(
    `${PANEL}/hint`,
    act(async (_tutor, { course, lesson }) => {
      await school.progress.showHint(course, lesson)
      return undefined
    }),
  )
  router.post(
    `${PANEL}/begin`,
    act(async (tutor, { course, lesson }) => {
      await tutor.begin(course, lesson)
      return undefined
    }, beginningPath),
  )
  router.post(
    `${PANEL}/go-on`,
    act(async (tutor, { course, lesson }) => {
      await tutor.goOn(course, lesson)
      return message('info', 'The lesson goes on in the world as it is now.')
    }),
  )
  router.post(
    `${PANEL}/scene`,
    act(async (tutor, { course, lesson }) => {
      await tutor.take(course, lesson)
      return tellWork(tutor, course, lesson, 'The scene is set: the lesson begins.')
    }, beginningPath),
  )
  router.post(
    `${PANEL}/do`,
    act(async (tutor, at) => {
      const { course, lesson } = at
      await tutor.doForMe(course, lesson)
      const { steps } = await readPanel(school, system.urls, at)
      return tellWork(tutor, course, lesson, `Done for you: ${steps.map(({ title }) => title).join('; ')}.`)
    }),
  )
  return router
}

const message = (tone: Message['tone'], title: string): Message => ({ tone, title, lines: [] })

/** Only what the state below does not say itself: that somebody looked. */
function tellCheck(standing: Standing): Message | undefined {
  if (standing.kind === 'open') return message('info', 'Checked: it is not done yet.')
  return standing.kind === 'done' ? message('success', 'Checked: it is done.') : undefined
}

async function tellWork(
  tutor: Tutor,
  course: LessonOfCourse['course'],
  lesson: LessonOfCourse['lesson'],
  over: string,
): Promise<Message | undefined> {
  if (tutor.failure(course, lesson) !== undefined) return undefined
  const { kind } = await tutor.standing(course, lesson)
  return kind === 'working' ? undefined : message('success', over)
}
