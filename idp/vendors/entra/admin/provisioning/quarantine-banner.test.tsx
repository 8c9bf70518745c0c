import { expect, test } from 'vitest'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { NO_COUNTS, newRun } from '#idp/engine/job-state.ts'
import type { JobStatus } from '#idp/engine/jobs.ts'
import type { CycleState, JobRun, ProvisioningJob } from '#idp/engine/records.ts'
import { renderPage } from '#kit/ui/render.ts'
import { QuarantineBanner } from './quarantine-banner.tsx'

const APP = { id: 'app', displayName: 'Dialpad' } as ServicePrincipal
const JOB = { id: 'job', state: 'Active' } as ProvisioningJob

function shown(staged: number, more: Partial<JobRun> = {}): string {
  const run: JobRun = {
    ...newRun('job'),
    nextRunAt: '2026-03-02T15:00:00.000Z',
    quarantine: {
      reason: 'TooManyDeletes',
      since: '2026-03-02T09:00:00.000Z',
      currentBegan: '2026-03-02T09:00:00.000Z',
      noticePending: false,
      nextAttempt: '2026-03-02T15:00:00.000Z',
      failedAttempts: 1,
      error: { code: 'TooManyDeletes', message: '3 deletions wait for approval.' },
    },
    ...more,
  }
  const status: JobStatus = { job: JOB, run, code: 'Quarantine', progress: null, escrows: 0, staged }
  return renderPage(<QuarantineBanner app={APP} status={status} />)
}

test('while deletions wait, they can be allowed, and the next attempt is when the ladder says', () => {
  const html = shown(3)
  expect(html).toContain('Allow deletes')
  expect(html).toContain('so nothing was deleted')
  expect(html).toContain('2026-03-02T15:00:00.000Z')
})

test('once they are allowed nobody is asked to allow them, and the next attempt is the cycle that was asked for', () => {
  const html = shown(0, { nextRunAt: '2026-03-02T10:30:00.000Z' })
  expect(html).not.toContain('Allow')
  expect(html).toContain('No deletion waits for approval any more.')
  expect(html).toContain('2026-03-02T10:30:00.000Z')
  expect(html).not.toContain('2026-03-02T15:00:00.000Z')
})

test('a cycle under way is the attempt', () => {
  const cycle: CycleState = {
    id: 'cycle',
    kind: 'incremental',
    startedAt: '2026-03-02T10:30:00.000Z',
    from: 0,
    upTo: 0,
    phase: 'users',
    cursor: null,
    counts: NO_COUNTS,
    expected: 0,
    pauses: 0,
  }
  expect(shown(0, { nextRunAt: null, cycle })).toContain('Now')
  expect(shown(3, { nextRunAt: null })).toContain('None')
})
