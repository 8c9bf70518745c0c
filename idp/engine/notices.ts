import type { DueItem } from '#kit/clock.ts'
import type { EngineOptions } from './engine.ts'
import type { JobRun, ProvisioningJob } from './records.ts'

/** First part of the id of a due notice. */
export const NOTICE = 'notice'

/** Notices of quarantines: work of its own on the schedule, so that no cycle waits for a mail server and a kill loses none. */
export interface Notices {
  /** The notice the job owes, if any. */
  of(job: ProvisioningJob, run: JobRun): DueItem[]
  /** Tell it, once: whoever could not be reached is not tried again. @returns one line for people. */
  tell(jobId: string): Promise<string>
}

/** The notices of an engine's jobs; none when nobody is to be told. */
export function createNotices({ system, appName, notify }: EngineOptions): Notices {
  const { store } = system
  return {
    of(job, { quarantine }) {
      if (notify === undefined || quarantine === null || !quarantine.noticePending) return []
      const what = `Notice of the quarantine of ${appName(job)}`
      const at = Date.parse(quarantine.currentBegan)
      return [{ id: `${NOTICE}/${job.id}/${quarantine.reason}/${quarantine.currentBegan}`, what, at }]
    },
    async tell(jobId) {
      const told = await store.transact((tx) => {
        const run = tx.get('provisioningRuns', jobId)
        const job = tx.get('provisioningJobs', jobId)
        if (job === undefined || run?.quarantine?.noticePending !== true) return undefined
        const quarantine = { ...run.quarantine, noticePending: false }
        tx.put('provisioningRuns', jobId, { ...run, quarantine })
        return { job, quarantine }
      })
      if (told === undefined || notify === undefined) return 'There is nothing to tell any more.'
      return notify(told.job, told.quarantine)
    },
  }
}
