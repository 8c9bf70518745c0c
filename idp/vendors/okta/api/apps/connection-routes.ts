import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import { type CredentialTest, saveApiIntegration } from '../../commands/integration.ts'
import { ApiError, invalidValue } from '../api-error.ts'
import { type ApiRoute, defineRoute } from '../define-route.ts'
import { NOTHING, ok } from '../send.ts'
import { connectionResource } from './connection-resource.ts'
import { provisionableOfCall } from './known-app.ts'

/**
 * The default provisioning connection (reference sheet 6.3): Provisioning > Integration by script. The real product offers it for a
 * handful of apps only.
 */

const PATH = '/apps/{appId}/connections/default'

const ConnectionInput = z.object({
  profile: z.object({
    authScheme: z.enum(['TOKEN']),
    token: z.string().min(1, 'The field cannot be left blank').max(10_000),
  }),
  /** For an app whose catalog entry does not know its own. */
  baseUrl: z.string().max(1024).nullish(),
})

/** @throws {ApiError} E0000059 with what the console's banner says. */
function checkTest(test: CredentialTest): void {
  if (!test.ok) throw new ApiError('E0000059', { causes: [test.message] })
}

export const CONNECTION_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.connections.get',
    method: 'GET',
    path: PATH,
    handle: (call) => ok(connectionResource(call.system.origin, provisionableOfCall(call))),
  }),
  defineRoute({
    name: 'okta.api.apps.connections.save',
    method: 'POST',
    path: PATH,
    query: z.object({ activate: z.enum(['true', 'false']).optional() }),
    body: ConnectionInput,
    async handle(call) {
      const { deps, actor, body, query } = call
      const app = provisionableOfCall(call)
      nameSubject(app.label)
      const { enabled, importGroups, dialect, baseUrl: known } = app.provisioning
      const baseUrl = body.baseUrl ?? known
      if (dialect === 'wizard' && baseUrl === '') throw invalidValue('baseUrl', 'The field cannot be left blank')
      // Saved anew without a word on activation, the connection stays as it was: on or off.
      const isOn = query.activate === undefined ? enabled : query.activate === 'true'
      const { token } = body.profile
      checkTest(
        await saveApiIntegration(deps, actor, {
          appId: app.id,
          enabled: true,
          standby: !isOn,
          token,
          importGroups,
          baseUrl,
        }),
      )
      return ok(connectionResource(call.system.origin, provisionableOfCall(call)))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.connections.activate',
    method: 'POST',
    path: `${PATH}/lifecycle/activate`,
    async handle(call) {
      const { id, label, provisioning } = provisionableOfCall(call)
      nameSubject(label)
      const { importGroups } = provisioning
      checkTest(await saveApiIntegration(call.deps, call.actor, { appId: id, enabled: true, importGroups }))
      return NOTHING
    },
  }),
  defineRoute({
    name: 'okta.api.apps.connections.deactivate',
    method: 'POST',
    path: `${PATH}/lifecycle/deactivate`,
    async handle(call) {
      const { id, label, provisioning } = provisionableOfCall(call)
      nameSubject(label)
      const { importGroups } = provisioning
      await saveApiIntegration(call.deps, call.actor, { appId: id, enabled: false, importGroups })
      return NOTHING
    },
  }),
]
