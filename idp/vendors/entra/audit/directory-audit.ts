import type { AuditEvent, AuditInitiator } from './records.ts'

/** An event as Graph's `directoryAudit` resource: what `auditLogs/directoryAudits` answers and the JSON download holds. */
export function directoryAuditOf(event: AuditEvent) {
  return {
    id: event.id,
    category: event.category,
    correlationId: event.correlationId,
    result: event.result,
    resultReason: event.reason,
    activityDisplayName: event.activity,
    activityDateTime: event.at,
    loggedByService: event.service,
    operationType: event.operation,
    initiatedBy: initiatedByOf(event.initiatedBy),
    targetResources: event.targets.map(({ id, displayName, type, userPrincipalName, modified }) => ({
      id,
      displayName,
      type,
      userPrincipalName: userPrincipalName ?? null,
      groupType: type === 'Group' ? 'azureAD' : null,
      modifiedProperties: modified.map(({ name, oldValue, newValue }) => ({ displayName: name, oldValue, newValue })),
    })),
    additionalDetails: Object.entries(event.details).map(([key, value]) => ({ key, value })),
  }
}

function initiatedByOf(initiator: AuditInitiator) {
  switch (initiator.kind) {
    case 'user': {
      const { id, displayName, userPrincipalName } = initiator
      return { app: null, user: { id, displayName, userPrincipalName, ipAddress: null } }
    }
    case 'app': {
      const { displayName, appId = null, servicePrincipalId = null } = initiator
      return { app: { appId, displayName, servicePrincipalId, servicePrincipalName: null }, user: null }
    }
  }
}
