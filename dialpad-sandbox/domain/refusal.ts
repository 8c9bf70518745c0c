/**
 * What Dialpad declines to do. Thrown by commands and caught in one place per surface: SCIM renders a SCIM Error, the portal
 * shows it beside the field, the control API answers its own error.
 */

export type RefusalCode =
  | 'invalid-api-key'
  | 'company-admin-key-required'
  | 'company-admin-required'
  | 'company-suspended'
  | 'saml-only'
  | 'foreign-domain'
  | 'invalid-email'
  | 'duplicate-email'
  | 'duplicate-name'
  | 'unknown-licence'
  | 'no-licence-left'
  | 'no-office'
  | 'last-company-admin'
  | 'not-found'
  | 'gone'
  | 'unknown-member'
  | 'invalid-value'
  | 'wrong-tenant'
  | 'identity-pinned'
  | 'number-not-available'
  | 'number-not-assigned'
  | 'numbers-in-the-way'
  | 'too-many-operators'
  | 'licences-in-use'
  | 'invitation-not-valid'
  | 'not-pending'

/** The part of RFC 7644 §3.12's `scimType` list that decisions of this product need. */
export type RefusalScimType = 'uniqueness' | 'invalidValue' | 'mutability'

export interface RefusalDetails {
  readonly code: RefusalCode
  /** HTTP status on an API surface. */
  readonly status: 400 | 401 | 403 | 404 | 409
  readonly scimType?: RefusalScimType
  /** What happened, to which thing. Shown to people as it stands, so it carries no secret. */
  readonly message: string
  /** The input it is about, for a form: `email`, `name`, `officeId`, `licence` … */
  readonly field?: string
}

export class DialpadRefusal extends Error {
  override readonly name = 'DialpadRefusal'
  readonly code: RefusalCode
  readonly status: number
  readonly scimType: RefusalScimType | undefined
  readonly field: string | undefined
  constructor(details: RefusalDetails) {
    super(details.message)
    this.code = details.code
    this.status = details.status
    this.scimType = details.scimType
    this.field = details.field
  }
}

export type MissingThing =
  | 'User'
  | 'Group'
  | 'API key'
  | 'Office'
  | 'Company'
  | 'Department'
  | 'Number'
  | 'Operator'
  | 'Webhook'
  | 'Event subscription'
  | 'License removal'

/** RFC 7644 §3.12: the id names nothing a client may see; deleted people count as absent. */
export function notFound(what: MissingThing, id: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'not-found', status: 404, message: `${what} ${id} not found` })
}
