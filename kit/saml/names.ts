/** Names of SAML 2.0 and of what it borrows, as they stand in messages. */

export const SAML_PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
export const SAML_ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion'
export const SAML_METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata'
export const XML_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#'

export const POST_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
export const REDIRECT_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

export const STATUS_SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'
/** Who was asked to ask nobody could not answer: nobody is signed in (SAML core §3.2.2.2). */
export const STATUS_RESPONDER = 'urn:oasis:names:tc:SAML:2.0:status:Responder'
export const STATUS_NO_PASSIVE = 'urn:oasis:names:tc:SAML:2.0:status:NoPassive'
/** The sender of a request could not be made sure of. */
export const STATUS_AUTHN_FAILED = 'urn:oasis:names:tc:SAML:2.0:status:AuthnFailed'
/** A request that is understood, and not followed. */
export const STATUS_REQUEST_DENIED = 'urn:oasis:names:tc:SAML:2.0:status:RequestDenied'
export const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/** Form of a name identifier that is an address (SAML core §8.3.2). */
export const NAME_ID_EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** Media type of metadata (SAML metadata, appendix A). */
export const METADATA_TYPE = 'application/samlmetadata+xml'
