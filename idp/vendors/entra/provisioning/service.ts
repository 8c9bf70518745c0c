import { createDirectorySource } from '#idp/engine/directory-source.ts'
import { createEngine, type Engine } from '#idp/engine/engine.ts'
import type { ProvisioningSource } from '#idp/engine/source.ts'
import { createMailer } from '#kit/mail/send-mail.ts'
import { wholeWriter } from '../audit/engine-events.ts'
import type { EntraSystem } from '../collections.ts'
import { recycleBin } from '../commands/recycle-bin.ts'
import { auditJobEvent } from './audit-job-event.ts'
import { ENTRA_PHRASING } from './phrasing.ts'
import { policyFor } from './policy.ts'
import { quarantineMails } from './quarantine-mail.ts'

/** The provisioning service of one system: what its commands, pages and control calls live on. */
export interface ProvisioningService {
  readonly system: EntraSystem
  readonly engine: Engine
  readonly source: ProvisioningSource
  /** End running cycles at the next object; they go on after the next start. */
  stop(): Promise<void>
}

/**
 * Compose the engine with this vendor's policy and words, and put its work on the schedule: first the recycle bin, so that a
 * cycle at the same instant sees what is gone.
 */
export function createProvisioning(system: EntraSystem): ProvisioningService {
  const source = createDirectorySource(system.store)
  const engine = createEngine({
    system,
    source,
    phrasing: ENTRA_PHRASING,
    policyOf: (job) => {
      const [defaultDomain] = system.store.get('tenants', job.tenantId)?.domains ?? []
      return policyFor(system.switches, { ...job, defaultDomain })
    },
    announce: (tx, job, event) => auditJobEvent(wholeWriter(tx), system.clock, job, event),
    notify: quarantineMails(system, createMailer(system.urls['smtp'], system.journal)),
    appName: (job) => system.store.get('servicePrincipals', job.servicePrincipalId)?.displayName ?? 'a deleted app',
  })
  system.schedule.register(recycleBin(system))
  system.schedule.register(engine.due)
  return { system, engine, source, stop: () => engine.shutdown() }
}
