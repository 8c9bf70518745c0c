import { randomUUID } from 'node:crypto'
import type { Clock } from '#kit/clock.ts'
import { correlationId } from './correlation.ts'

/**
 * Errors of the sign-in service: a number, an OAuth error, words. Numbers and OAuth errors are those of the published list
 * ("Microsoft Entra authentication & authorization error codes"); the words say the same in ours.
 */

interface AadstsSpec {
  /** OAuth error code sent with it. */
  readonly error: string
  readonly status: number
  readonly message: (values: Readonly<Record<string, string>>) => string
}

/** A text with `{name}` places. */
function words(template: string): AadstsSpec['message'] {
  return (values) => template.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '')
}

export const AADSTS = {
  50011: {
    error: 'invalid_request',
    status: 400,
    message: words(
      "The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{clientId}'.",
    ),
  },
  50012: {
    error: 'invalid_request',
    status: 500,
    message: words(
      "The signing certificate of '{app}' cannot be used: its key was sealed by another installation. Make a new one.",
    ),
  },
  50020: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      "User account '{user}' does not exist in tenant '{tenant}' and cannot access the application '{clientId}' in that tenant. Sign in with an account of that tenant.",
    ),
  },
  50034: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      'The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.',
    ),
  },
  50053: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      'The account is locked because there were too many sign-in attempts with an incorrect user ID or password.',
    ),
  },
  50055: { error: 'invalid_grant', status: 400, message: words('The password is expired.') },
  50057: { error: 'invalid_grant', status: 400, message: words('The user account is disabled.') },
  50058: {
    error: 'login_required',
    status: 400,
    message: words(
      'A silent sign-in request was sent but no user is signed in, or the signed-in user does not fit the request.',
    ),
  },
  50105: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      "The signed-in user '{user}' is not assigned to a role for the application '{clientId}'({app}), which requires assignment. An administrator can assign the user, or a group the user is a direct member of.",
    ),
  },
  50126: {
    error: 'invalid_grant',
    status: 400,
    message: words('Error validating credentials due to invalid username or password.'),
  },
  50173: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      'The provided grant has expired because it was revoked. The user might have changed or reset their password. A fresh sign-in is needed.',
    ),
  },
  50194: {
    error: 'invalid_request',
    status: 400,
    message: words(
      "Application '{clientId}'({app}) is not configured as a multi-tenant application, so the /{tenant} endpoint cannot be used. Use the address of its tenant.",
    ),
  },
  50059: {
    error: 'invalid_request',
    status: 400,
    message: words(
      'No tenant-identifying information found in either the request or implied by any provided credentials. Ask at the address of a tenant.',
    ),
  },
  54005: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      'The OAuth2 authorization code was already redeemed. Retry with a new valid code, or use a refresh token.',
    ),
  },
  65001: {
    error: 'consent_required',
    status: 400,
    message: words(
      "The user or an administrator has not consented to use the application with ID '{clientId}'. Send an interactive authorization request.",
    ),
  },
  65004: { error: 'access_denied', status: 400, message: words('User declined to consent to access the app.') },
  70000: {
    error: 'invalid_grant',
    status: 400,
    message: words('The provided authorization code or refresh token is not valid.'),
  },
  70003: {
    error: 'unsupported_grant_type',
    status: 400,
    message: words("The app requested an unsupported grant type '{grantType}'."),
  },
  70008: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      'The provided authorization code or refresh token has expired. Send a new interactive authorization request for this user and resource.',
    ),
  },
  70011: {
    error: 'invalid_scope',
    status: 400,
    message: words("The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."),
  },
  75003: {
    error: 'invalid_request',
    status: 400,
    message: words('The app asked for its SAML answer by a binding that is not supported. Use HTTP POST.'),
  },
  75005: {
    error: 'invalid_request',
    status: 400,
    message: words('The request is not a valid Saml2 protocol message.'),
  },
  75008: {
    error: 'invalid_request',
    status: 400,
    message: words('The request from the app was denied: its Destination is not the address it came to.'),
  },
  81010: {
    error: 'invalid_request',
    status: 400,
    message: words('The sign-in request is over or belongs to another browser. Start again at the application.'),
  },
  90002: {
    error: 'invalid_request',
    status: 400,
    message: words("Tenant '{tenant}' not found. Check the tenant ID or domain in the address."),
  },
  90014: {
    error: 'invalid_request',
    status: 400,
    message: words("The required field '{name}' is missing from the request."),
  },
  90023: {
    error: 'invalid_request',
    status: 400,
    message: words("Unsupported 'prompt' value. One of login, none, consent and select_account is expected."),
  },
  90033: {
    error: 'temporarily_unavailable',
    status: 500,
    message: words('A transient error has occurred. Please try again.'),
  },
  90094: {
    error: 'access_denied',
    status: 403,
    message: words(
      '{app} needs permissions that only an administrator can grant. Ask an administrator to grant permission to this app before you can use it.',
    ),
  },
  700005: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      'The provided authorization code or refresh token is intended to be used against another tenant, thus rejected.',
    ),
  },
  700016: {
    error: 'unauthorized_client',
    status: 400,
    message: words(
      "Application with identifier '{clientId}' was not found in the directory '{tenant}'. Either it is not registered, or it belongs to another tenant than the one in the address.",
    ),
  },
  700054: {
    error: 'unsupported_response_type',
    status: 400,
    message: words("response_type '{responseType}' is not enabled for the application."),
  },
  700082: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      'The refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    ),
  },
  750054: {
    error: 'invalid_request',
    status: 400,
    message: words(
      'SAMLRequest or SAMLResponse must be present as query string parameters in HTTP request for SAML Redirect binding.',
    ),
  },
  900144: {
    error: 'invalid_request',
    status: 400,
    message: words("The request body must contain the following parameter: '{name}'."),
  },
  900971: { error: 'invalid_request', status: 400, message: words('No reply address provided.') },
  900561: {
    error: 'invalid_request',
    status: 400,
    message: words('The endpoint only accepts {accepted} requests. Received a {received} request.'),
  },
  500011: {
    error: 'invalid_resource',
    status: 400,
    message: words("The resource principal named '{resource}' was not found in the tenant '{tenant}'."),
  },
  500113: {
    error: 'invalid_request',
    status: 400,
    message: words("No reply address is registered for the application '{clientId}'({app})."),
  },
  501481: {
    error: 'invalid_grant',
    status: 400,
    message: words('The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
  },
  901002: {
    error: 'invalid_request',
    status: 400,
    message: words("The 'resource' request parameter is not supported: this endpoint is asked for scopes."),
  },
  1002012: {
    error: 'invalid_scope',
    status: 400,
    message: words(
      "The provided value for scope '{scope}' is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).",
    ),
  },
  7000112: {
    error: 'unauthorized_client',
    status: 400,
    message: words("Application '{clientId}'({app}) is disabled."),
  },
  7000215: {
    error: 'invalid_client',
    status: 401,
    message: words("Invalid client secret provided. Send the value of the secret, not its ID, for app '{clientId}'."),
  },
  7000218: {
    error: 'invalid_client',
    status: 401,
    message: words("The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
  },
  7000222: {
    error: 'invalid_client',
    status: 401,
    message: words("The provided client secret keys for app '{clientId}' are expired. Create new keys for the app."),
  },
  7000229: {
    error: 'unauthorized_client',
    status: 400,
    message: words("The client application '{clientId}' is missing service principal in the tenant '{tenant}'."),
  },
  9002313: {
    error: 'invalid_request',
    status: 400,
    message: words('Invalid request. Request is malformed or invalid. {reason}'),
  },
  9002325: {
    error: 'invalid_request',
    status: 400,
    message: words('Proof Key for Code Exchange is required for cross-origin authorization code redemption.'),
  },
  9002346: {
    error: 'unauthorized_client',
    status: 400,
    message: words(
      'The /consumers endpoint is for personal accounts, which are not part of this simulation. Use the /organizations or a tenant-specific endpoint.',
    ),
  },
  28000: {
    error: 'invalid_scope',
    status: 400,
    message: words(
      'Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {scope} is not valid.',
    ),
  },
  50027: {
    error: 'invalid_client',
    status: 401,
    message: words('JWT token is invalid or malformed. {reason}'),
  },
  50076: {
    error: 'interaction_required',
    status: 400,
    message: words(
      "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{clientId}'.",
    ),
  },
  50079: {
    error: 'interaction_required',
    status: 400,
    message: words(
      "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '{clientId}'.",
    ),
  },
  70016: {
    error: 'authorization_pending',
    status: 400,
    message: words('OAuth 2.0 device flow error. Authorization is pending. Continue polling.'),
  },
  70018: {
    error: 'bad_verification_code',
    status: 400,
    message: words(
      'Invalid verification code: the provided device_code is not one that was given to this application.',
    ),
  },
  70020: {
    error: 'expired_token',
    status: 400,
    message: words(
      "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
    ),
  },
  500014: {
    error: 'invalid_resource',
    status: 400,
    message: words(
      "The service principal for resource '{resource}' is disabled. An administrator has disabled it in tenant '{tenant}'.",
    ),
  },
  500112: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      "The reply address '{redirectUri}' does not match the reply address provided when requesting the authorization code.",
    ),
  },
  501051: {
    error: 'invalid_grant',
    status: 400,
    message: words("Application '{clientId}'({app}) is not assigned to a role for the application '{resource}'."),
  },
  650053: {
    error: 'invalid_client',
    status: 400,
    message: words(
      "The application '{app}' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Check the scopes the API offers.",
    ),
  },
  50013: {
    error: 'invalid_grant',
    status: 400,
    message: words('Assertion failed validation. {reason}'),
  },
  240002: {
    error: 'invalid_grant',
    status: 400,
    message: words("Input id_token cannot be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' grant."),
  },
  500131: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      "Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was '{audience}' and the expected audience is '{expected}' or another name of the application '{clientId}'({app}), which makes the request.",
    ),
  },
  500133: {
    error: 'invalid_grant',
    status: 400,
    message: words('Assertion is not within its valid time range. It has expired: the client has to get another one.'),
  },
  7000114: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      "Application '{clientId}' is not allowed to make application on-behalf-of calls: the assertion stands for no person.",
    ),
  },
  650057: {
    error: 'invalid_resource',
    status: 400,
    message: words(
      "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: {clientId}({app}). Resource value from request: {resource}.",
    ),
  },
  700021: {
    error: 'invalid_client',
    status: 401,
    message: words(
      "Client assertion application identifier doesn't match 'client_id' parameter. Its iss and sub name the application.",
    ),
  },
  700023: {
    error: 'invalid_client',
    status: 401,
    message: words(
      "Client assertion audience claim does not match Realm issuer. It is '{audience}'; the address of the token endpoint is expected.",
    ),
  },
  700024: {
    error: 'invalid_client',
    status: 401,
    message: words(
      'Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, expiry time of assertion {to}.',
    ),
  },
  700025: {
    error: 'invalid_client',
    status: 401,
    message: words("Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
  },
  700027: {
    error: 'invalid_client',
    status: 401,
    message: words(
      "The certificate with identifier used to sign the client assertion is not registered on application, or the assertion has an invalid signature. [Reason - {reason}, Thumbprint of key used by client: '{thumbprint}'{found}]",
    ),
  },
  700084: {
    error: 'invalid_grant',
    status: 400,
    message: words(
      "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which can't be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.",
    ),
  },
  9000411: {
    error: 'invalid_request',
    status: 400,
    message: words("The request is not properly formatted. The parameter '{name}' is duplicated."),
  },
  9002326: {
    error: 'invalid_request',
    status: 400,
    message: words(
      "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{origin}'.",
    ),
  },
  9002327: {
    error: 'invalid_request',
    status: 400,
    message: words(
      "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    ),
  },
  50074: {
    error: 'interaction_required',
    status: 400,
    message: words('Strong Authentication is required.'),
  },
  50140: {
    error: 'interaction_required',
    status: 400,
    message: words("This error occurred due to 'Keep me signed in' interrupt when the user was signing-in."),
  },
  70044: {
    error: 'login_required',
    status: 400,
    message: words(
      'The session has expired or is invalid due to sign-in frequency checks by conditional access. The user has to sign in again.',
    ),
  },
  500121: {
    error: 'invalid_grant',
    status: 400,
    message: words('Authentication failed during strong authentication request.'),
  },
  50049: { error: 'invalid_instance', status: 400, message: words('Unknown or invalid instance.') },
} as const satisfies Readonly<Record<number, AadstsSpec>>

export type AadstsCode = keyof typeof AADSTS

/** One occurrence of an error, with what support would ask for. */
export interface AadstsError {
  readonly code: AadstsCode
  /** OAuth error code. */
  readonly error: string
  readonly status: number
  /** `AADSTS50011: …`, one sentence or more, without the identifiers. */
  readonly text: string
  readonly traceId: string
  readonly correlationId: string
  /** Virtual, `2026-01-09 02:02:12Z`. */
  readonly timestamp: string
}

/** `2026-01-09 02:02:12Z`. */
function stamp(clock: Clock): string {
  return `${clock.iso().slice(0, 19).replace('T', ' ')}Z`
}

/**
 * An error that has occurred now, under the correlation id of what goes on.
 * @param as Another OAuth error than the number's own, where the place asks for it.
 */
export function aadsts(
  clock: Clock,
  code: AadstsCode,
  values: Readonly<Record<string, string>> = {},
  as?: string,
): AadstsError {
  const spec = AADSTS[code]
  return {
    code,
    error: as ?? spec.error,
    status: spec.status,
    text: `AADSTS${code}: ${spec.message(values)}`.trim(),
    traceId: randomUUID(),
    correlationId: correlationId(),
    timestamp: stamp(clock),
  }
}

/** The text with the identifiers below it, as `error_description` carries it. */
export function descriptionOf(error: AadstsError): string {
  return `${error.text} Trace ID: ${error.traceId} Correlation ID: ${error.correlationId} Timestamp: ${error.timestamp}`
}

/** What client libraries read to tell whether asking the person would help. */
const SUBERRORS: Readonly<Partial<Record<AadstsCode, string>>> = {
  50076: 'basic_action',
  50079: 'basic_action',
  65001: 'consent_required',
}

/**
 * Members of a JSON error answer.
 * @param origin Of the sign-in service, where the number is explained.
 */
export function jsonOf(error: AadstsError, origin: string): Readonly<Record<string, unknown>> {
  const suberror = SUBERRORS[error.code]
  return {
    error: error.error,
    error_description: descriptionOf(error),
    error_codes: [error.code],
    timestamp: error.timestamp,
    trace_id: error.traceId,
    correlation_id: error.correlationId,
    error_uri: `${origin}/error?code=${error.code}`,
    ...(suberror === undefined ? {} : { suberror }),
  }
}
