import type { WayInVerdict } from '../domain/ways-in.ts'
import type { Company, DialpadUser } from '../records.ts'

/** Words for somebody who has proved who they are and is let in by no such way. */
export interface ClosedWay {
  readonly title: string
  readonly text: string
  readonly actions: readonly { readonly label: string; readonly href: string; readonly primary?: boolean }[]
}

/** Where a Company Admin opens the other ways in again. */
export const RECOVERY_PATH = '/login/recovery'

/** @param mayRecover Whether this browser was given the recovery (`recovery/recovery-flow.ts`). */
export function describeClosedWay(
  verdict: Extract<WayInVerdict, 'company-suspended' | 'saml-only'>,
  company: Company,
  mayRecover: boolean,
): ClosedWay {
  switch (verdict) {
    case 'company-suspended':
      return {
        title: `${company.name} is suspended`,
        text: `Your account is not: the whole company is suspended for an unpaid bill, and nobody but its Company Admins can log in until it is paid.`,
        actions: [],
      }
    case 'saml-only':
      return {
        title: `${company.name} logs in with SAML only`,
        text: `${company.name} prevents users from logging in with other SSO providers. That holds for everybody, Company Admins too: use Login with another provider.`,
        actions: mayRecover ? [{ label: 'Recover (sandbox only)', href: RECOVERY_PATH, primary: true }] : [],
      }
  }
}

/** Only those recover who could have switched it off themselves. */
export function isRecoveryOffered(verdict: WayInVerdict, user: DialpadUser): boolean {
  return verdict === 'saml-only' && user.isCompanyAdmin
}
