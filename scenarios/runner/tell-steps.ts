import type { StepResult, WalkthroughResult } from './result.ts'

const MARKS: Readonly<Record<StepResult['outcome'], string>> = { passed: 'ok  ', failed: 'FAIL', 'not-run': '-   ' }

/** `1.2 s`. */
export function tellDuration(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`
}

/** A step as lines of the terminal: number, title, time, and what was found. */
export function tellStep(step: StepResult): string {
  const head = `${MARKS[step.outcome]} ${step.id.padEnd(16)} ${step.title} (${tellDuration(step.durationMs)})`
  const rest = [step.found, step.problem].filter((line) => line !== undefined).map((line) => `       ${line}`)
  return [head, ...rest].join('\n')
}

/** The last line: how many of how many, in which time. */
export function tellOutcome(result: WalkthroughResult): string {
  const passed = result.steps.filter((step) => step.outcome === 'passed').length
  return `${result.passed ? 'Passed' : 'Failed'}: ${passed} of ${result.steps.length} steps in ${tellDuration(result.durationMs)}`
}
