import type { AuthnRequestProblem } from '#idp/protocols/saml/authn-request.ts'
import type { LogoutRequestProblem } from '#idp/protocols/saml/logout-request.ts'
import type { SsoProblem } from './pages.tsx'

/** Reference sheet 5.3: the wrong id, and an app that is switched off. */
export const NO_SUCH_APP: SsoProblem = {
  status: 404,
  title: '404 Page Not Found',
  text: 'The app this address belongs to does not exist, or is not active.',
  hint: 'Open the app from your dashboard. An administrator finds its addresses on its Sign On tab.',
}

export function notAssigned(label: string): SsoProblem {
  return {
    status: 403,
    title: '403 App Not Assigned',
    text: `User is not assigned to this application: ${label}.`,
    hint: 'If you are wondering why this is happening, please contact your administrator.',
  }
}

export const REQUEST_OVER: SsoProblem = {
  status: 400,
  title: '400 Bad Request',
  text: 'This sign-in has been used, or has waited for too long.',
  hint: 'Start again from the app, or open it from your dashboard.',
}

export const NO_ADDRESS: SsoProblem = {
  status: 400,
  title: '400 Bad Request',
  text: 'This app does not know yet where to sign people in.',
  hint: 'An administrator types the SP SSO URL and the SP Entity ID on the Sign On tab, under Advanced Sign-on Settings.',
}

export function elsewhere(host: string): SsoProblem {
  return {
    status: 400,
    title: '400 Bad Request',
    text: `The SP SSO URL of this app leads to ${host}, which is not on this machine.`,
    hint: 'Answers leave this machine only for hosts that were allowed: correct the SP SSO URL, or allow the host on the kit home.',
  }
}

export function failedStatement(name: string, message: string): SsoProblem {
  return {
    status: 500,
    title: '500 Internal Server Error',
    text: 'An attribute of this app could not be computed for you.',
    hint: `An administrator corrects the attribute statement ${name} on the Sign On tab: ${message}`,
  }
}

export const KEY_UNREADABLE: SsoProblem = {
  status: 500,
  title: '500 Internal Server Error',
  text: 'The signing certificate of this app cannot be used: its key was sealed by another installation.',
  hint: 'An administrator generates a new certificate on the Sign On tab, activates it, and gives it to the app.',
}

export function elsewhereAfterLogout(host: string): SsoProblem {
  return {
    status: 400,
    title: '400 Bad Request',
    text: `The Single Logout URL of this app leads to ${host}, which is not on this machine.`,
    hint: 'Answers leave this machine only for hosts that were allowed: correct the Single Logout URL, or allow the host on the kit home.',
  }
}

const WORDS: Readonly<Record<AuthnRequestProblem | LogoutRequestProblem, string>> = {
  'too-large': 'The request is larger than any request needs to be.',
  unreadable: 'The request cannot be read.',
  doctype: 'The request has a document type, which none may have.',
  'not-a-request': 'What was sent is no request that is understood here.',
  version: 'The request is not of SAML 2.0.',
  binding: 'The request wants its answer in a way this org does not answer.',
  issuer: 'The request does not say who asks, or takes too long to say it.',
  acs: 'The request wants its answer at an address that is not the SP SSO URL of this app.',
  destination: 'The request was made for another address than this one.',
  'name-id': 'The request does not say who signs out, or not in words.',
  expired: 'The request was to be followed earlier, or not at all.',
}

export function badRequest(problem: AuthnRequestProblem | LogoutRequestProblem): SsoProblem {
  return {
    status: 400,
    title: '400 Bad Request',
    text: WORDS[problem],
    hint: 'Compare the addresses on the Sign On tab with those the app has.',
  }
}

export const NO_REQUEST: SsoProblem = {
  status: 400,
  title: '400 Bad Request',
  text: 'There was no request in the form.',
}

export const BAD_RELAY_STATE: SsoProblem = {
  status: 400,
  title: '400 Bad Request',
  text: 'The RelayState came more than once, or is longer than anybody could send on.',
}
