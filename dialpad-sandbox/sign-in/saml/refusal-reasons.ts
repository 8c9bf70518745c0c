/** Why an answer is refused. The journal names the reason and what was found; the page has words of its own (`describe-refusal.ts`). */
export type SamlReason =
  /** Nothing was posted, or it is more than is read. */
  | 'missing'
  | 'too-large'
  /** Refused before a parser sees it, or by the parser. */
  | 'doctype'
  | 'entity'
  | 'comment'
  | 'instruction'
  | 'unreadable'
  /** The document is not one answer with one assertion. */
  | 'not-a-response'
  | 'status'
  | 'encrypted'
  | 'no-assertion'
  | 'assertion-count'
  | 'duplicate-id'
  | 'wrapping'
  /** The signature's form, then its value. */
  | 'unsigned'
  | 'signature-form'
  | 'algorithm'
  | 'certificate-expired'
  | 'signature'
  /** What the verified assertion says. */
  | 'issuer'
  | 'destination'
  | 'audience'
  | 'confirmation-method'
  | 'recipient'
  | 'in-response-to'
  | 'expired'
  | 'not-yet-valid'
  | 'condition'
  | 'statement'
  | 'name-id'
  | 'attribute'
  /** It was used before. */
  | 'replay'

export interface SamlRefusal {
  readonly reason: SamlReason
  /** What was found and what was expected, for the journal. Holds no secret. */
  readonly detail: string
}

/** The outcome of one step: what was found out, or why it ends here. */
export type Checked<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & SamlRefusal)

export function passed<T>(value: T): Checked<T> {
  return { ok: true, value }
}

export function refused(reason: SamlReason, detail: string): { readonly ok: false } & SamlRefusal {
  return { ok: false, reason, detail }
}
