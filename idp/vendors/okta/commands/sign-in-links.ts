import { createMailer, type MailOutcome } from '#kit/mail/send-mail.ts'
import { hashPassword } from '#kit/secrets.ts'
import { displayNameOf } from '../assignments/settle.ts'
import type { OktaSystem, OktaUser, OktaUserStatus } from '../collections.ts'
import { userByLogin } from '../sign-in/check-password.ts'
import { linkUrl, makeLink, personOfLink } from '../sign-in/links.ts'
import { activationMail, recoveryMail } from '../sign-in/mails.ts'
import type { LinkPurpose } from '../sign-in/records.ts'
import { endSessionsOf } from '../sign-in/session.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { inChange, inOwnChange } from './in-change.ts'
import { knownUser } from './known.ts'
import { keepPassword, requireStatus, withStatus } from './people.ts'

/** Activation and password recovery by mail (reference sheet 1.11, 4.1). */

/** A link that was made. The token is told here and nowhere else. */
export interface IssuedLink {
  readonly user: OktaUser
  readonly token: string
  readonly url: string
  /** Absent: no mail was wanted. */
  readonly mail?: MailOutcome
}

export interface LinkRequest {
  readonly userId: string
  /** The link goes to the person by mail; the default. */
  readonly sendMail?: boolean
}

async function issued(
  { system }: CommandDeps,
  purpose: LinkPurpose,
  { user, token }: Pick<IssuedLink, 'user' | 'token'>,
  sendMail = true,
): Promise<IssuedLink> {
  const url = linkUrl(system, purpose, token)
  if (!sendMail) return { user, token, url }
  return { user, token, url, mail: await send(system, purpose, user, url) }
}

function send(system: OktaSystem, purpose: LinkPurpose, user: OktaUser, url: string): Promise<MailOutcome> {
  const company = system.store.get('org', 'org')?.companyName ?? 'Your organization'
  const write = purpose === 'activation' ? activationMail : recoveryMail
  return createMailer(system.urls['smtp'], system.journal).send(write({ user, company, url }))
}

/**
 * The link by which somebody pending chooses their first password. Asked for again, it is another one, and the log says that they
 * were reactivated.
 * @throws {OktaRefusal} E0000006, E0000007, E0000038 unless they are pending.
 */
export async function sendActivation(
  deps: CommandDeps,
  actor: Actor,
  { userId, sendMail }: LinkRequest,
): Promise<IssuedLink> {
  const link = await inChange(
    deps,
    actor,
    'people',
    ({ tx, clock, actor: by }) => {
      const user = knownUser(tx, userId)
      requireStatus(user, ['PROVISIONED'])
      if (tx.has('signInLinks', `activation/${userId}`)) {
        recordEvent(tx, clock, { eventType: 'user.lifecycle.reactivate', actor: by, target: [userTarget(user)] })
      }
      return { user, token: makeLink(tx, clock, 'activation', userId) }
    },
    ({ user }) => ({
      title: `${displayNameOf(user)} was asked to activate their account`,
      subject: user.profile.login,
      change: { type: 'user', id: userId },
    }),
  )
  return issued(deps, 'activation', link, sendMail)
}

/**
 * Reset Password by an administrator: sessions end, the password is of no more use, and the person chooses a new one by the link.
 * @throws {OktaRefusal} E0000006, E0000007, E0000038 in a state without password.
 */
export async function startRecovery(
  deps: CommandDeps,
  actor: Actor,
  { userId, sendMail }: LinkRequest,
): Promise<IssuedLink> {
  const link = await inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock, actor: by } = change
      const before = knownUser(tx, userId)
      requireStatus(before, ['ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT'])
      const { passwordHash: _, ...user } = withStatus(change, before, 'RECOVERY')
      tx.put('users', userId, user)
      tx.delete('signInGuards', userId)
      endSessionsOf(tx, userId)
      recordEvent(tx, clock, { eventType: 'user.account.reset_password', actor: by, target: [userTarget(user)] })
      return { user, token: makeLink(tx, clock, 'recovery', userId) }
    },
    ({ user }) => ({
      title: `The password of ${displayNameOf(user)} was reset`,
      subject: user.profile.login,
      change: { type: 'user', id: userId },
    }),
  )
  return issued(deps, 'recovery', link, sendMail)
}

/** States in which people may ask for a new password by themselves. */
const MAY_RECOVER: readonly OktaUserStatus[] = ['ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED']

/**
 * "Forgot password?": send the link, if there is such a person and their state has a password. Nobody is told whether. The state and
 * the password stay as they are until the link is used, so that whoever types the name of somebody else changes nothing for them.
 * Resolves before the mail is out: how long it takes tells nothing either.
 */
export async function requestRecovery(deps: CommandDeps, login: string): Promise<void> {
  const { system } = deps
  const known = userByLogin(system.store, login)
  if (known === undefined || !MAY_RECOVER.includes(known.status)) return
  const link = await inOwnChange(
    deps,
    known.id,
    ({ tx, clock, actor }) => {
      const user = knownUser(tx, known.id)
      recordEvent(tx, clock, { eventType: 'user.account.reset_password', actor, target: [userTarget(user)] })
      return { user, token: makeLink(tx, clock, 'recovery', user.id) }
    },
    ({ user }) => ({
      title: `${displayNameOf(user)} asked for a new password`,
      subject: user.profile.login,
      change: { type: 'user', id: user.id },
    }),
  )
  void issued(deps, 'recovery', link)
}

/**
 * Choose the password a link is for. The person is active, earlier sessions are over, and the link is of no more use.
 * @returns `undefined` for a link that is no good any more.
 */
export async function completeLink(
  deps: CommandDeps,
  purpose: LinkPurpose,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<OktaUser | undefined> {
  const { system } = deps
  const known = personOfLink(system, purpose, token)
  if (known === undefined) return undefined
  const passwordHash = await hashPassword(password)
  return inOwnChange(
    deps,
    known.id,
    (change) => {
      const { tx, clock } = change
      const user = personOfLink({ store: tx, clock }, purpose, token)
      if (user === undefined) return undefined
      tx.delete('signInLinks', `${purpose}/${user.id}`)
      tx.delete('signInGuards', user.id)
      endSessionsOf(tx, user.id)
      return keepPassword(deps, change, user.id, password, passwordHash)
    },
    (user) =>
      user && {
        title: `${displayNameOf(user)} ${purpose === 'activation' ? 'activated their account' : 'chose a new password'}`,
        subject: user.profile.login,
        change: { type: 'user', id: user.id },
      },
  )
}
