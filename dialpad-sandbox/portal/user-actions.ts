import { deleteUser, restoreUser } from '../commands/delete-user.ts'
import { reactivateUser, setCompanyAdmin, suspendUser } from '../commands/update-user.ts'
import type { DialpadSystem } from '../commands/work.ts'
import type { Actor } from '../domain/change-log.ts'
import { isRestorable } from '../domain/user-states.ts'
import type { DialpadUser } from '../records.ts'

export const USER_ACTION_NAMES = ['suspend', 'reactivate', 'add-admin', 'remove-admin', 'delete', 'restore'] as const
export type UserActionName = (typeof USER_ACTION_NAMES)[number]

/** Not for Office Admins. */
export const COMPANY_ADMIN_ACTIONS: readonly UserActionName[] = ['add-admin', 'remove-admin']

export interface UserAction {
  readonly label: string
  readonly question: string
  /** What follows from it, in a sentence or two. */
  readonly consequence: string
  readonly isDestructive: boolean
  /** What is said afterwards, of the person's name. */
  readonly done: (name: string) => string
  readonly run: (system: DialpadSystem, actor: Actor, userId: string) => Promise<DialpadUser>
}

/** What a Company Admin can do to a person from their page: words, and the command behind them. */
export const USER_ACTIONS: Readonly<Record<UserActionName, UserAction>> = {
  suspend: {
    label: 'Suspend',
    question: 'Suspend this user?',
    consequence:
      'They are logged out with their next request and cannot log in. Their license is free; their number stays. They are found by search only.',
    isDestructive: true,
    done: (name) => `${name} is suspended. The license is free.`,
    run: suspendUser,
  },
  reactivate: {
    label: 'Reactivate',
    question: 'Reactivate this user?',
    consequence: 'They can log in again. It takes a free license of their office.',
    isDestructive: false,
    done: (name) => `${name} is active again.`,
    run: reactivateUser,
  },
  'add-admin': {
    label: 'Add admin privileges',
    question: 'Make this user a Company Admin?',
    consequence: 'They can manage users, offices and API keys of the whole company.',
    isDestructive: false,
    done: (name) => `${name} is a Company Admin now.`,
    run: (system, actor, userId) => setCompanyAdmin(system, actor, userId, true),
  },
  'remove-admin': {
    label: 'Remove admin privileges',
    question: 'Remove the admin privileges of this user?',
    consequence: 'The API keys they made are refused from then on, provisioning included.',
    isDestructive: true,
    done: (name) => `${name} is no Company Admin any more.`,
    run: (system, actor, userId) => setCompanyAdmin(system, actor, userId, false),
  },
  delete: {
    label: 'Delete',
    question: 'Delete this user?',
    consequence:
      'They are logged out with their next request. Their license is free, their number on hold. For 72 hours they can be restored from Deleted Users.',
    isDestructive: true,
    done: (name) => `${name} is deleted, and restorable for 72 hours.`,
    run: deleteUser,
  },
  restore: {
    label: 'Restore',
    question: 'Restore this user?',
    consequence: 'They are active again, with the number that was on hold. It takes a free license of their office.',
    isDestructive: false,
    done: (name) => `${name} is restored.`,
    run: restoreUser,
  },
}

/** What can be done to them at present. */
export function actionsFor(user: DialpadUser, nowMs: number): readonly UserActionName[] {
  switch (user.state) {
    case 'pending':
      // Privileges can be edited once the invite is accepted (reference sheet 3.5).
      return ['suspend', 'delete']
    case 'active':
      return ['suspend', user.isCompanyAdmin ? 'remove-admin' : 'add-admin', 'delete']
    case 'suspended':
      return ['reactivate', 'delete']
    case 'deleted':
      return isRestorable(user, nowMs) ? ['restore'] : []
  }
}
