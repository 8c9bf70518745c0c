import type { Company, SamlProvider } from '../records.ts'

/** The addresses of the SAML page (reference sheet 2.2). */

export const SAML_PROVIDER_NAMES: Readonly<Record<SamlProvider, string>> = {
  google: 'Google',
  okta: 'Okta',
  onelogin: 'OneLogin',
  custom: 'Custom',
}

/** Where the product is; tutorials and answers of directories name its addresses. */
export const REAL_ORIGIN = 'https://dialpad.com'

export interface SamlAddresses {
  /** SP SSO Url (ACS). */
  readonly acs: string
  /** SP Entity ID. */
  readonly entityId: string
}

/** Both change with the provider, and end in the company's domain. */
export function samlAddresses(origin: string, provider: SamlProvider, domain: string): SamlAddresses {
  return {
    acs: `${origin}/saml/sso/${provider}/${domain}`,
    entityId: `${origin}/api/saml/metadata/${provider}/${domain}`,
  }
}

/** Where a login by SAML begins: the address answers are posted to, when it is visited. The product's own form is not published. */
export function samlLoginUrl({ acs }: SamlAddresses, next?: string): string {
  return next === undefined ? acs : `${acs}?next=${encodeURIComponent(next)}`
}

/** "Prevent users from logging in with other SSO providers": every other way in is closed, to everybody. */
export function isSamlOnly({ saml }: Pick<Company, 'saml'>): boolean {
  return saml?.preventOtherProviders === true
}

/** The base64 between the lines that begin and end a certificate, which may be left out; blanks are of no account. */
export function certificateBody(text: string): string {
  return text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s+/g, '')
}
