import type { ApplicationType, ClientAuthMethod, GrantType } from '../../../oauth/records.ts'

/** Words of the console for what the API calls otherwise. */

export const TYPE_WORDS: Readonly<
  Record<ApplicationType, { readonly label: string; readonly hint: string; readonly title: string }>
> = {
  web: {
    label: 'Web Application',
    hint: 'Server-side applications where authentication and tokens are handled on the server',
    title: 'New Web App Integration',
  },
  browser: {
    label: 'Single-Page Application',
    hint: 'Single-page web applications that run in the browser where the client receives tokens',
    title: 'New Single-Page App Integration',
  },
  native: {
    label: 'Native Application',
    hint: 'Desktop or mobile applications that run natively on a device',
    title: 'New Native App Integration',
  },
  service: {
    label: 'API Services',
    hint: 'Machine-to-machine applications that get tokens for themselves',
    title: 'New API Services App Integration',
  },
}

export const GRANT_WORDS: Readonly<Record<GrantType, string>> = {
  authorization_code: 'Authorization Code',
  refresh_token: 'Refresh Token',
  client_credentials: 'Client Credentials',
}

export const AUTH_WORDS: Readonly<Record<'none' | 'secret' | 'private_key_jwt', string>> = {
  none: 'None',
  secret: 'Client secret',
  private_key_jwt: 'Public key / Private key',
}

export function authWord(method: ClientAuthMethod): keyof typeof AUTH_WORDS {
  return method === 'none' || method === 'private_key_jwt' ? method : 'secret'
}

/** Grants an app of each type may have. */
export const GRANTS_OF: Readonly<Record<ApplicationType, readonly GrantType[]>> = {
  web: ['authorization_code', 'refresh_token', 'client_credentials'],
  browser: ['authorization_code', 'refresh_token'],
  native: ['authorization_code', 'refresh_token'],
  service: ['client_credentials'],
}

/** Ways an app of each type may prove itself. */
export const AUTHS_OF: Readonly<Record<ApplicationType, readonly (keyof typeof AUTH_WORDS)[]>> = {
  web: ['secret', 'private_key_jwt'],
  browser: ['none'],
  native: ['none', 'secret', 'private_key_jwt'],
  service: ['secret', 'private_key_jwt'],
}

/** Addresses as they are typed: one in a line. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/\s*\n\s*/)
    .map((line) => line.trim())
    .filter(Boolean)
}
