import type { TargetErrorCode } from './target-response.ts'

/** What the request was, as far as its answer depends on it. */
export type CallPurpose = 'filter' | 'read' | 'create' | 'change' | 'delete'

/** A refusal of the target: the status, and of a SCIM Error (RFC 7644 §3.12) type and detail. */
export interface TargetRefusal {
  readonly status: number
  readonly scimType?: string
  /** Else the beginning of whatever body there was. */
  readonly detail: string
}

/** What a detail says, first match first. Applications word it as they like: these are the usual words, and no more than a guess. */
const WORDS: readonly (readonly [
  code: TargetErrorCode,
  statuses: readonly number[],
  ...patterns: readonly RegExp[],
])[] = [
  [
    'LicenseLimitExceeded',
    [400, 403, 409, 422],
    /\b(licen[cs]es?|seats?|subscriptions?)\b/i,
    /\b(no (available|free|more|remaining|unused)|not enough|insufficient|exceed\w*|limits?|exhausted|out of|left|all (are |is )?(in use|used|assigned|taken))\b/i,
  ],
  [
    'InvalidDomain',
    [400, 403, 409, 422],
    /\bdomain\b/i,
    /\b(not (an? )?(associated|allowed|verified|valid|permitted|accepted|registered|known|supported)|invalid|unknown|unverified|unsupported|does not (belong|match))\b/i,
  ],
  [
    'SchemaPropertyCanOnlyAcceptValue',
    [400, 422],
    /\bsingle[- ]valued?\b|\b(only|at most) (accepts? )?(one|a single|1) (value|entry|element)\b|\bcan only accept\b|\b(more than one|multiple|several) values?\b/i,
  ],
  [
    'SchemaAttributeNotFound',
    [400, 422],
    /\b(unknown|undefined|unrecogni[sz]ed|no such) (attribute|property|field|path)\b|\b(attribute|property|field|path)\b.{0,80}\b(not (found|defined|known|recogni[sz]ed|part of)|is unknown|does not exist|is undefined)\b/i,
  ],
  [
    'MandatoryFieldsMissing',
    [400, 422],
    /\bmandatory\b|\b(is|are) required\b|\brequired (attribute|property|field|value)s?\b|\bmust be (provided|present|specified|given)\b/i,
  ],
  [
    'MissingValues',
    [400, 422],
    /\b(must|can|may) ?not be (empty|blank|null)\b|\b(is|was|are) (empty|blank|missing|null)\b|\bmissing (a )?values?\b/i,
  ],
]

const BY_TYPE: Readonly<Record<string, TargetErrorCode>> = {
  invalidPath: 'SchemaAttributeNotFound',
}

const BY_STATUS: Readonly<Record<number, TargetErrorCode>> = {
  401: 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
  402: 'LicenseLimitExceeded',
  405: 'MethodNotAllowed',
  408: 'Timeout',
  429: 'TooManyRequests',
  501: 'NotImplemented',
  504: 'Timeout',
}

/**
 * The log code of a refusal (reference sheets 2.12, 6.2). By the detail where it says more than the status, then by the SCIM
 * type, then by the status: which answer leads to which code is not published but for the obvious ones.
 */
export function codeOfRefusal({ status, scimType = '', detail }: TargetRefusal, purpose: CallPurpose): TargetErrorCode {
  const isConflict = scimType === 'uniqueness' && status < 500
  if (isConflict) return conflict(purpose)
  const worded = WORDS.find(
    ([, statuses, ...patterns]) => statuses.includes(status) && patterns.every((pattern) => pattern.test(detail)),
  )
  if (worded !== undefined) return worded[0]
  if (status === 409) return conflict(purpose)
  if (status === 403) {
    const forbidsIt =
      scimType === 'sensitive' || scimType === 'mutability' || /\bnot (permitted|allowed)\b/i.test(detail)
    return forbidsIt ? 'NotPermitted' : 'InsufficientRights'
  }
  // What a change or a delete was for was there a moment ago, or was linked.
  if (status === 404) return purpose === 'change' || purpose === 'delete' ? 'InvalidAnchor' : 'UnprocessableEntity'
  const typed = status < 500 ? BY_TYPE[scimType] : undefined
  return typed ?? BY_STATUS[status] ?? (status >= 500 ? 'InternalServerError' : 'UnprocessableEntity')
}

function conflict(purpose: CallPurpose): TargetErrorCode {
  return purpose === 'create' ? 'EntryConflict' : 'Conflict'
}
