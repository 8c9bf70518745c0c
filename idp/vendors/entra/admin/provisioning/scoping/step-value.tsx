import type { ComponentChildren } from 'preact'
import { Stack } from '#kit/ui/layout.tsx'

/** Key of the detail that tells what every clause of the scoping filters came to, as JSON. */
const SCOPE_RESULT = 'ScopeEvaluationResult'

function clausesIn(json: string): readonly (readonly [clause: string, holds: boolean])[] {
  const parsed: unknown = JSON.parse(json)
  if (typeof parsed !== 'object' || parsed === null) return []
  return Object.entries(parsed).map(([clause, holds]) => [clause, holds === true])
}

/**
 * A detail of a step as its card shows it. The result of the scoping filters is a line for each clause: title, attribute,
 * operator and value, and whether it holds (reference 7.1). Without filters it stays `{}`.
 */
export function stepValue(term: string, value: string): ComponentChildren {
  if (term !== SCOPE_RESULT) return value
  const clauses = clausesIn(value)
  if (clauses.length === 0) return value
  return (
    <Stack gap="tight">
      {clauses.map(([clause, holds]) => (
        <span key={clause}>{`${clause}: ${holds ? 'True' : 'False'}`}</span>
      ))}
    </Stack>
  )
}
