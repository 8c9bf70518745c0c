import type { OktaUserStatus } from '../../collections.ts'

/** What an administrator can do to somebody's state (reference sheet 1.11, 4.1). */
export const LIFECYCLE = {
  activate: {
    label: 'Activate',
    title: 'Activate person?',
    from: ['STAGED', 'DEPROVISIONED'],
    danger: false,
    done: 'has been activated.',
    text: 'A person without a password gets a mail with a link to choose one, and waits as Pending user action. Groups bring their apps back; apps that were assigned individually before a deactivation have to be assigned again.',
  },
  suspend: {
    label: 'Suspend',
    title: 'Suspend person?',
    from: ['ACTIVE'],
    danger: true,
    done: 'has been suspended.',
    text: 'They can no longer sign in to Okta. Their app assignments stay, and nothing is sent to the apps.',
  },
  unsuspend: {
    label: 'Unsuspend',
    title: 'Unsuspend person?',
    from: ['SUSPENDED'],
    danger: false,
    done: 'has been unsuspended.',
    text: 'They can sign in again.',
  },
  unlock: {
    label: 'Unlock',
    title: 'Unlock person?',
    from: ['LOCKED_OUT'],
    danger: false,
    done: 'has been unlocked.',
    text: 'They can sign in again with the password they have.',
  },
  deactivate: {
    label: 'Deactivate',
    title: 'Deactivate Person',
    from: ['STAGED', 'PROVISIONED', 'ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT', 'SUSPENDED'],
    danger: true,
    done: 'has been deactivated.',
    text: 'They can no longer sign in, their password is wiped, and all of their app assignments are removed.',
  },
  delete: {
    label: 'Delete',
    title: 'Delete Person',
    from: ['DEPROVISIONED'],
    danger: true,
    done: 'has been deleted.',
    text: 'This cannot be undone. Nothing is sent to the apps.',
  },
} as const satisfies Record<
  string,
  {
    readonly label: string
    readonly title: string
    readonly from: readonly OktaUserStatus[]
    readonly danger: boolean
    readonly done: string
    readonly text: string
  }
>
export type LifecycleAct = keyof typeof LIFECYCLE

export function isLifecycleAct(word: string): word is LifecycleAct {
  return Object.hasOwn(LIFECYCLE, word)
}

/** What can be done in a state. Delete is there for deactivated people alone. */
export function actsIn(status: OktaUserStatus): readonly LifecycleAct[] {
  return Object.entries(LIFECYCLE).flatMap(([act, { from }]) =>
    (from as readonly OktaUserStatus[]).includes(status) && isLifecycleAct(act) ? [act] : [],
  )
}
