import type { SystemLogEvent } from '../../system-log/records.ts'

/** Version of every event. */
export const LOG_VERSION = '0'

/** An event of the System Log with every key of the real one (reference sheet 6.3); what is not known here is null or empty. */
export function logResource(event: SystemLogEvent) {
  const { uuid, published, eventType, severity, legacyEventType, displayMessage, outcome, transaction } = event
  return {
    actor: { ...event.actor, detailEntry: null },
    client: {
      userAgent: null,
      zone: null,
      device: null,
      id: null,
      ipAddress: null,
      geographicalContext: null,
    },
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      externalSessionId: null,
    },
    displayMessage,
    eventType,
    outcome,
    published,
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    severity,
    debugContext: { debugData: event.debugData },
    legacyEventType: legacyEventType ?? null,
    transaction: { ...transaction, detail: {} },
    uuid,
    version: LOG_VERSION,
    request: { ipChain: [] },
    target: event.target.map((target) => ({ alternateId: 'unknown', ...target, detailEntry: null })),
  }
}
