import { Notice } from '#kit/ui/notice.tsx'
import { OktaRefusal } from '../commands/refusal.ts'

/** What the fields of a form show, and what is wrong with them: the empty name stands for the form as a whole. */
export interface FormView {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

/**
 * Problems of a form by field, from what a command refused. A refusal that belongs to no field stands under the empty name.
 * @throws the error itself when it is no matter of the form: an unknown thing, a missing role, a bug.
 */
export function problemsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof OktaRefusal) || error.status === 404 || error.code === 'E0000006') throw error
  if (error.causes.length === 0) return { '': error.message }
  return Object.fromEntries(error.causes.map(({ field, summary }) => [field ?? '', summary]))
}

/** Above a form that was refused: what is wrong with the whole of it, or where to look. Nothing without problems. */
export function FormProblem(props: {
  readonly problems: FormView['problems']
  /** Fields the page shows, whose problems stand beside them. Problems of others are told here. */
  readonly shown: readonly string[]
}) {
  const names = Object.keys(props.problems)
  if (names.length === 0) return null
  const elsewhere = names
    .filter((name) => !props.shown.includes(name))
    .map((name) => (name === '' ? props.problems[name] : `${name}: ${props.problems[name]}`))
  return (
    <Notice tone="danger" title="We found some errors.">
      {elsewhere.length > 0 ? elsewhere.join(' ') : 'Please review the form and make corrections.'}
    </Notice>
  )
}
