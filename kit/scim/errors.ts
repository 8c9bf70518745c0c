/** The closed vocabulary of RFC 7644 section 3.12, table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'

export const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** A refusal in SCIM's words. `detail` goes to the client as it is, so it carries no secret. */
export class ScimError extends Error {
  /** HTTP status. */
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly detail: string

  constructor(status: number, scimType: ScimType | undefined, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.name = 'ScimError'
    this.status = status
    this.scimType = scimType
    this.detail = detail
  }
}

/** A 400 with its reason: what nearly every refusal in this folder is. */
export function badRequest(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, scimType, detail)
}

export interface ErrorBody {
  readonly schemas: readonly [typeof ERROR_SCHEMA]
  /** A string, as RFC 7644 section 3.12 wants it. */
  readonly status: string
  readonly scimType?: ScimType
  readonly detail: string
}

/** The response body of RFC 7644 section 3.12. */
export function toErrorBody(error: Pick<ScimError, 'status' | 'scimType' | 'detail'>): ErrorBody {
  return {
    schemas: [ERROR_SCHEMA],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.detail,
  }
}
