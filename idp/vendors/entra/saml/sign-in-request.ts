import { createHash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { CORRELATION, correlationId } from '../sign-in/correlation.ts'
import type { SignInDeps } from '../sign-in/deps.ts'
import { ROUTES } from '../sign-in/provider-policy.tsx'
import { placeOf } from '../sign-in/tenancy.ts'
import { resumePath } from './addresses.ts'

/** What a single sign-on wants of the sign-in service. */
export interface SignInRequest {
  readonly app: ServicePrincipal
  /** What comes back with the browser. */
  readonly state: string
  /** `none`: ask nobody; `login`: ask again whoever is signed in. */
  readonly prompt?: 'none' | 'login' | undefined
}

/** Let the sign-in service find out who it is; the browser comes back to the page that resumes ({@link resumePath}). */
export async function askSignIn(
  { system, oidc }: SignInDeps,
  req: Request,
  res: Response,
  { app, state, prompt }: SignInRequest,
): Promise<void> {
  const params = new URLSearchParams({
    client_id: app.appId,
    response_type: 'code',
    redirect_uri: `${system.origin}${resumePath(app.tenantId)}`,
    scope: 'openid',
    state,
    [CORRELATION]: correlationId(),
    // Nobody exchanges the code: who is signed in is asked of the session.
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    code_challenge_method: 'S256',
    ...(prompt === undefined ? {} : { prompt }),
  })
  req.method = 'GET'
  const place = placeOf(system.origin, app.tenantId, app.tenantId)
  await oidc.handle(req, res, place, `${ROUTES.authorization}?${params.toString()}`)
}
