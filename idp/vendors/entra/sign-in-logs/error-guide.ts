import type { SignInStatus } from './records.ts'

/** What somebody reading the log is told about a number. */
interface Guide {
  /** "Additional details": what was going on. */
  readonly details: string
  /** What an administrator does about it. */
  readonly remedy: string
  /** A page came up: what followed is another entry. */
  readonly isInterrupt?: true
}

const GUIDES: Readonly<Record<number, Guide>> = {
  50011: {
    details: 'The application named an address for its answer that is not registered.',
    remedy:
      'Compare the redirect URI of the request with those under App registrations > Authentication, character by character.',
  },
  50013: {
    details:
      'An API asked for a token on behalf of a person, with a token that was not signed here, or for another tenant.',
    remedy: 'Check which authority the client of the API signs people in with: it is that of the API.',
  },
  50020: {
    details: 'The account belongs to another tenant than the one in the address.',
    remedy: 'Let the person sign in with an account of this tenant, or make the application multi-tenant.',
  },
  50034: {
    details: 'Nobody in this tenant has the name that was typed.',
    remedy: 'Check the spelling of the user principal name; look among the deleted users.',
  },
  50053: {
    details: 'Too many wrong passwords in a row: smart lockout refuses even the right one for a while.',
    remedy:
      'Wait until the lock is over, or reset the password. Entries with 50126 before this one show where they came from.',
  },
  50055: {
    details: 'The password is right but has to be changed before anything else.',
    remedy: 'Nothing: the person is asked for a new password. Reset it if they cannot go on.',
    isInterrupt: true,
  },
  50057: {
    details: 'The password is right, and sign-in is blocked for the account.',
    remedy: 'Users > the user > Allow sign-in, if the person is to get in again.',
  },
  50058: {
    details: 'The application asked that nobody be asked, and nobody was signed in with this browser.',
    remedy: 'Nothing: the application sends the person to an ordinary sign-in next.',
    isInterrupt: true,
  },
  50074: {
    details: 'The password was right; multifactor authentication is required and was asked for.',
    remedy:
      'Nothing, if an entry with a success follows. If none does, the person has no code: see Authentication methods.',
    isInterrupt: true,
  },
  50076: {
    details: 'Multifactor authentication is required, and the sign-in the application relied on was without it.',
    remedy: 'The application has to send the person to an interactive sign-in; one that does not is to be corrected.',
    isInterrupt: true,
  },
  50079: {
    details: 'Multifactor authentication is required, and the person has not registered a method yet.',
    remedy: 'Nothing: the person is led through the registration at the next interactive sign-in.',
    isInterrupt: true,
  },
  50105: {
    details: 'The application requires assignment, and the person is not assigned to it.',
    remedy: 'Enterprise apps > the app > Users and groups: assign the person, or a group they are a direct member of.',
  },
  50126: {
    details: 'The person did not enter the right password. Some of these are to be expected.',
    remedy: 'Reset the password if the person has forgotten it; many of these for one account may be an attack.',
  },
  50140: {
    details: 'The person was asked whether to stay signed in.',
    remedy: 'Nothing: this interrupts every sign-in that shows "Stay signed in?".',
    isInterrupt: true,
  },
  50173: {
    details: 'The refresh token was made before the password was changed, or before sign-in was blocked.',
    remedy: 'Nothing: the application has to send the person to sign in again.',
  },
  54005: {
    details: 'The authorization code had been redeemed already.',
    remedy: 'The application redeems each code once; a reloaded callback page is the usual cause.',
  },
  65001: {
    details: 'Consent is missing for what the application asked for.',
    remedy: 'The person consents on the page that follows, or an administrator does under Permissions.',
    isInterrupt: true,
  },
  65004: {
    details: 'The person chose Cancel on the consent page.',
    remedy: 'Ask the person; consent on behalf of the organization if everybody is to use the application.',
  },
  70008: {
    details: 'The authorization code was redeemed too late: it lives ten minutes.',
    remedy: 'Check what the application does between the callback and the token request.',
  },
  70044: {
    details: 'The sign-in is older than the sign-in frequency of the tenant allows.',
    remedy: 'Nothing: the person has to sign in again. The setting is under Conditional Access.',
    isInterrupt: true,
  },
  90094: {
    details: 'The application asks for permissions the person may not consent to.',
    remedy: 'Enterprise apps > the app > Permissions: grant admin consent, if the application is to have them.',
  },
  500121: {
    details: 'The code of the authenticator app was wrong, too old, or had been used already.',
    remedy: 'Check the clock of the device; require the person to register again if it is lost.',
  },
  501481: {
    details: 'The code verifier does not fit the code challenge of the request (PKCE).',
    remedy: 'The application has to keep the verifier of each request until its callback.',
  },
  700082: {
    details: 'The refresh token was not used for ninety days.',
    remedy: 'Nothing: the application has to send the person to sign in again.',
  },
  700084: {
    details: 'The refresh token of a single-page app is over after 24 hours.',
    remedy: 'Nothing: the application has to send the person to sign in again.',
  },
  7000112: {
    details: 'The application is disabled in this tenant.',
    remedy: 'Enterprise apps > the app > Properties > Enabled for users to sign-in?',
  },
  500131: {
    details: 'An API asked for a token on behalf of a person, with a token that is for somebody else.',
    remedy: 'The client has to ask for a scope of the API (Expose an API), and the API to use its own application ID.',
  },
  500133: {
    details: 'An API asked for a token on behalf of a person, with a token that has expired.',
    remedy: 'Nothing: the client gets a new token and calls the API again.',
  },
  650057: {
    details: 'A request to an endpoint of version 1 named a resource that the application has not listed.',
    remedy: 'App registrations > the app > API permissions: add a permission of that resource.',
  },
  7000114: {
    details:
      'An API asked for a token on behalf of somebody, with a token of an application: there is no person in it.',
    remedy: 'Let the API get a token of its own by client credentials in this case.',
  },
  7000215: {
    details:
      'The application sent a secret that is not one of its own. Often it is the ID of a secret rather than its value; or its start has not come.',
    remedy: 'App registrations > the app > Certificates & secrets: make a new secret and copy its value.',
  },
  7000218: {
    details: 'The application keeps secrets and sent none.',
    remedy:
      'Configure the secret or certificate in the application, or register its address as that of a public client.',
  },
  7000222: {
    details: 'Every secret of the application has expired.',
    remedy: 'App registrations > the app > Certificates & secrets: make a new secret before the old one ends.',
  },
  9000411: {
    details: 'The application sent one of the parameters of its token request more than once.',
    remedy: 'Look in the application for where the request is put together: a library that does so sends each once.',
  },
}

/** How a sign-in with this number ended. Pure. */
export function statusOf(errorCode: number): SignInStatus {
  if (errorCode === 0) return 'success'
  return GUIDES[errorCode]?.isInterrupt ? 'interrupted' : 'failure'
}

/** "Additional details" of an entry. */
export function additionalDetails(errorCode: number, hasMfa: boolean): string {
  if (errorCode !== 0) return GUIDES[errorCode]?.details ?? ''
  return hasMfa ? 'MFA requirement satisfied by claim in the token' : ''
}

/** What an administrator does about a number; `undefined` where there is nothing particular to say. */
export function remedyOf(errorCode: number): string | undefined {
  return GUIDES[errorCode]?.remedy
}
