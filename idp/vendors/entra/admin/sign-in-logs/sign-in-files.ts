import { csvLine, jsonLines } from '#kit/http/send-download.ts'
import { additionalDetails } from '../../sign-in-logs/error-guide.ts'
import { graphSignInOf } from '../../sign-in-logs/graph-sign-in.ts'
import type { SignInEntry } from '../../sign-in-logs/records.ts'
import { SIGN_IN_STATUSES } from './sign-in-query.ts'

const HEADER = [
  'Date (UTC)',
  'Request ID',
  'User',
  'Username',
  'User ID',
  'Application',
  'Application ID',
  'Resource',
  'Resource ID',
  'IP address',
  'Client app',
  'Status',
  'Sign-in error code',
  'Failure reason',
  'Additional details',
  'Authentication requirement',
  'Authentication protocol',
  'User agent',
  'Correlation ID',
] as const

function rowOf(entry: SignInEntry): readonly string[] {
  const { user, app, resource } = entry
  return [
    entry.at,
    entry.id,
    user?.displayName ?? '',
    user?.userPrincipalName ?? '',
    user?.id ?? '',
    app.displayName,
    app.appId,
    resource.displayName,
    resource.id,
    entry.ipAddress,
    entry.clientApp,
    SIGN_IN_STATUSES[entry.status],
    entry.errorCode === 0 ? '' : String(entry.errorCode),
    entry.failureReason,
    additionalDetails(entry.errorCode, entry.requirement === 'multiFactorAuthentication'),
    entry.requirement,
    entry.protocol,
    entry.userAgent,
    entry.correlationId,
  ]
}

/** Lines of `SignInLogs.csv`: one entry each. */
export function* signInCsv(entries: Iterable<SignInEntry>): Generator<string> {
  yield csvLine(HEADER)
  for (const entry of entries) yield csvLine(rowOf(entry))
}

/** `SignInLogs.json`: the entries as Graph answers them. */
export function* signInJson(entries: Iterable<SignInEntry>): Generator<string> {
  yield* jsonLines(mapped(entries))
}

function* mapped(entries: Iterable<SignInEntry>) {
  for (const entry of entries) yield graphSignInOf(entry)
}
