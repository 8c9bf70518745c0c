import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import { guidOf } from '#kit/ids.ts'
import type { EntraReader } from '../../collections.ts'
import { SOURCE_SYSTEM } from '../../provisioning/phrasing.ts'

/** What the service calls itself in its logs. */
const SERVICE_NAME = 'Azure AD Provisioning Service'

function sourceDetails({ kind, source }: ProvisioningLogEntry): Readonly<Record<string, string>> {
  const names = { id: source.id, odatatype: kind, DisplayName: source.displayName }
  return source.name === undefined ? names : { ...names, UserPrincipalName: source.name }
}

function statusInfo({ status, outcome }: ProvisioningLogEntry) {
  return {
    status: status.toLowerCase(),
    errorInformation:
      outcome === undefined
        ? null
        : {
            errorCode: outcome.code,
            reason: outcome.reason,
            additionalDetails: null,
            errorCategory: 'nonServiceFailure',
            recommendedAction: outcome.advice === '' ? null : outcome.advice,
          },
  }
}

/** An entry of the provisioning log under Graph's names (reference 11.6). An app that is gone keeps its id. */
export function objectSummary(reader: EntraReader, entry: ProvisioningLogEntry) {
  const app = reader.get('servicePrincipals', entry.servicePrincipalId)
  const job = reader.get('provisioningJobs', entry.jobId)
  const appName = app?.displayName ?? ''
  const { sourceObjectName = entry.kind, targetObjectName = entry.kind } =
    (entry.kind === 'User' ? job?.schema.users : job?.schema.groups) ?? {}
  return {
    id: entry.id,
    activityDateTime: entry.at,
    tenantId: app?.tenantId ?? job?.tenantId ?? null,
    jobId: entry.jobId,
    cycleId: entry.cycleId,
    changeId: entry.changeId,
    provisioningAction: entry.action.toLowerCase(),
    durationInMilliseconds: entry.durationMs,
    initiatedBy: { id: '', displayName: SERVICE_NAME, initiatorType: 'system' },
    servicePrincipal: { id: entry.servicePrincipalId, displayName: appName },
    sourceSystem: { id: guidOf(`${entry.jobId}/source`), displayName: SOURCE_SYSTEM, details: {} },
    targetSystem: {
      id: guidOf(`${entry.jobId}/target`),
      displayName: appName,
      details: {
        ApplicationId: app?.appId ?? '',
        ServicePrincipalId: entry.servicePrincipalId,
        ServicePrincipalDisplayName: appName,
      },
    },
    sourceIdentity: {
      id: entry.source.id,
      displayName: entry.source.displayName,
      identityType: sourceObjectName,
      details: sourceDetails(entry),
    },
    targetIdentity: {
      id: entry.target?.id ?? '',
      displayName: entry.target?.displayName ?? '',
      identityType: targetObjectName,
      details: {},
    },
    provisioningStatusInfo: statusInfo(entry),
    provisioningSteps: entry.steps.map(({ name, type, status, description, details }) => ({
      name,
      provisioningStepType: type,
      status: status.toLowerCase(),
      description,
      details,
    })),
    modifiedProperties: entry.modified.map(({ name, oldValue, newValue }) => ({
      displayName: name,
      oldValue,
      newValue,
    })),
  }
}
