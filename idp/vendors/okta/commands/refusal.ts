import { Refusal } from '#kit/http/errors.ts'

/** Codes of the real product's API that commands refuse with (reference sheet 6.2), and the status each has. */
export const REFUSAL_STATUS = {
  E0000001: 400,
  E0000006: 403,
  E0000007: 404,
  E0000016: 403,
  E0000027: 400,
  E0000038: 403,
  E0000040: 400,
  E0000055: 409,
  E0000056: 403,
  E0000062: 409,
  E0000117: 403,
} as const
export type OktaErrorCode = keyof typeof REFUSAL_STATUS

export interface RefusalCause {
  /** Name of the field or attribute at fault. */
  readonly field?: string
  readonly summary: string
}

/**
 * What every command throws when it refuses: `message` is the error's summary, `causes` say which field. Nothing has been written.
 */
export class OktaRefusal extends Refusal {
  readonly causes: readonly RefusalCause[]
  constructor(code: OktaErrorCode, message: string, causes: readonly RefusalCause[] = []) {
    super(code, REFUSAL_STATUS[code], message)
    this.causes = causes
  }
}

/** E0000001: a value breaks the rule of its field. */
export function invalid(field: string, summary: string): OktaRefusal {
  return invalidFields([{ field, summary }])
}

/** E0000001 with every cause at once. */
export function invalidFields(causes: readonly RefusalCause[]): OktaRefusal {
  const [first] = causes
  return new OktaRefusal('E0000001', `Api validation failed: ${first?.field ?? 'input'}`, causes)
}

/** E0000007: an id that names nothing. */
export function notFound(type: string, id: string): OktaRefusal {
  return new OktaRefusal('E0000007', `Not found: Resource not found: ${id} (${type})`)
}
