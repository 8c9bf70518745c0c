import type { Request } from 'express'
import type { ConsoleDeps } from '../../context.ts'

/** What was typed into the API settings and not saved yet. */
export interface IntegrationDraft {
  readonly token: string
  readonly importGroups: boolean
  readonly baseUrl: string
}

const keyOf = (appId: string): string => `integration.${appId}`

/**
 * A tested token is kept with the session, sealed, until it is saved: pages never show it again, and nobody should have to paste it
 * twice.
 */
export async function keepDraft(
  { system, session }: ConsoleDeps,
  req: Request,
  appId: string,
  draft: IntegrationDraft,
): Promise<void> {
  await session.sessions.set(req, { [keyOf(appId)]: system.vault.seal(JSON.stringify(draft)) })
}

export function readDraft({ system, session }: ConsoleDeps, req: Request, appId: string): IntegrationDraft | undefined {
  const sealed = session.sessions.of(req)?.data[keyOf(appId)]
  return sealed === undefined ? undefined : (JSON.parse(system.vault.open(sealed)) as IntegrationDraft)
}

export async function dropDraft({ session }: ConsoleDeps, req: Request, appId: string): Promise<void> {
  await session.sessions.set(req, { [keyOf(appId)]: undefined })
}
