import { hashPassword, verifyPassword } from '#kit/secrets.ts'
import { actorOfUser, userTarget } from '../domain/change-log.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import { primaryEmail } from '../domain/user-states.ts'
import { judgeWayIn } from '../domain/ways-in.ts'
import type { Company, DialpadUser } from '../records.ts'
import { companyOf, presentUser } from './user-checks.ts'
import { act, type DialpadSystem } from './work.ts'

/** The ways in, as decisions: passwords, and identities pinned at the provider (reference sheet 1.11, 2.1). */

export type PasswordLogin =
  | { readonly kind: 'ok'; readonly user: DialpadUser }
  /** No such account, or not its password: not told apart. */
  | { readonly kind: 'wrong' }
  /** The password was right, and the account is suspended. */
  | { readonly kind: 'suspended'; readonly user: DialpadUser }
  /** The password was right, and the company is suspended for its bill. */
  | { readonly kind: 'company-suspended'; readonly user: DialpadUser; readonly company: Company }
  /** The password was right, and the company lets nobody in but by SAML. */
  | { readonly kind: 'saml-only'; readonly user: DialpadUser; readonly company: Company }
  /** The account signs in with a provider only. Told to people who typed any password, so it reveals no more than the page. */
  | { readonly kind: 'no-password' }

/** Judge an e-mail and password. Writes nothing; {@link recordSignIn} follows on `ok`. */
export async function verifyPasswordLogin(
  system: DialpadSystem,
  input: { readonly email: string; readonly password: string },
): Promise<PasswordLogin> {
  const user = system.store.find('users', 'email', input.email.trim().toLowerCase())[0]
  // Without a record a password is hashed all the same: the time taken does not tell whether an account exists.
  const isRight =
    user?.passwordHash === undefined
      ? (await hashPassword(input.password)) === ''
      : await verifyPassword(input.password, user.passwordHash)
  if (user !== undefined && user.passwordHash === undefined) return { kind: 'no-password' }
  if (user === undefined || !isRight) return { kind: 'wrong' }
  const company = companyOf(system.store, user.companyId)
  const verdict = judgeWayIn(user, company, system.clock.now())
  switch (verdict) {
    case 'open':
      return { kind: 'ok', user }
    case 'suspended':
      return { kind: 'suspended', user }
    case 'company-suspended':
    case 'saml-only':
      return { kind: verdict, user, company }
  }
}

/** Note the sign-in; somebody who was invited has accepted by it. @throws {DialpadRefusal} `not-found`. */
export function recordSignIn(system: DialpadSystem, userId: string, method: string): Promise<DialpadUser> {
  return act(system, actorOfUser(presentUser(system.store, userId)), (work) => {
    const user = presentUser(work.tx, userId)
    const state = user.state === 'pending' ? 'active' : user.state
    const after: DialpadUser = {
      ...user,
      state,
      firstLoginAt: user.firstLoginAt ?? work.now,
      lastLoginAt: work.now,
      ...(state === user.state ? {} : { version: user.version + 1, modifiedAt: work.now }),
    }
    work.tx.put('users', userId, after)
    work.tx.delete('invitations', userId)
    const note = `${primaryEmail(user)} signed in with ${method}`
    work.log(user.companyId, { action: 'user_signed_in', note, target: userTarget(user) })
    work.note(primaryEmail(user), note, { type: 'user', id: userId })
    return after
  })
}

/** Who a Microsoft identity belongs to: the pinned person; `undefined` when nobody is pinned to it. */
export function findByMicrosoftIdentity(
  system: DialpadSystem,
  identity: { readonly tenantId: string; readonly objectId: string },
): DialpadUser | undefined {
  return system.store.find('users', 'microsoft', `${identity.tenantId}/${identity.objectId}`)[0]
}

/**
 * Pin a person to the immutable id their work account has at Microsoft, at the first sign-in with it. A company without a tenant
 * is pinned to this one when the person is a Company Admin.
 *
 * @throws {DialpadRefusal} `not-found`; `wrong-tenant` (403) when the company belongs to another tenant; `identity-pinned` (409)
 * when the person is pinned to another identity: the directory account was made anew (sheet 1.11).
 */
export function pinMicrosoftIdentity(
  system: DialpadSystem,
  userId: string,
  identity: {
    readonly tenantId: string
    readonly objectId: string
    /** Administrators of the tenant become Company Admin by themselves: at the first sign-in, so that a later demotion holds. */
    readonly isTenantAdmin?: boolean
  },
): Promise<DialpadUser> {
  return act(system, actorOfUser(presentUser(system.store, userId)), (work) => {
    const { tx } = work
    const user = presentUser(tx, userId)
    const company = companyOf(tx, user.companyId)
    const mayClaim = company.microsoftTenantId === undefined && user.isCompanyAdmin
    if (company.microsoftTenantId !== identity.tenantId && !mayClaim) {
      throw new DialpadRefusal({
        code: 'wrong-tenant',
        status: 403,
        message: `${company.name} signs in with another Microsoft organization`,
      })
    }
    if (user.microsoft !== undefined && !isPinnedTo(user.microsoft, identity)) {
      throw new DialpadRefusal({
        code: 'identity-pinned',
        status: 409,
        message: `${primaryEmail(user)} is linked to another Microsoft account`,
      })
    }
    if (user.microsoft !== undefined) return user

    const isCompanyAdmin = user.isCompanyAdmin || identity.isTenantAdmin === true
    if (mayClaim) tx.put('companies', company.id, { ...company, microsoftTenantId: identity.tenantId })
    const after: DialpadUser = {
      ...user,
      isCompanyAdmin,
      microsoft: { tenantId: identity.tenantId, objectId: identity.objectId },
      version: user.version + 1,
      modifiedAt: work.now,
    }
    tx.put('users', userId, after)
    const target = userTarget(user)
    work.log(company.id, { action: 'microsoft_identity_pinned', note: 'Linked to a Microsoft work account', target })
    if (isCompanyAdmin !== user.isCompanyAdmin) {
      const note = 'Made Company Admin: administrator of the Microsoft tenant'
      work.log(company.id, { action: 'company_admin_changed', note, target })
    }
    work.note(primaryEmail(user), `${primaryEmail(user)} linked to a Microsoft work account`, {
      type: 'user',
      id: userId,
    })
    return after
  })
}

function isPinnedTo(
  pinned: { readonly tenantId: string; readonly objectId: string },
  identity: { readonly tenantId: string; readonly objectId: string },
): boolean {
  return pinned.tenantId === identity.tenantId && pinned.objectId === identity.objectId
}
