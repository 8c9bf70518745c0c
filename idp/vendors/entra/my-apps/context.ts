import type { Request, Response } from 'express'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { Frame } from '#kit/ui/look.ts'
import type { EntraSystem, Tenant } from '../collections.ts'
import { frameOf } from '../sign-in/frame.ts'
import type { PortalSession } from '../sign-in/portal-session.ts'

/** What the pages of My Apps live on. */
export interface MyAppsDeps {
  readonly system: EntraSystem
  readonly session: PortalSession
}

/** What every page of the portal needs of one request. */
export interface MyAppsContext {
  readonly frame: Frame
  readonly user: DirectoryUser
  readonly tenant: Tenant
  /** What the action before this page did; shown once. */
  readonly said?: string | undefined
}

/** Name under which the session, and then the answer, keeps the line for the next page. */
export const SAID = 'said'

/** Gather what a page needs. @throws {Refusal} `signed_out` (401) without a session. */
export function contextOf({ system, session }: MyAppsDeps, req: Request, res: Response): MyAppsContext {
  const { user, tenant, csrfToken } = session.currentUser(req)
  const said: unknown = res.locals[SAID]
  const frame = frameOf(system, req.originalUrl, csrfToken)
  return { frame, user, tenant, ...(typeof said === 'string' ? { said } : {}) }
}
