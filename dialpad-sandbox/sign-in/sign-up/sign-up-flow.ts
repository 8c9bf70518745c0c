import { z } from 'zod'
import type { PageDeps } from '../deps.ts'
import { createSealedFlow, type SealedFlow } from '../sealed-flow.ts'

const Identity = z.strictObject({
  tenantId: z.string(),
  objectId: z.string(),
  userName: z.string(),
  email: z.string().optional(),
  givenName: z.string(),
  familyName: z.string(),
  isTenantAdmin: z.boolean(),
})

const Company = z.strictObject({ name: z.string(), employees: z.string() })

const Tokens = z.strictObject({ accessToken: z.string(), refreshToken: z.string().optional() })

const SignUpDraft = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('microsoft'), identity: Identity, tokens: Tokens, company: Company.optional() }),
  z.strictObject({
    by: z.literal('email'),
    email: z.string(),
    givenName: z.string(),
    familyName: z.string(),
    passwordHash: z.string(),
    company: Company.optional(),
  }),
])

/** A sign-up on its way: who is signing up is known, the company not yet made. */
export type SignUpDraft = z.infer<typeof SignUpDraft>

export function signUpFlow(deps: PageDeps): SealedFlow<SignUpDraft> {
  return createSealedFlow(deps, 'signUp', SignUpDraft)
}

/** The address that becomes the first Company Admin's. */
export function draftEmail(draft: SignUpDraft): string {
  return draft.by === 'microsoft' ? draft.identity.userName : draft.email
}

export function draftName(draft: SignUpDraft): { readonly givenName: string; readonly familyName: string } {
  const { givenName, familyName } = draft.by === 'microsoft' ? draft.identity : draft
  return { givenName, familyName }
}
