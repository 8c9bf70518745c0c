import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { activeCertificateOf } from '#idp/protocols/saml/signing-certificates.ts'
import { nameSubject } from '#kit/http/record.ts'
import { DEFAULT_GENERAL, type OktaApp } from '../../apps/records.ts'
import { addApp, deleteApp, editAppSettings, editSignOn, setAppStatus, VISIBLE } from '../../commands/apps.ts'
import { knownApp } from '../../commands/known.ts'
import { isOidc } from '../../oauth/clients.ts'
import { activateAppCertificate } from '../../saml/certificate-commands.ts'
import { invalidValue } from '../api-error.ts'
import { type ApiCall, type ApiRoute, defineRoute, flag, type OpenCall } from '../define-route.ts'
import { pageQuery, readPage } from '../paging.ts'
import { NOTHING, ok, pageOf } from '../send.ts'
import { AppInput, generalOf, signOnPatchOf, visibilityOf } from './app-body.ts'
import { appResource, isListed, signOnModeOf } from './app-resource.ts'
import { appListing, expandedUserId, parseAppFilter } from './app-search.ts'
import { appUserResource } from './app-user-resource.ts'
import { appOfCall, mustManageApps } from './known-app.ts'
import { createOidc, oidcMembers, replaceOidc } from './oidc-routes.ts'

/** Apps (reference sheet 6.3). */

/** Key of the catalog for an app of the integration wizard, which a caller names by not naming it. */
const WIZARD = 'scim'

function show(call: OpenCall, app: OktaApp, userId?: string): object {
  const plain = appResource(call.reader, call.system.origin, app)
  const own = oidcMembers(call, app)
  const resource =
    own === undefined
      ? plain
      : {
          ...plain,
          credentials: { ...(plain['credentials'] as object), ...own.credentials },
          settings: { ...(plain['settings'] as object), ...own.settings },
        }
  if (userId === undefined) return resource
  const [appUser] = call.reader.find('appUsers', 'person', `${app.id}/${userId}`)
  return appUser === undefined
    ? resource
    : { ...resource, _embedded: { user: appUserResource(call.reader, call.system.origin, appUser) } }
}

/** @throws {ApiError} E0000001 for a mode of signing on the app does not have. */
function checkMode(given: string | null | undefined, has: string): void {
  if (given !== undefined && given !== null && given !== has) {
    throw invalidValue('signOnMode', `${given} is not a sign-on mode of this app; it has ${has}`)
  }
}

/** What a body says beyond the label, each part only where it differs: a call repeated changes nothing. */
async function applyBody(call: ApiCall<unknown, AppInput>, app: OktaApp): Promise<OktaApp> {
  const { deps, actor, body } = call
  const patch = signOnPatchOf(app, body)
  const kid = body.credentials?.signing?.kid ?? undefined
  const settings = {
    label: body.label,
    visibility: visibilityOf(body, app.visibility),
    general: generalOf(body, app.general ?? DEFAULT_GENERAL),
    notesForAdmins: body.settings?.notes?.admin ?? app.notesForAdmins,
    notesForUsers: body.settings?.notes?.enduser ?? app.notesForUsers,
  }
  const { label, visibility, general = DEFAULT_GENERAL, notesForAdmins, notesForUsers } = app
  if (!isDeepStrictEqual(settings, { label, visibility, general, notesForAdmins, notesForUsers })) {
    await editAppSettings(deps, actor, { appId: app.id, ...settings })
  }
  if (!isDeepStrictEqual({ groupStatements: [], ...app.signOn, ...patch }, { groupStatements: [], ...app.signOn })) {
    await editSignOn(deps, actor, { appId: app.id, patch })
  }
  if (kid !== undefined && activeCertificateOf(call.reader, app.id)?.id !== kid) {
    await activateAppCertificate(deps, actor, { appId: app.id, kid })
  }
  return knownApp(call.reader, app.id)
}

export const APP_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.list',
    method: 'GET',
    path: '/apps',
    query: z.object({
      ...pageQuery({ usual: 20, most: 200 }),
      q: z.string().trim().max(128).optional(),
      filter: z.string().trim().max(500).optional(),
      expand: z.string().trim().max(100).optional(),
    }),
    handle(call) {
      const { q = '', filter = '', expand } = call.query
      const listing = appListing(call.reader, { q, filter: filter === '' ? undefined : parseAppFilter(filter) })
      const userId = expandedUserId(expand)
      return pageOf(readPage(call, call.query, listing), (app) => show(call, app, userId))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.create',
    method: 'POST',
    path: '/apps',
    query: z.object({ activate: flag(true) }),
    body: AppInput,
    async handle(call) {
      const { deps, actor, body } = call
      if (body.signOnMode === 'OPENID_CONNECT') {
        const made = await createOidc(call)
        nameSubject(made.label)
        return ok(show(call, made))
      }
      checkMode(body.signOnMode, 'SAML_2_0')
      if (body.settings?.implicitAssignment === true)
        throw invalidValue('settings.implicitAssignment', 'This is for OpenID Connect apps')
      const catalogKey = body.name ?? WIZARD
      if (body.credentials?.signing?.kid) throw invalidValue('credentials.signing.kid', 'The app has no key yet')
      const app = await addApp(deps, actor, {
        catalogKey,
        label: body.label,
        visibility: visibilityOf(body, VISIBLE),
        general: generalOf(body, DEFAULT_GENERAL),
        notesForAdmins: body.settings?.notes?.admin ?? '',
        notesForUsers: body.settings?.notes?.enduser ?? '',
        signOn: signOnPatchOf({ catalogKey }, body),
        status: call.query.activate ? 'ACTIVE' : 'INACTIVE',
      })
      nameSubject(app.label)
      return ok(show(call, app))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.get',
    method: 'GET',
    path: '/apps/{appId}',
    query: z.object({ expand: z.string().trim().max(100).optional() }),
    handle: (call) => ok(show(call, appOfCall(call), expandedUserId(call.query.expand))),
  }),
  defineRoute({
    name: 'okta.api.apps.replace',
    method: 'PUT',
    path: '/apps/{appId}',
    body: AppInput,
    async handle(call) {
      mustManageApps(call)
      const app = appOfCall(call)
      nameSubject(app.label)
      const { name, signOnMode } = call.body
      if (name !== undefined && name !== null && name !== app.name && (isListed(app) || name !== app.catalogKey)) {
        throw invalidValue('name', 'The name of an app cannot be changed')
      }
      checkMode(signOnMode, signOnModeOf(app))
      if (isOidc(app)) await replaceOidc(call, app)
      else if (call.body.settings?.implicitAssignment === true) {
        throw invalidValue('settings.implicitAssignment', 'This is for OpenID Connect apps')
      }
      return ok(show(call, await applyBody(call, app)))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.delete',
    method: 'DELETE',
    path: '/apps/{appId}',
    async handle(call) {
      const app = appOfCall(call)
      nameSubject(app.label)
      await deleteApp(call.deps, call.actor, { appId: app.id })
      return NOTHING
    },
  }),
  lifecycle('activate', 'ACTIVE'),
  lifecycle('deactivate', 'INACTIVE'),
]

function lifecycle(verb: 'activate' | 'deactivate', status: OktaApp['status']): ApiRoute {
  return defineRoute({
    name: `okta.api.apps.${verb}`,
    method: 'POST',
    path: `/apps/{appId}/lifecycle/${verb}`,
    async handle(call) {
      const app = appOfCall(call)
      nameSubject(app.label)
      await setAppStatus(call.deps, call.actor, { appId: app.id, status })
      return ok({})
    },
  })
}
