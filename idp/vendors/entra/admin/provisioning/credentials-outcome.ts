import { createTraceId, currentContext } from '#kit/context.ts'
import { Refusal } from '#kit/http/errors.ts'
import { ConnectionRefused } from '../../provisioning/commands/configuration.ts'
import { testConnection } from '../../provisioning/commands/test-connection.ts'
import type { TestedConnection } from './connection-notice.tsx'
import type { CredentialsDraft } from './credentials-draft.ts'
import type { AppVisit, ProvisioningPageDeps } from './deps.ts'

/** What a form with credentials came to: what to show again. */
export interface Outcome {
  readonly draft: CredentialsDraft
  /** By field. */
  readonly problems: Readonly<Record<string, string>>
  readonly tested?: TestedConnection
}

const requestId = (): string => currentContext()?.traceId ?? createTraceId()

/** Fields at fault by the code of what a command refused. @throws the error itself when the form is not at fault. */
export function outcomeOf(error: unknown, draft: CredentialsDraft): Outcome {
  const untested = { ...draft, isTested: false }
  if (error instanceof ConnectionRefused) {
    return { draft: untested, problems: {}, tested: { result: error.test, requestId: requestId() } }
  }
  if (!(error instanceof Refusal)) throw error
  if (error.code === 'invalid_tenant_url') return { draft: untested, problems: { tenantUrl: error.message } }
  if (error.code === 'invalid_secret') return { draft: untested, problems: { secretToken: error.message } }
  throw error
}

/** Test what is in the form. */
export async function testCredentials(
  { provisioning }: Pick<ProvisioningPageDeps, 'provisioning'>,
  { context, app }: AppVisit,
  draft: CredentialsDraft,
): Promise<Outcome> {
  try {
    const { tenantUrl, secretToken } = draft
    const result = await testConnection(provisioning, context.actor, { appId: app.id, tenantUrl, secretToken })
    return { draft: { ...draft, isTested: result.ok }, problems: {}, tested: { result, requestId: requestId() } }
  } catch (error) {
    return outcomeOf(error, draft)
  }
}

/** A refused form is 422; a test that was made is an answer, whatever it found. */
export function statusOf({ problems, tested }: Outcome): 200 | 422 {
  return Object.keys(problems).length > 0 || tested === undefined ? 422 : 200
}
