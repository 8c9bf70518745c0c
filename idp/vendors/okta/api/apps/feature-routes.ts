import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import { saveToApp, saveToOkta } from '../../commands/integration.ts'
import { ApiError, resourceNotFound } from '../api-error.ts'
import { type ApiCall, type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { ok } from '../send.ts'
import { InboundInput, inboundSettings, OutboundInput, outboundSettings } from './feature-body.ts'
import { FEATURE_NAMES, type FeatureName, featureResource } from './feature-resource.ts'
import { mustManageApps, provisionedOfCall } from './known-app.ts'

/** To App and To Okta by script (reference sheet 6.3): refused while the integration is off. */

const PATH = '/apps/{appId}/features/{featureName}'

/** @throws {ApiError} E0000007. */
function featureOfCall(call: OpenCall): FeatureName {
  const given = paramOf(call, 'featureName')
  const name = FEATURE_NAMES.find((each) => each === given)
  if (name === undefined) throw resourceNotFound('AppFeature', given)
  return name
}

function readAs<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const causes = read.error.issues.map(
    (issue) => `${issue.path.map(String).join('.') || 'capabilities'}: ${issue.message}`,
  )
  throw new ApiError('E0000001', { summary: 'Api validation failed: capabilities', causes })
}

/** Save what differs. */
async function save(call: ApiCall<undefined, object>, name: FeatureName): Promise<void> {
  const { id: appId, provisioning } = provisionedOfCall(call)
  const { toApp, toOkta } = provisioning
  if (name === 'USER_PROVISIONING') {
    const settings = outboundSettings(toApp, readAs(OutboundInput, call.body))
    if (!isDeepStrictEqual(settings, toApp)) await saveToApp(call.deps, call.actor, { appId, settings })
    return
  }
  const settings = inboundSettings(toOkta, readAs(InboundInput, call.body))
  if (!isDeepStrictEqual(settings, toOkta)) await saveToOkta(call.deps, call.actor, { appId, settings })
}

export const FEATURE_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.features.list',
    method: 'GET',
    path: '/apps/{appId}/features',
    handle(call) {
      const app = provisionedOfCall(call)
      return ok(FEATURE_NAMES.map((name) => featureResource(call.system.origin, app, name)))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.features.get',
    method: 'GET',
    path: PATH,
    handle: (call) => ok(featureResource(call.system.origin, provisionedOfCall(call), featureOfCall(call))),
  }),
  defineRoute({
    name: 'okta.api.apps.features.update',
    method: 'PUT',
    path: PATH,
    body: z.looseObject({}),
    async handle(call) {
      mustManageApps(call)
      const name = featureOfCall(call)
      nameSubject(provisionedOfCall(call).label)
      await save(call, name)
      return ok(featureResource(call.system.origin, provisionedOfCall(call), name))
    },
  }),
]
