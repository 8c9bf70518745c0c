import { Notice } from '#kit/ui/notice.tsx'

/** What the fields of a form show, and what is wrong with them: the empty name stands for the form as a whole. */
export interface FormView {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
}

export interface FormProblemProps {
  readonly problems: FormView['problems']
  /** `The user was not created`. */
  readonly title: string
  /** Fields the page shows, whose problems stand beside them. Problems of others are told here. */
  readonly shown: readonly string[]
}

/** Above a form that was refused: what is wrong with the whole of it, or where to look. Nothing without problems. */
export function FormProblem({ problems, title, shown }: FormProblemProps) {
  const names = Object.keys(problems)
  if (names.length === 0) return null
  const elsewhere = names.filter((name) => !shown.includes(name)).map((name) => problems[name])
  return (
    <Notice tone="danger" title={title}>
      {elsewhere.length > 0 ? elsewhere.join(' ') : 'Check the fields marked below.'}
    </Notice>
  )
}
