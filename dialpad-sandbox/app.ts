import { createApp, finishApp } from '#kit/http/create-app.ts'
import { csrf } from '#kit/http/csrf.ts'
import { createSessions } from '#kit/http/sessions.ts'
import { createMailer } from '#kit/mail/send-mail.ts'
import { type Residence, residence } from '#kit/system/host-systems.ts'
import type { Service } from '#kit/system/system.ts'
import { changeLogDeliveries } from './commands/deliver-change-log.ts'
import { invitationRemovals } from './commands/invitations.ts'
import { licenceRemovals } from './commands/licences.ts'
import { noteTurnedAway } from './commands/turned-away.ts'
import type { DialpadSystem } from './commands/work.ts'
import { dialpadControlRoutes } from './control.ts'
import { createMicrosoftDirectory } from './directory/microsoft-directory.ts'
import { dialpadAssets } from './portal/look/look.ts'
import { portalRoutes } from './portal/portal-routes.tsx'
import { restRoutes } from './rest/routes.ts'
import { isScimRequest, scimRoutes } from './scim/routes.ts'
import type { PageDeps } from './sign-in/deps.ts'
import { inviteRoutes } from './sign-in/invite/invite-routes.tsx'
import { createLoginAttempts } from './sign-in/login-attempts.ts'
import { loginRoutes } from './sign-in/login-routes.tsx'
import { microsoftRoutes } from './sign-in/microsoft/microsoft-routes.tsx'
import { createMicrosoftLogin } from './sign-in/microsoft/relying-party.ts'
import { recoveryRoutes } from './sign-in/recovery/recovery-routes.tsx'
import { submitScript } from './sign-in/saml/bring-along-page.tsx'
import { samlRoutes } from './sign-in/saml/saml-routes.tsx'
import { signUpRoutes } from './sign-in/sign-up/sign-up-routes.tsx'
import { neverStored, refusalsAsProblems, renderProblem } from './site/page-rules.tsx'
import { siteRoutes } from './site/site-routes.tsx'
import { DIALPAD_SPEC } from './spec.ts'

export type { DialpadSceneCalls } from './scene/commands.ts'

/** A browser that stays away this long, in virtual time, has to log in again. */
const SESSION_MINUTES = 14 * 24 * 60

export interface DialpadOptions {
  /**
   * Address of the OpenID provider behind "with Microsoft" (`MICROSOFT_AUTHORITY`); unless told, `{entra}/organizations/v2.0` of the
   * system's own addresses. Without either, the buttons are unavailable and say why.
   */
  readonly microsoftAuthority?: string
  /** Wall time by which assertions are judged; unless told, the machine's. */
  readonly wallNowMs?: () => number
  /** See `AppOptions.patienceMs`. */
  readonly patienceMs?: number
}

/** Dialpad on an opened system: public site, ways in, admin portal, SCIM server, control API. */
export function createDialpad(system: DialpadSystem, options: DialpadOptions = {}): Service {
  system.schedule.register(changeLogDeliveries(system))
  const deps = pageDeps(system, options)
  system.schedule.register(invitationRemovals(system))
  system.schedule.register(licenceRemovals(system))
  const app = createApp(system, {
    assets: [...dialpadAssets, submitScript],
    control: dialpadControlRoutes(system),
    leaveBody: isScimRequest,
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
  })
  app.use(['/scim/v2', '/scim'], scimRoutes(system))
  app.use('/api/v2', restRoutes(system))
  app.use(neverStored())
  // Before the check of forms: answers are posted from the identity provider's page.
  app.use(samlRoutes(deps))
  app.use(csrf(deps.sessions))
  app.use(
    siteRoutes(deps),
    loginRoutes(deps),
    microsoftRoutes(deps),
    signUpRoutes(deps),
    inviteRoutes(deps),
    recoveryRoutes(deps),
    portalRoutes(deps),
  )
  app.use(refusalsAsProblems())
  const handler = finishApp(app, { page: renderProblem(deps) })
  return { name: system.name, handler, start: () => Promise.resolve(), stop: () => Promise.resolve() }
}

/** Dialpad, ready to be hosted. An empty or absent authority means the default of {@link DialpadOptions}. */
export function dialpadResidence(microsoftAuthority?: string): Residence {
  const options = microsoftAuthority ? { microsoftAuthority } : {}
  return residence(DIALPAD_SPEC, (system) => createDialpad(system, options))
}

function pageDeps(system: DialpadSystem, options: DialpadOptions): PageDeps {
  const entra = system.urls['entra']
  const authority = options.microsoftAuthority ?? (entra === undefined ? undefined : `${entra}/organizations/v2.0`)
  const attempts = createLoginAttempts(system.clock)
  system.onReplaced(() => attempts.forgetAll())
  const sessions = createSessions(system, { cookie: 'session', idleMinutes: SESSION_MINUTES })
  const { origin, outbound, vault } = system
  const wallNowMs = options.wallNowMs ?? Date.now
  const microsoft =
    authority === undefined ? undefined : createMicrosoftLogin({ authority, origin, outbound, wallNowMs })
  return {
    system,
    attempts,
    wallNowMs,
    mailer: createMailer(system.urls['smtp'], system.journal),
    sessions,
    microsoft,
    // Where the sign-in is, there is Graph: one origin stands for all of Microsoft's.
    directory:
      authority === undefined || microsoft === undefined
        ? undefined
        : createMicrosoftDirectory({
            graph: new URL(authority).origin,
            microsoft,
            sessions,
            vault,
            outbound,
            onEnded: (admin, words) => noteTurnedAway(system, 'refresh-token', admin, reasonIn(words)),
          }),
  }
}

/** The code Microsoft's words begin with; the rest names the moment and the request. */
function reasonIn(words: string | undefined): string {
  return /^AADSTS\d+/.exec(words ?? '')?.[0] ?? 'Microsoft takes them no more'
}
