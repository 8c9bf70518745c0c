import { escapeXml } from '#kit/saml/escape-xml.ts'
import { POST_BINDING, REDIRECT_BINDING, SAML_METADATA, SAML_PROTOCOL, XML_SIGNATURE } from '#kit/saml/names.ts'

/** What an identity provider says about itself to one application (SAML metadata §2.4.3). */
export interface IdpDescription {
  readonly entityId: string
  /** Where authentication requests go, by redirect and by form. */
  readonly ssoUrl: string
  /** Where requests to sign out go, if there is such a place, and by which bindings (`POST_BINDING` …). */
  readonly logout?: { readonly url: string; readonly bindings: readonly string[] }
  readonly nameIdFormats: readonly string[]
  /** Base64 of DER; receivers accept signatures of any of them. */
  readonly certificates: readonly string[]
}

export function idpMetadata(description: IdpDescription): string {
  const { entityId, ssoUrl, logout, nameIdFormats, certificates } = description
  const keys = certificates.map(
    (each) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${XML_SIGNATURE}"><ds:X509Data><ds:X509Certificate>${wrapped(each)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  )
  const formats = nameIdFormats.map((each) => `<md:NameIDFormat>${escapeXml(each)}</md:NameIDFormat>`)
  const logoutServices = (logout?.bindings ?? []).map(
    (binding) => `<md:SingleLogoutService Binding="${binding}" Location="${escapeXml(logout?.url ?? '')}"/>`,
  )
  const services = [POST_BINDING, REDIRECT_BINDING].map(
    (binding) => `<md:SingleSignOnService Binding="${binding}" Location="${escapeXml(ssoUrl)}"/>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor entityID="${escapeXml(entityId)}" xmlns:md="${SAML_METADATA}">`,
    `<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${SAML_PROTOCOL}">`,
    ...keys,
    ...logoutServices,
    ...formats,
    ...services,
    '</md:IDPSSODescriptor>',
    '</md:EntityDescriptor>',
  ].join('')
}

/** 76 characters a line (RFC 2045 §6.8), each on its own. */
function wrapped(certificate: string): string {
  return (certificate.match(/.{1,76}/g) ?? []).join('\n')
}
