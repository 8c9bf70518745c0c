import type { DueSource } from '#kit/clock.ts'
import { hashSecret, randomToken } from '#kit/secrets.ts'
import { type Actor, actorOfUser, SYSTEM_ACTOR, userTarget } from '../domain/change-log.ts'
import { INVITATION_DAYS, isInvitationOpen, removalTime } from '../domain/invitations.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import { primaryEmail } from '../domain/user-states.ts'
import { judgeWayIn } from '../domain/ways-in.ts'
import type { Company, DialpadUser, LicenceType } from '../records.ts'
import { addUser } from './create-user.ts'
import { removeUser } from './delete-user.ts'
import { addNumber, type NumberWish } from './numbers.ts'
import { companyOf, presentUser } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** Inviting people (reference sheet 2.1, 3.5): they are pending until they accept. */

const TOKEN_BYTES = 32
/** Removals that are announced at a time; they are filed in the order they fall due. */
const ANNOUNCED = 100

export interface Invitee {
  readonly email: string
  readonly givenName: string
  readonly familyName: string
  /** Absent: no number. A licence without a direct number brings none in any case. */
  readonly number?: NumberWish | undefined
}

/** A person, and the token of the link that goes to them by mail; it is kept as a hash only. */
export interface Invited {
  readonly user: DialpadUser
  readonly token: string
}

/**
 * Add people of the company's domain as pending and make their invitations: all of them or none.
 *
 * @throws {DialpadRefusal} as `createUser` and `assignNumber`; `field` names the address it is about: `email:ada@…`.
 */
export function inviteUsers(
  system: DialpadSystem,
  actor: Actor,
  input: {
    readonly companyId: string
    readonly officeId: string
    readonly licence: LicenceType
    readonly people: readonly Invitee[]
  },
): Promise<readonly Invited[]> {
  return act(system, actor, (work) =>
    input.people.map((person) => {
      const { number, ...who } = person
      try {
        const user = addUser(work, {
          ...who,
          companyId: input.companyId,
          licence: input.licence,
          placement: { kind: 'office', officeId: input.officeId },
          state: 'pending',
          origin: 'portal',
          withNumber: false,
        })
        if (number !== undefined) {
          addNumber(work, companyOf(work.tx, user.companyId), { type: 'user', id: user.id }, number)
        }
        return { user: presentUser(work.tx, user.id), token: makeInvitation(work, user) }
      } catch (error) {
        throw error instanceof DialpadRefusal ? aboutPerson(error, person.email) : error
      }
    }),
  ).finally(() => system.schedule.touch())
}

/** A new link; the one sent before is of no more use. @throws {DialpadRefusal} `not-found`; `not-pending`. */
export function renewInvitation(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  userId: string,
): Promise<Invited> {
  return act(system, actor, (work) => {
    const user = presentUser(work.tx, userId)
    if (user.companyId !== companyId || user.state !== 'pending') {
      throw new DialpadRefusal({
        code: 'not-pending',
        status: 400,
        message: `${primaryEmail(user)} has accepted the invitation already`,
      })
    }
    return { user, token: makeInvitation(work, user) }
  }).finally(() => system.schedule.touch())
}

/** Whose invitation this is. @returns `undefined` for a link that is unknown, used, replaced or too old. */
export function findInvited(system: DialpadSystem, token: string): DialpadUser | undefined {
  const invitation = system.store.find('invitations', 'hash', hashSecret(token))[0]
  if (invitation === undefined || !isInvitationOpen(invitation, system.clock.now())) return undefined
  const user = system.store.get('users', invitation.userId)
  return user?.state === 'pending' ? user : undefined
}

/**
 * Whose link this was, when they were suspended since: the link is of no more use, not even once they are active again.
 * @returns `undefined` for every other link.
 */
export function findSuspendedInvitee(system: DialpadSystem, token: string): DialpadUser | undefined {
  const invitation = system.store.find('invitations', 'hash', hashSecret(token))[0]
  const user = invitation === undefined ? undefined : system.store.get('users', invitation.userId)
  return user?.state === 'suspended' ? user : undefined
}

/**
 * Accept: the link proves the address. The person is active and has a password; the link is of no more use.
 *
 * @throws {DialpadRefusal} `invitation-not-valid`; `saml-only` or `company-suspended` (403) where no password lets anybody in.
 */
export function acceptInvitation(
  system: DialpadSystem,
  token: string,
  input: { readonly givenName: string; readonly familyName: string; readonly passwordHash: string },
): Promise<DialpadUser> {
  const invited = findInvited(system, token)
  return act(system, invited === undefined ? SYSTEM_ACTOR : actorOfUser(invited), (work) => {
    const invitation = work.tx.find('invitations', 'hash', hashSecret(token))[0]
    const user = invitation === undefined ? undefined : work.tx.get('users', invitation.userId)
    if (invitation === undefined || !isInvitationOpen(invitation, work.nowMs) || user?.state !== 'pending') {
      throw new DialpadRefusal({
        code: 'invitation-not-valid',
        status: 400,
        message: 'This invitation was used already, replaced by a newer one, or is too old',
      })
    }
    checkWayIn(user, companyOf(work.tx, user.companyId), work.nowMs)
    const after: DialpadUser = {
      ...user,
      ...input,
      state: 'active',
      version: user.version + 1,
      modifiedAt: work.now,
    }
    work.tx.delete('invitations', user.id)
    work.tx.put('users', user.id, after)
    work.log(user.companyId, {
      action: 'invitation_accepted',
      note: `${primaryEmail(user)} accepted the invitation`,
      target: userTarget(after),
    })
    work.note(primaryEmail(user), `${primaryEmail(user)} accepted the invitation`, {
      type: 'user',
      id: user.id,
      before: { state: 'pending' },
      after: { state: 'active' },
    })
    return after
  })
}

function checkWayIn(user: DialpadUser, company: Company, nowMs: number): void {
  const verdict = judgeWayIn(user, company, nowMs)
  if (verdict !== 'saml-only' && verdict !== 'company-suspended') return
  const message =
    verdict === 'saml-only'
      ? `${company.name} logs in with SAML only`
      : `${company.name} is suspended for an unpaid bill`
  throw new DialpadRefusal({ code: verdict, status: 403, message })
}

/** For `system.schedule.register`, once: unused invitations are removed after a while, and with them the pending people. */
export function invitationRemovals(system: DialpadSystem): DueSource {
  const { store } = system
  return {
    list: () =>
      store.page('invitations', 0, ANNOUNCED).map((invitation) => ({
        id: `invitation/${invitation.userId}/${invitation.sentAt}`,
        what: 'An unused invitation is removed',
        at: removalTime(invitation),
      })),
    run: (item) =>
      act(system, SYSTEM_ACTOR, (work) => {
        const [, userId = '', sentAt = ''] = item.id.split('/')
        const invitation = work.tx.get('invitations', userId)
        if (invitation?.sentAt !== sentAt) return 'the invitation is gone'
        work.tx.delete('invitations', userId)
        const user = work.tx.get('users', userId)
        if (user?.state !== 'pending') return 'the person is not pending any more'
        removeUser(work, userId)
        work.tx.delete('users', userId)
        work.log(user.companyId, {
          action: 'invitation_removed',
          note: `Invitation of ${primaryEmail(user)} not accepted within ${INVITATION_DAYS} days: removed`,
          target: userTarget(user),
        })
        return `${primaryEmail(user)}: invitation and pending user removed`
      }),
  }
}

/** @returns the token; filed anew, so that the oldest invitation stays the first one. */
function makeInvitation(work: Work, user: DialpadUser): string {
  const token = randomToken(TOKEN_BYTES)
  work.tx.delete('invitations', user.id)
  work.tx.put('invitations', user.id, {
    userId: user.id,
    companyId: user.companyId,
    hash: hashSecret(token),
    sentAt: work.now,
  })
  work.log(user.companyId, {
    action: 'invitation_sent',
    note: `${primaryEmail(user)} invited`,
    target: userTarget(user),
  })
  return token
}

function aboutPerson(refusal: DialpadRefusal, email: string): DialpadRefusal {
  const { code, status, message, field } = refusal
  return new DialpadRefusal({
    code,
    status: status === 409 ? 409 : 400,
    message,
    field: field === 'licence' ? field : `email:${email}`,
  })
}
