import type { Request, RequestHandler, Response } from 'express'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { Frame, Tone } from '#kit/ui/look.ts'
import type { NavItem } from '#kit/ui/side-nav.tsx'
import type { EntraSystem, Tenant } from '../collections.ts'
import type { Actor, Standing } from '../commands/actor.ts'
import { type Experience, type PortalEdition, portalEdition } from '../portal-edition.ts'
import type { DirectoryRoleName } from '../roles.ts'
import type { AdminSession } from '../sign-in/admin-session.tsx'
import { frameOf } from '../sign-in/frame.ts'

/** What the pages of the admin center live on. */
export interface AdminDeps {
  readonly system: EntraSystem
  readonly admin: AdminSession
  /** Entries of the Monitoring group, for pages mounted beside these. Without any the group is not shown. */
  readonly monitoring?: readonly NavItem[]
}

/** One line that tells what the last action did. */
export interface Said {
  readonly tone: Tone
  readonly text: string
}

/** What every page of one request needs: who works here, and what belongs around the page. */
export interface AdminContext {
  readonly frame: Frame
  readonly person: DirectoryUser
  readonly tenant: Tenant
  readonly roles: readonly DirectoryRoleName[]
  readonly standing: Standing
  readonly actor: Actor
  readonly monitoring: readonly NavItem[]
  /** Names and navigation of the portal. */
  readonly edition: PortalEdition
  /** The layout this person has chosen for an app's provisioning, else the edition's. */
  experienceOf(appId: string): Experience
  /** What the action before this page did; shown once. */
  readonly said?: Said
}

const experienceKey = (appId: string): string => `experience.${appId}`

function chosenExperience(kept: Readonly<Record<string, string>>, appId: string): Experience | undefined {
  const chosen = kept[experienceKey(appId)]
  return chosen === 'current' || chosen === 'classic' ? chosen : undefined
}

/** Remember which layout of an app's provisioning this person wants to see, until they sign out. */
export async function chooseExperience(
  { admin }: AdminDeps,
  req: Request,
  appId: string,
  experience: Experience,
): Promise<void> {
  await admin.sessions.set(req, { [experienceKey(appId)]: experience })
}

/** Name under which the session keeps the line for the next page. */
const SAID = 'said'

/** Takes the line an action left for the next page out of the session, so that it is shown once. Mount it before the pages. */
export function noticeReader({ admin }: AdminDeps): RequestHandler {
  return async (req, res, next) => {
    const kept = req.method === 'GET' ? admin.sessions.of(req)?.data[SAID] : undefined
    // A live part asks for its page in the background: the line is for the eyes of the next real visit.
    if (kept !== undefined && req.get('hx-request') === undefined) {
      await admin.sessions.set(req, { [SAID]: undefined })
      res.locals[SAID] = JSON.parse(kept) as Said
    }
    next()
  }
}

/** Leave a line for the next page this person opens. */
export async function say({ admin }: AdminDeps, req: Request, text: string, tone: Tone = 'success'): Promise<void> {
  await admin.sessions.set(req, { [SAID]: JSON.stringify({ tone, text } satisfies Said) })
}

/** Tell something on the page being answered, unless an action left a line for it. */
export function tell(res: Response, text: string, tone: Tone): void {
  res.locals[SAID] ??= { tone, text } satisfies Said
}

/** The end of an action: back to a page (303), which tells what happened. */
export async function goSaying(deps: AdminDeps, req: Request, res: Response, to: string, text: string): Promise<void> {
  await say(deps, req, text)
  res.redirect(303, to)
}

/** Gather what a page needs. Call it once per answer. @throws {Refusal} `signed_out` (401) without a session. */
export function contextOf(deps: AdminDeps, req: Request, res: Response): AdminContext {
  const { user, tenant, roles, csrfToken } = deps.admin.currentUser(req)
  const said: unknown = res.locals[SAID]
  const edition = portalEdition(deps.system.switches)
  const kept = deps.admin.sessions.of(req)?.data ?? {}
  return {
    frame: frameOf(deps.system, req.originalUrl, csrfToken),
    person: user,
    tenant,
    roles,
    standing: { tenant, userId: user.id, roles },
    actor: { kind: 'person', userId: user.id },
    monitoring: deps.monitoring ?? [],
    edition,
    experienceOf: (appId) => chosenExperience(kept, appId) ?? edition.experience,
    ...(said === undefined ? {} : { said: said as Said }),
  }
}
