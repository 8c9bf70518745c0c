import type { Request } from 'express'
import { z } from 'zod'
import type { Sessions } from '#kit/http/sessions.ts'
import type { Vault } from '#kit/system/system.ts'

/** What a Microsoft login leaves for calls in the person's name. Secrets, both: for nobody but the token endpoint and Graph. */
export interface MicrosoftTokens {
  readonly accessToken: string
  /** Absent where `offline_access` was not granted. */
  readonly refreshToken?: string | undefined
}

const Kept = z.strictObject({
  tenantId: z.string(),
  objectId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string().optional(),
})

/** Tokens with the identity they stand for. */
export type KeptTokens = z.infer<typeof Kept>

const NAME = 'microsoftTokens'

/** Whether the session of this data began with Microsoft: the browser is signed in there too. */
export function beganWithMicrosoft(data: Readonly<Record<string, string>>): boolean {
  return data[NAME] !== undefined
}

/** The tokens as they go into a session: sealed, so that no state document, snapshot or log shows them. */
export function sealTokens(vault: Vault, tokens: KeptTokens): Readonly<Record<string, string>> {
  return { [NAME]: vault.seal(JSON.stringify(tokens)) }
}

/**
 * The tokens of the person who is signed in with this browser. They live in the session, so they end with it: by logging out, by idleness,
 * when the account is suspended or deleted.
 */
export interface TokenShelf {
  /** @returns `undefined` when the person did not log in with Microsoft, or the tokens were forgotten. */
  read(req: Request): KeptTokens | undefined
  keep(req: Request, tokens: KeptTokens): Promise<void>
  forget(req: Request): Promise<void>
}

export function createTokenShelf(vault: Vault, sessions: Sessions): TokenShelf {
  return {
    read(req) {
      const sealed = sessions.of(req)?.data[NAME]
      if (sealed === undefined) return undefined
      try {
        return Kept.parse(JSON.parse(vault.open(sealed)))
      } catch {
        // Sealed with another key, as after a state was brought in from elsewhere: there are none.
        return undefined
      }
    },
    async keep(req, tokens) {
      // Logged out meanwhile: nothing may be left behind.
      if (sessions.of(req) !== undefined) await sessions.set(req, sealTokens(vault, tokens))
    },
    async forget(req) {
      if (sessions.of(req) !== undefined) await sessions.set(req, { [NAME]: undefined })
    },
  }
}
