import type { Sessions } from '#kit/http/sessions.ts'
import type { Mailer } from '#kit/mail/send-mail.ts'
import type { DialpadSystem } from '../commands/work.ts'
import type { MicrosoftDirectory } from '../directory/microsoft-directory.ts'
import type { LoginAttempts } from './login-attempts.ts'
import type { MicrosoftLogin } from './microsoft/relying-party.ts'

/** What every page of the site, the ways in and the portal lives on. */
export interface PageDeps {
  readonly system: DialpadSystem
  readonly sessions: Sessions
  readonly attempts: LoginAttempts
  /** Assertions are of wall time, whatever the virtual clock says (docs/architecture.md, "Two clocks"). */
  readonly wallNowMs: () => number
  /** Sends invitations to the mail catcher of the kit. */
  readonly mailer: Mailer
  /** Absent where no address of an OpenID provider is known: the buttons then say so. */
  readonly microsoft: MicrosoftLogin | undefined
  /** Absent with it. */
  readonly directory: MicrosoftDirectory | undefined
}
