import type { OktaUser, OktaUserStatus } from '../../collections.ts'
import { action, type Link, link } from '../links.ts'

/** Actions a person in each state allows, by the names of their links; only those that have a call here (reference sheet 4.1). */
const ACTIONS: Readonly<Record<OktaUserStatus, readonly string[]>> = {
  STAGED: ['activate', 'deactivate'],
  PROVISIONED: ['reactivate', 'resetPassword', 'deactivate'],
  ACTIVE: ['suspend', 'resetPassword', 'expirePassword', 'resetFactors', 'changePassword', 'deactivate'],
  RECOVERY: ['resetPassword', 'expirePassword', 'resetFactors', 'changePassword', 'deactivate'],
  PASSWORD_EXPIRED: ['resetPassword', 'resetFactors', 'changePassword', 'deactivate'],
  LOCKED_OUT: ['unlock', 'resetPassword', 'deactivate'],
  SUSPENDED: ['unsuspend', 'deactivate'],
  DEPROVISIONED: ['activate', 'delete'],
}

/** Path of each action below the person's own address. */
const PATHS: Readonly<Record<string, string>> = {
  activate: '/lifecycle/activate',
  reactivate: '/lifecycle/reactivate',
  deactivate: '/lifecycle/deactivate',
  suspend: '/lifecycle/suspend',
  unsuspend: '/lifecycle/unsuspend',
  unlock: '/lifecycle/unlock',
  expirePassword: '/lifecycle/expire_password',
  resetPassword: '/lifecycle/reset_password',
  resetFactors: '/lifecycle/reset_factors',
  changePassword: '/credentials/change_password',
}

function linksOf(base: string, user: OktaUser, typeId: string): Readonly<Record<string, Link>> {
  const self = `${base}/users/${user.id}`
  const actions = ACTIONS[user.status].map((name): readonly [string, Link] => [
    name,
    name === 'delete' ? { href: self, method: 'delete' } : action(`${self}${PATHS[name] ?? ''}`),
  ])
  return {
    ...Object.fromEntries(actions),
    schema: link(`${base}/meta/schemas/user/default`),
    type: link(`${base}/meta/types/user/${typeId}`),
    self: link(self),
  }
}

export interface UserPlace {
  /** `{origin}/api/v1`. */
  readonly base: string
  readonly typeId: string
}

/** A person as lists have them: with the link to themselves alone. */
export function userRow({ base, typeId }: UserPlace, user: OktaUser) {
  return { ...userMembers(user, typeId), _links: { self: link(`${base}/users/${user.id}`) } }
}

/** A person with everything their state allows among the links (reference sheet 6.3). */
export function userResource({ base, typeId }: UserPlace, user: OktaUser) {
  return { ...userMembers(user, typeId), _links: linksOf(base, user, typeId) }
}

/** The body of a person but for links. */
export function userMembers(user: OktaUser, typeId: string) {
  const { profile, passwordHash } = user
  return {
    id: user.id,
    status: user.status,
    created: user.created,
    activated: user.activated ?? null,
    statusChanged: user.statusChanged,
    lastLogin: user.lastLogin ?? null,
    lastUpdated: user.lastUpdated,
    passwordChanged: user.passwordChanged ?? (passwordHash === undefined ? null : user.created),
    type: { id: typeId },
    profile: { mobilePhone: null, secondEmail: null, ...profile },
    credentials: {
      ...(passwordHash === undefined ? {} : { password: {} }),
      emails: [{ value: profile.email, status: 'VERIFIED', type: 'PRIMARY' }],
      provider: { type: 'OKTA', name: 'OKTA' },
    },
  }
}
