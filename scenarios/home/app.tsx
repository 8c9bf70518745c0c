import type { Request, Response } from 'express'
import { hostGuard } from '#kit/control/guard.ts'
import { createOperations } from '#kit/control/operations.ts'
import { createApp, finishApp } from '#kit/http/create-app.ts'
import type { Problem } from '#kit/http/errors.ts'
import { type Residence, residence } from '#kit/system/host-systems.ts'
import type { Service, System } from '#kit/system/system.ts'
import { renderPage } from '#kit/ui/render.ts'
import { createAllSystems } from './control/all-systems.ts'
import { homeControlRoutes } from './control/routes.ts'
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

/** The kit home, ready to be hosted; mails that come in by `mail` go to its inbox. */
export function homeResidence(mail: MailPort): Residence {
  return residence(HOME_SPEC, (system) => {
    mail.onMessage((message) => receiveMail(system, message))
    return createHome(system)
  })
}

/** The home's origin: its pages, and the control API that acts on all systems. */
export function createHome(system: System<HomeShape>, { patienceMs = PATIENCE_MS } = {}): Service {
  const neighbours = createNeighbours(system.urls, system.outbound)
  const all = createAllSystems(system, neighbours)
  const reader = createJournalReader(system, neighbours)
  const operations = createOperations(patienceMs, system.clock.iso)
  const app = createApp(system, {
    assets: homeAssets,
    control: homeControlRoutes(system, all, reader, operations),
    // Its pages show what goes on elsewhere, and look every few seconds.
    journalled: false,
  })
  app.use(hostGuard(system.urls))
  app.use(homePages({ system, neighbours, all, reader, operations }))
  finishApp(app, { page: (problem, req, res) => problemPage(system, problem, req, res) })
  return { name: system.name, handler: app, start: async () => {}, stop: async () => {} }
}

function problemPage(system: System<HomeShape>, problem: Problem, req: Request, _res: Response): string {
  const frame = { nowIso: system.clock.iso(), kitUrl: system.origin, path: req.originalUrl }
  return renderPage(<ProblemPage frame={frame} problem={problem} />)
}
