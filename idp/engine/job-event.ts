import type { Writer } from '#kit/store/store.ts'
import type { EngineShape, Execution, ProvisioningJob, Quarantine } from './records.ts'

/** Something that happened to a whole job; what happens to single objects is in the provisioning log. */
export type JobEvent =
  | { readonly kind: 'cycle-ended'; readonly execution: Execution }
  /** Once for every reason of a quarantine. */
  | { readonly kind: 'quarantined'; readonly quarantine: Quarantine }
  | { readonly kind: 'released' }
  /** Given up after 28 days of quarantine. */
  | { readonly kind: 'disabled' }

/** Told in the transaction that keeps what happened, so that a vendor can keep it too, or nothing of it. */
export type Announce = (tx: Writer<EngineShape>, job: ProvisioningJob, event: JobEvent) => void

/**
 * Tells somebody outside that a job is in quarantine: once for every reason (reference sheet 6.4). Words and way are the
 * vendor's. Never throws: who could not be reached is not tried again.
 *
 * @returns one line for people: `Mail to it@example.test: sent`.
 */
export type Notify = (job: ProvisioningJob, quarantine: Quarantine) => Promise<string>
