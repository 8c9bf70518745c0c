import { additionalDetails } from './error-guide.ts'
import type { SignInEntry } from './records.ts'

/** An entry as Graph's `signIn` resource: what `auditLogs/signIns` answers and the JSON download holds. */
export function graphSignInOf(entry: SignInEntry) {
  const { user, app, resource } = entry
  return {
    id: entry.id,
    createdDateTime: entry.at,
    userDisplayName: user?.displayName ?? null,
    userPrincipalName: user?.userPrincipalName ?? null,
    userId: user?.id ?? null,
    servicePrincipalId: entry.kind === 'servicePrincipal' ? (app.principalId ?? null) : null,
    servicePrincipalName: entry.kind === 'servicePrincipal' ? app.displayName : null,
    appId: app.appId,
    appDisplayName: app.displayName,
    ipAddress: entry.ipAddress,
    clientAppUsed: entry.clientApp,
    userAgent: entry.userAgent,
    correlationId: entry.correlationId,
    sessionId: entry.sessionId ?? null,
    conditionalAccessStatus: 'notApplied',
    isInteractive: entry.kind === 'interactiveUser',
    signInEventTypes: [entry.kind],
    authenticationProtocol: entry.protocol,
    authenticationRequirement: entry.requirement,
    riskDetail: 'none',
    riskLevelAggregated: 'none',
    riskLevelDuringSignIn: 'none',
    riskState: 'none',
    riskEventTypes: [],
    riskEventTypes_v2: [],
    resourceDisplayName: resource.displayName,
    resourceId: resource.id,
    status: {
      errorCode: entry.errorCode,
      failureReason: entry.errorCode === 0 ? 'Other.' : entry.failureReason,
      additionalDetails: additionalDetails(entry.errorCode, entry.requirement === 'multiFactorAuthentication') || null,
    },
    authenticationDetails: entry.details.map(({ method, detail, succeeded, result, requirement }) => ({
      authenticationStepDateTime: entry.at,
      authenticationMethod: method,
      authenticationMethodDetail: detail === '' ? null : detail,
      succeeded,
      authenticationStepResultDetail: result,
      authenticationStepRequirement: requirement,
    })),
  }
}
