import { primaryEmail } from '../../domain/user-states.ts'
import type { DialpadUser } from '../../records.ts'
import type { AccountChoice } from './choose-account.ts'
import type { LoginFailure, MicrosoftIdentity } from './relying-party.ts'

/** A sign-in that was declined, in words for people. */
export interface LoginRefusal {
  readonly status: number
  readonly title: string
  readonly text: string
  /** What Microsoft said. */
  readonly words?: string | undefined
  readonly actions: readonly { readonly label: string; readonly href: string; readonly primary?: boolean }[]
}

export const BACK = { label: 'Back to Log in', href: '/login' }
const AGAIN = { label: 'Log in with Microsoft', href: '/login/microsoft', primary: true }
const OTHER_ACCOUNT = {
  label: 'Use another Microsoft account',
  href: '/login/microsoft?prompt=select_account',
  primary: true,
}

/** A verified person for whom there is no way in. */
export function refuseChoice(
  choice:
    | Exclude<AccountChoice, { kind: 'sign-in' | 'claim' | 'company-suspended' | 'saml-only' }>
    | { readonly kind: 'identity-pinned'; readonly user: DialpadUser },
  identity: MicrosoftIdentity,
): LoginRefusal {
  const who = identity.userName
  switch (choice.kind) {
    case 'suspended':
      return {
        status: 403,
        title: 'This account is suspended',
        text: `The Dialpad account of ${primaryEmail(choice.user)} is suspended. Ask your Company Admin to reactivate it, or to assign you to Dialpad again in the directory.`,
        actions: [OTHER_ACCOUNT, BACK],
      }
    case 'no-account':
      return {
        status: 403,
        title: 'No Dialpad account for this email',
        text: `${choice.company.name} has no Dialpad user with the email ${who}. Ask your Company Admin to add you, or to assign you to Dialpad in the directory that provisions it.`,
        actions: [OTHER_ACCOUNT, BACK],
      }
    case 'other-tenant':
      return {
        status: 403,
        title: 'This is another Microsoft organization',
        text: `${choice.company.name} logs in with one Microsoft organization only, and ${who} belongs to another (tenant ${identity.tenantId}).`,
        actions: [OTHER_ACCOUNT, BACK],
      }
    case 'not-connected':
      return {
        status: 403,
        title: 'Microsoft is not connected yet',
        text: `${choice.company.name} is not connected to a Microsoft organization. A Company Admin connects it by logging in with Microsoft once.`,
        actions: [BACK, OTHER_ACCOUNT],
      }
    case 'no-company':
      return {
        status: 403,
        title: 'No Dialpad company for this organization',
        text: `${who} belongs to a Microsoft organization (tenant ${identity.tenantId}) that no Dialpad company is connected to.`,
        actions: [{ label: 'Sign up with Microsoft', href: '/signup/microsoft', primary: true }, OTHER_ACCOUNT, BACK],
      }
    case 'identity-pinned':
      return {
        status: 403,
        title: 'This account is linked to another Microsoft account',
        text: `The Dialpad account of ${primaryEmail(choice.user)} is linked to a Microsoft account with another immutable id. An account that was deleted and made again in the directory is another one, even with the same address.`,
        actions: [OTHER_ACCOUNT, BACK],
      }
  }
}

/** A sign-in that never told who somebody is. */
export function refuseFailure(failure: LoginFailure): LoginRefusal {
  switch (failure.kind) {
    case 'declined':
      return {
        status: 403,
        title: 'Consent was declined',
        text: 'Dialpad was not given the permissions it asks for, so you are not logged in. If your organization does not let you consent, an administrator has to consent for it.',
        words: failure.words,
        actions: [AGAIN, BACK],
      }
    case 'provider-error':
      return {
        status: 502,
        title: 'Microsoft did not log you in',
        text: `The sign-in ended with the error ${failure.error}.`,
        words: failure.words,
        actions: [AGAIN, BACK],
      }
    case 'forged':
      return {
        status: 400,
        title: 'This login is over',
        text: 'The answer belongs to no login that this browser has begun, or to one that was answered already. Start again.',
        actions: [AGAIN, BACK],
      }
    case 'untrusted':
      return {
        status: 502,
        title: 'The answer cannot be trusted',
        text: `Dialpad received an answer that does not prove who you are. ${failure.reason}.`,
        actions: [AGAIN, BACK],
      }
    case 'unreachable':
      return {
        status: 503,
        title: 'Microsoft cannot be reached',
        text: `Dialpad got no answer from the Microsoft sign-in: ${failure.reason} Start it, or log in with email.`,
        actions: [{ ...AGAIN, label: 'Try again' }, BACK],
      }
  }
}
