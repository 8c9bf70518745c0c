import type { Place, StepSource } from '#scenarios/walkthroughs/walkthrough.ts'

export interface StepResult {
  readonly id: string
  readonly title: string
  readonly say: string
  readonly source: StepSource
  readonly at: Place
  /** `not-run`: an earlier step failed. */
  readonly outcome: 'passed' | 'failed' | 'not-run'
  /** What the check found. */
  readonly found?: string
  /** Why it failed. */
  readonly problem?: string
  /** Wall milliseconds. */
  readonly durationMs: number
  /** File name of the picture, beside the report. */
  readonly screenshot?: string
}

export interface WalkthroughResult {
  readonly id: string
  readonly title: string
  readonly lead: string
  readonly world: string
  readonly passed: boolean
  /** Wall time, ISO. */
  readonly startedAt: string
  readonly durationMs: number
  readonly steps: readonly StepResult[]
  /** What a failure left beside the report: trace, journal. */
  readonly evidence: readonly string[]
}
