import { z } from 'zod'
import type { PageDeps } from '../deps.ts'
import { createSealedFlow, type SealedFlow } from '../sealed-flow.ts'

/**
 * The recovery of somebody who is locked out of their own company by its SAML settings. It is given to a browser in which a Company
 * Admin has just proved who they are, and to no other.
 */
export function recoveryFlow(deps: PageDeps): SealedFlow<{ readonly userId: string }> {
  return createSealedFlow(deps, 'recovery', z.strictObject({ userId: z.string() }))
}
