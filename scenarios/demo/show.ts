import type { StepResult } from '#scenarios/runner/result.ts'
import type { Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import type { PaceName } from './pace.ts'

/**
 * Where a demonstration stands. `by-hand`: the presenter has taken over. `stuck`: a step did not go; the presenter decides.
 * `crashed`: the browser is gone, and the presenter decides.
 */
export type Phase = 'playing' | 'paused' | 'by-hand' | 'stuck' | 'finished' | 'stopped' | 'crashed'

/** What is drawn into the page, and stands beside the pictures. */
export interface Caption {
  /** Number of the step, from 1, and of how many. */
  readonly number: number
  readonly of: number
  readonly title: string
  readonly say: string
  /** `Microsoft Learn, 001/config/5`. */
  readonly source: string
}

/** A demonstration, at one moment. */
export interface Show {
  readonly walkthrough: Walkthrough
  readonly pace: PaceName
  /** In a browser the presenter can see, in one nobody sees, or over HTTP where there is no browser. */
  readonly stage: 'visible' | 'pictures' | 'plain'
  readonly phase: Phase
  /** Index of the step it is at. */
  readonly at: number
  readonly caption: Caption | undefined
  /** What has been done, in order. */
  readonly results: readonly StepResult[]
  /** Why it is stuck, crashed or ended early, in words for the presenter. */
  readonly problem: string | undefined
  /** Wall milliseconds it took to put everything at the beginning. */
  readonly resetMs: number
  /** Address of the page being played. */
  readonly address: string | undefined
}

/** Whether nothing more will happen by itself or by a button of the presenter. */
export function isOver({ phase }: Pick<Show, 'phase'>): boolean {
  return phase === 'finished' || phase === 'stopped'
}
