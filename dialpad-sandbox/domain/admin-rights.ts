import type { DialpadUser } from '../records.ts'

/**
 * Who may do what in the portal (reference sheet 3.4, 3.9). A Company Admin administers everything; an Office Admin their offices, of
 * which a Regional Admin has several.
 */
export type AdminRights =
  | { readonly kind: 'company' }
  | { readonly kind: 'offices'; readonly officeIds: readonly string[] }

/** @returns `undefined` for somebody who administers nothing. */
export function adminRights(user: DialpadUser): AdminRights | undefined {
  if (user.isCompanyAdmin) return { kind: 'company' }
  const officeIds = user.officeAdminOf ?? []
  return officeIds.length === 0 ? undefined : { kind: 'offices', officeIds }
}

export function administersOffice(rights: AdminRights, officeId: string): boolean {
  return rights.kind === 'company' || rights.officeIds.includes(officeId)
}

/** Whether they may change this person: Company Admins are changed by Company Admins only, whatever office they sit in. */
export function mayChangeUser(rights: AdminRights, user: Pick<DialpadUser, 'officeId' | 'isCompanyAdmin'>): boolean {
  return rights.kind === 'company' || (!user.isCompanyAdmin && rights.officeIds.includes(user.officeId))
}
