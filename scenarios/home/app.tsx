import type { Request, Response } from 'express'
import { hostGuard } from '#kit/control/guard.ts'
import { createOperations } from '#kit/control/operations.ts'
import { createApp, finishApp } from '#kit/http/create-app.ts'
import type { Problem } from '#kit/http/errors.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import { type Residence, residence } from '#kit/system/host-systems.ts'
import type { Service, System } from '#kit/system/system.ts'
import { renderPage } from '#kit/ui/render.ts'
import { createDemo } from '#scenarios/demo/demo.ts'
import type { Course } from '#scenarios/lessons/lesson.ts'
import { LEARNING_COLLECTIONS } from '#scenarios/lessons/progress/learning-records.ts'
import { createOneWork } from '#scenarios/lessons/progress/one-work.ts'
import { type LearningStore, openLearning } from '#scenarios/lessons/progress/open-learning.ts'
import { createAllSystems } from './control/all-systems.ts'
import { homeControlRoutes } from './control/routes.ts'
import { accessTo } from './kit-access.ts'
import { createLaboratory } from './labs/laboratory.ts'
import { createSchool } from './lessons/school.ts'
import { homeAssets } from './look/look.ts'
import type { MailPort } from './mail/mail-port.ts'
import { receiveMail } from './mail/receive-mail.ts'
import { createNeighbours } from './neighbours.ts'
import { homePages } from './pages/home-pages.ts'
import { ProblemPage } from './pages/problem-page.tsx'
import type { HomeShape } from './records.ts'
import { HOME_SPEC } from './spec.ts'
import { createJournalReader } from './timeline/read-journals.ts'

/** Wall milliseconds a change of all systems may take before it is answered with an operation to ask for. */
const PATIENCE_MS = 60_000

export interface HomeOptions {
  readonly patienceMs?: number
  /** What was learned; in memory unless told. */
  readonly learning?: LearningStore
  /** The courses of the lesson pages; those of the catalogue unless told. */
  readonly courses?: readonly Course[]
}

/**
 * The kit home, ready to be hosted; mails that come in by `mail` go to its inbox. What was learned is kept beside its state, where
 * no reset reaches it.
 */
export function homeResidence(mail: MailPort, options: Pick<HomeOptions, 'courses'> = {}): Residence {
  return {
    name: HOME_SPEC.name,
    async open(openOptions) {
      const learning = await openLearning(openOptions.dataDir)
      try {
        const home = residence(HOME_SPEC, (system) => {
          mail.onMessage((message) => receiveMail(system, message))
          return createHome(system, { ...options, learning })
        })
        const resident = await home.open(openOptions)
        return {
          ...resident,
          async close() {
            await resident.close()
            await learning.close()
          },
        }
      } catch (error) {
        await learning.close()
        throw error
      }
    },
  }
}

/** The home's origin: its pages, and the control API that acts on all systems. */
export function createHome(system: System<HomeShape>, options: HomeOptions = {}): Service {
  const { patienceMs = PATIENCE_MS, learning = openMemoryStore(LEARNING_COLLECTIONS), courses } = options
  const neighbours = createNeighbours(system.urls, system.outbound)
  const all = createAllSystems(system, neighbours)
  const reader = createJournalReader(system, neighbours)
  const operations = createOperations(patienceMs, system.clock.iso)
  const app = createApp(system, {
    assets: homeAssets,
    control: homeControlRoutes(system, all, reader, operations),
    // Its pages show what goes on elsewhere, and look every few seconds.
    journalled: false,
    // Lessons stand beside the page they speak of.
    frames: neighbours.map(({ url }) => url),
  })
  app.use(hostGuard(system.urls))
  const oneWork = createOneWork()
  const school = createSchool(system, { learning, courses, oneWork })
  const laboratory = createLaboratory(system, learning, oneWork)
  const demo = createDemo(() => accessTo(system, 'Demonstrations'))
  app.use(homePages({ system, neighbours, all, reader, operations, school, laboratory, demo }))
  finishApp(app, { page: (problem, req, res) => problemPage(system, problem, req, res) })
  return { name: system.name, handler: app, start: async () => {}, stop: demo.clear }
}

function problemPage(system: System<HomeShape>, problem: Problem, req: Request, _res: Response): string {
  const frame = { nowIso: system.clock.iso(), kitUrl: system.origin, path: req.originalUrl }
  return renderPage(<ProblemPage frame={frame} problem={problem} />)
}
