import type { AppUser, OktaApp } from './records.ts'

/** What the red mark of a row on the Assignments tab says (reference sheet 1.8). */

export type RowProblem =
  /** Assigned before anything could be made: "Provision User" helps. */
  | { readonly kind: 'before-provisioning'; readonly text: string }
  /** A job failed; there is a task with the same text. */
  | { readonly kind: 'error'; readonly text: string }

/** @returns `undefined` for a row without a mark. */
export function rowProblem(appUser: AppUser, app: OktaApp): RowProblem | undefined {
  if (appUser.error !== undefined) return { kind: 'error', text: appUser.error }
  if (!appUser.beforeProvisioning || app.provisioning?.enabled !== true) return undefined
  return {
    kind: 'before-provisioning',
    text: 'User was assigned this application before Provisioning was enabled and not provisioned in the downstream application. Click Provision User.',
  }
}
