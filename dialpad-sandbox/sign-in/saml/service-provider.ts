import { randomBytes } from 'node:crypto'
import { generateServiceProviderMetadata, SAML } from '@node-saml/node-saml'
import { NAME_ID_EMAIL } from '#kit/saml/names.ts'
import { REAL_ORIGIN, type SamlAddresses, samlAddresses } from '../../domain/saml.ts'
import type { Company, SamlProvider, SamlSettings } from '../../records.ts'

/** Dialpad as one company's provider knows it. */
export interface ServicePlace {
  readonly company: Company
  readonly provider: SamlProvider
  /** As the product has them; administrators paste these, and answers then carry them. */
  readonly real: SamlAddresses
  readonly local: SamlAddresses
}

export function servicePlace(origin: string, company: Company, provider: SamlProvider): ServicePlace {
  const domain = company.domains[0] ?? ''
  return {
    company,
    provider,
    real: samlAddresses(REAL_ORIGIN, provider, domain),
    local: samlAddresses(origin, provider, domain),
  }
}

/** Under the product's own entity id, which nobody fetches; the address for answers is the one a browser reaches. */
export function serviceMetadata({ real, local }: ServicePlace): string {
  return generateServiceProviderMetadata({
    issuer: real.entityId,
    callbackUrl: local.acs,
    identifierFormat: NAME_ID_EMAIL,
    wantAssertionsSigned: true,
  })
}

/**
 * A request to the provider (SAML core §3.4.1), by redirect. It names no address for the answer: providers know one, which is the
 * product's own or the one on this machine, as the administrator pasted it.
 */
export async function beginLogin(
  { real, local }: ServicePlace,
  settings: SamlSettings,
  relayState: string,
): Promise<{ readonly url: string; readonly requestId: string }> {
  const requestId = `_${randomBytes(20).toString('hex')}`
  const saml = new SAML({
    idpCert: settings.certificate,
    issuer: real.entityId,
    callbackUrl: local.acs,
    disableRequestAcsUrl: true,
    entryPoint: settings.idpSsoUrl,
    identifierFormat: NAME_ID_EMAIL,
    disableRequestedAuthnContext: true,
    generateUniqueId: () => requestId,
  })
  return { url: await saml.getAuthorizeUrlAsync(relayState, undefined, {}), requestId }
}
