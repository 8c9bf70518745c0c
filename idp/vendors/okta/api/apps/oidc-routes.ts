import { z } from 'zod'
import type { OktaApp } from '../../apps/records.ts'
import { type Actor, mayAdminister } from '../../commands/actor.ts'
import { VISIBLE } from '../../commands/apps.ts'
import { isOidc, type OidcApp } from '../../oauth/clients.ts'
import {
  addClientSecret,
  createOidcApp,
  deleteClientSecret,
  editOidcApp,
  knownOidcApp,
  openSecret,
  setClientSecretStatus,
} from '../../oauth/commands/apps.ts'
import type { ClientSecret } from '../../oauth/records.ts'
import { invalidValue } from '../api-error.ts'
import { type ApiCall, type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { hinted } from '../links.ts'
import { created, NOTHING, ok } from '../send.ts'
import { type AppInput, visibilityOf } from './app-body.ts'
import { mustManageApps } from './known-app.ts'
import { oidcPatchOf, oidcResource } from './oidc-body.ts'

/** An OpenID Connect app: made, replaced, shown; its secrets (reference sheet 6.3). */

/** @throws {OktaRefusal} E0000001, E0000040. */
export async function createOidc(call: ApiCall<{ readonly activate: boolean }, AppInput>): Promise<OktaApp> {
  const { body, deps, actor } = call
  const { applicationType, ...settings } = oidcPatchOf(body)
  if (applicationType === undefined)
    throw invalidValue('settings.oauthClient.application_type', 'The field cannot be left blank')
  const secret = body.credentials?.oauthClient?.client_secret ?? undefined
  const { app } = await createOidcApp(deps, actor, {
    label: body.label,
    applicationType,
    settings,
    visibility: visibilityOf(body, VISIBLE),
    status: call.query.activate ? 'ACTIVE' : 'INACTIVE',
    ...(secret === undefined ? {} : { secret }),
  })
  return app
}

/** @throws {OktaRefusal} E0000001. */
export async function replaceOidc(call: ApiCall<unknown, AppInput>, app: OidcApp): Promise<void> {
  const { deps, actor, body } = call
  const { applicationType, ...patch } = oidcPatchOf(body)
  if (applicationType !== undefined && applicationType !== app.oidc.applicationType) {
    throw invalidValue('settings.oauthClient.application_type', 'The type of an application cannot be changed')
  }
  const isChange = Object.entries(patch).some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(app.oidc[name as keyof typeof patch]),
  )
  if (isChange) await editOidcApp(deps, actor, { appId: app.id, patch })
}

/** Members an app has because it is one of these; none for others. Its secret is for those who may change the app. */
export function oidcMembers({ reader, system, ...call }: OpenCall & { readonly actor?: Actor }, app: OktaApp) {
  if (!isOidc(app)) return undefined
  const { actor } = call
  const maySee = actor?.kind === 'person' && mayAdminister(reader, actor.userId, 'apps')
  const secret = maySee ? app.oidc.secrets.findLast(({ status }) => status === 'ACTIVE') : undefined
  return oidcResource(app.id, app.oidc, secret === undefined ? undefined : openSecret(system, app.oidc, secret.id))
}

function secretResource(
  { base, system }: OpenCall,
  app: OidcApp,
  { id, status, created: made, lastUpdated, secretHash }: ClientSecret,
) {
  const self = `${base}/apps/${app.id}/credentials/secrets/${id}`
  const act = status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    id,
    client_secret: openSecret(system, app.oidc, id),
    secret_hash: secretHash.slice(0, 22),
    status,
    created: made,
    lastUpdated,
    _links: { [act]: hinted(`${self}/lifecycle/${act}`, 'POST') },
  }
}

const appOf = (call: OpenCall): OidcApp => knownOidcApp(call.reader, paramOf(call, 'appId'))

function shownSecret(call: OpenCall, app: OidcApp, secretId: string) {
  const secret = app.oidc.secrets.find(({ id }) => id === secretId)
  return secret === undefined ? {} : secretResource(call, app, secret)
}

export const OIDC_APP_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.secrets.list',
    method: 'GET',
    path: '/apps/{appId}/credentials/secrets',
    handle(call) {
      mustManageApps(call)
      const app = appOf(call)
      return ok(app.oidc.secrets.map((secret) => secretResource(call, app, secret)))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.secrets.create',
    method: 'POST',
    path: '/apps/{appId}/credentials/secrets',
    body: z.object({ client_secret: z.string().max(200).optional() }).optional(),
    async handle(call) {
      const value = call.body?.client_secret
      const { app, secretId } = await addClientSecret(call.deps, call.actor, {
        appId: appOf(call).id,
        ...(value === undefined ? {} : { value }),
      })
      return created(shownSecret(call, app, secretId))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.secrets.delete',
    method: 'DELETE',
    path: '/apps/{appId}/credentials/secrets/{secretId}',
    async handle(call) {
      await deleteClientSecret(call.deps, call.actor, { appId: appOf(call).id, secretId: paramOf(call, 'secretId') })
      return NOTHING
    },
  }),
  secretLifecycle('activate', 'ACTIVE'),
  secretLifecycle('deactivate', 'INACTIVE'),
]

function secretLifecycle(verb: 'activate' | 'deactivate', status: ClientSecret['status']): ApiRoute {
  return defineRoute({
    name: `okta.api.apps.secrets.${verb}`,
    method: 'POST',
    path: `/apps/{appId}/credentials/secrets/{secretId}/lifecycle/${verb}`,
    async handle(call) {
      const secretId = paramOf(call, 'secretId')
      const app = await setClientSecretStatus(call.deps, call.actor, { appId: appOf(call).id, secretId, status })
      return ok(shownSecret(call, app, secretId))
    },
  })
}
