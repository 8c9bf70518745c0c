import type { Step, StepSource } from '../walkthrough.ts'

/** What another article says differently of the same act. */
export interface Retold extends Partial<Pick<Step, 'title' | 'say' | 'at' | 'hints' | 'wrong'>> {
  readonly id: string
  readonly source: StepSource
}

/**
 * A step that another article tells too: done and judged in the same way.
 * @throws when there is no step of that id: the other walkthrough has changed.
 */
export function retell(steps: readonly Step[], id: string, told: Retold): Step {
  const step = steps.find((each) => each.id === id)
  if (step === undefined) throw new Error(`There is no step ${id} to tell again.`)
  return { ...step, ...told }
}
