import type { OidcService } from '#idp/protocols/oidc/service.ts'
import type { Sessions } from '#kit/http/sessions.ts'
import type { EntraSystem } from '../collections.ts'
import type { KnownBrowsers } from './states/known-browsers.ts'

/** What the sign-in pages live on. */
export interface SignInDeps {
  readonly system: EntraSystem
  readonly oidc: OidcService
  /** Wall clock of codes, tokens and assertions. */
  readonly wallNowMs: () => number
  /** Anonymous sessions of people on their way in: they hold the CSRF token of the forms. */
  readonly sessions: Sessions
  /** What is known of browsers: accounts to pick from. */
  readonly browsers: KnownBrowsers
}
