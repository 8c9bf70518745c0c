import { Notice } from '#kit/ui/notice.tsx'
import type { DialpadRefusal } from '../domain/refusal.ts'

/** What stands in a form, and what is wrong with it, by field name; problems of the whole form under the empty name. */
export interface Typed {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

/** A form as it is first shown. */
export function untouched(values: Readonly<Record<string, string>> = {}): Typed {
  return { values, problems: {} }
}

/** A form whose command was declined: the words stand beside the field, if the form has it. */
export function declined(values: Readonly<Record<string, string>>, refusal: DialpadRefusal): Typed {
  const field = refusal.field !== undefined && refusal.field in values ? refusal.field : ''
  return { values, problems: { [field]: `${refusal.message}.` } }
}

/** The problem of the form as a whole, above its fields. */
export function FormProblem({ typed }: { readonly typed: Typed }) {
  const words = typed.problems['']
  return words ? <Notice tone="danger">{words}</Notice> : null
}

/** 422 for a form that was refused. */
export function statusOf(typed: Typed): number {
  return Object.keys(typed.problems).length === 0 ? 200 : 422
}
