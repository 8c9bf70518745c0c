import type { Request } from 'express'
import { z } from 'zod'
import type { ProvisioningPageDeps } from './deps.ts'

/**
 * Credentials between the test of a connection and its saving. The secret lives in the server-side session, sealed, and never
 * goes back into a page.
 */
export interface CredentialsDraft {
  readonly tenantUrl: string
  readonly secretToken: string
  /** The connection was tested with these very values, and was good. */
  readonly isTested: boolean
}

const Kept = z.strictObject({ tenantUrl: z.string(), sealedSecret: z.string(), isTested: z.boolean() })

const nameOf = (appId: string): string => `credentials.${appId}`

/** What this browser kept for the app. */
export function readDraft(
  { system, admin }: ProvisioningPageDeps,
  req: Request,
  appId: string,
): CredentialsDraft | undefined {
  const kept = admin.sessions.of(req)?.data[nameOf(appId)]
  if (kept === undefined) return undefined
  const { sealedSecret, ...rest } = Kept.parse(JSON.parse(kept))
  return { ...rest, secretToken: system.vault.open(sealedSecret) }
}

/** Keep it in the session of this browser, in place of an earlier one. */
export async function keepDraft(
  { system, admin }: ProvisioningPageDeps,
  req: Request,
  appId: string,
  { secretToken, ...rest }: CredentialsDraft,
): Promise<void> {
  const kept = { ...rest, sealedSecret: system.vault.seal(secretToken) }
  await admin.sessions.set(req, { [nameOf(appId)]: JSON.stringify(kept) })
}

/** Forget it: the credentials were saved, or given up. */
export async function dropDraft({ admin }: ProvisioningPageDeps, req: Request, appId: string): Promise<void> {
  if (admin.sessions.of(req)?.data[nameOf(appId)] === undefined) return
  await admin.sessions.set(req, { [nameOf(appId)]: undefined })
}

/** What the form sent, completed by the secret this person typed before when its field was left empty. */
export function withKeptSecret(
  typed: { readonly tenantUrl: string; readonly secretToken: string },
  draft: CredentialsDraft | undefined,
): CredentialsDraft {
  if (draft === undefined) return { ...typed, isTested: false }
  const secretToken = typed.secretToken === '' ? draft.secretToken : typed.secretToken
  const isTested = draft.isTested && draft.tenantUrl === typed.tenantUrl && draft.secretToken === secretToken
  return { tenantUrl: typed.tenantUrl, secretToken, isTested }
}
