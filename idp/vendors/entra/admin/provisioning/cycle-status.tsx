import type { JobStatus } from '#idp/engine/jobs.ts'
import type { CycleCounts, Execution } from '#idp/engine/records.ts'
import type { Definition } from '#kit/ui/definition-list.tsx'
import { formatDateTime, TimeText } from '#kit/ui/time-text.tsx'
import { INTERVAL_MINUTES } from '../../provisioning/policy.ts'

const kindWords = { initial: 'Initial', incremental: 'Incremental' } as const

/** The sentence above the progress bar (reference 8.4). */
export function statusSentence({ run }: JobStatus): string {
  if (run.cycle !== null) {
    const { kind, resumeAt } = run.cycle
    return resumeAt === undefined
      ? `${kindWords[kind]} cycle in progress.`
      : `${kindWords[kind]} cycle is waiting: the application asked for patience until ${formatDateTime(resumeAt)}.`
  }
  const last = run.lastExecution
  if (last === undefined) return 'Initial cycle not run.'
  return last.state === 'Failed' ? `${kindWords[last.kind]} cycle failed.` : `${kindWords[last.kind]} cycle completed.`
}

/** Share of the cycle's pages that are done: pages, not people. */
export function percentOf({ run, progress }: JobStatus): number {
  if (progress !== null) return Math.floor((progress.completed / progress.total) * 100)
  return run.lastExecution === undefined || run.lastExecution.state === 'Failed' ? 0 : 100
}

function countWords(counts: CycleCounts): string {
  const { created, updated, disabled, deleted, references, skipped, failed } = counts
  const done = `${created} created, ${updated} updated, ${disabled} disabled, ${deleted} deleted`
  return `${done}, ${references} memberships, ${skipped} skipped, ${failed} failed`
}

function secondsOf({ timeBegan, timeEnded }: Execution): string {
  return `${((Date.parse(timeEnded) - Date.parse(timeBegan)) / 1000).toFixed(1)} s`
}

/** What View provisioning details unfolds (reference 8.4). */
export function cycleDetails({ run, job, escrows }: JobStatus): readonly Definition[] {
  const last = run.lastExecution
  const counts = run.cycle?.counts ?? last?.counts
  const when = (iso: string | undefined) => iso && <TimeText iso={iso} form="datetime" />
  return [
    { term: 'Completed', value: when(last?.timeEnded) },
    { term: 'Duration', value: last && secondsOf(last) },
    { term: 'Steady state achieved', value: when(run.steadyStateLastAchieved) },
    { term: 'Provisioning interval(fixed)', value: `${INTERVAL_MINUTES} minutes` },
    { term: 'Next cycle', value: job.state === 'Active' ? when(run.nextRunAt ?? undefined) : 'Not scheduled' },
    { term: run.cycle === null ? 'Last cycle' : 'This cycle', value: counts && countWords(counts) },
    { term: 'Waiting to be tried again', value: String(escrows) },
    {
      term: 'Last cycle with changes',
      value: when(run.lastSuccessfulExecutionWithExports?.timeEnded),
    },
  ]
}

/** Seconds of wall time between two looks: while something moves, and while it may begin to. */
const [LOOK_OFTEN, LOOK_SOMETIMES] = [1, 5]

function isMoving({ run }: JobStatus, nowIso: string): boolean {
  if (run.cycle !== null) return run.cycle.resumeAt === undefined
  return run.nextRunAt !== null && run.nextRunAt <= nowIso
}

/** Seconds of wall time until a page looks again: often while something moves. */
export function secondsToNextLook(status: JobStatus, nowIso: string): number {
  return isMoving(status, nowIso) ? LOOK_OFTEN : LOOK_SOMETIMES
}
