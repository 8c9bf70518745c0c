import type { AppProvisioning, AppUser, OktaApp } from '../../apps/records.ts'
import { appUserOf } from '../../assignments/settle.ts'
import { mustAdminister } from '../../commands/actor.ts'
import { knownApp, provisionable } from '../../commands/known.ts'
import { ApiError, resourceNotFound } from '../api-error.ts'
import { type ApiCall, type OpenCall, paramOf } from '../define-route.ts'

/** Said by routes that may find nothing to do, before they look: others learn it from the command. @throws {OktaRefusal} E0000006. */
export function mustManageApps({ reader, actor }: Pick<ApiCall, 'reader' | 'actor'>): void {
  mustAdminister(reader, actor, 'apps')
}

/** The app of the address. @throws {OktaRefusal} E0000007. */
export function appOfCall(call: OpenCall): OktaApp {
  return knownApp(call.reader, paramOf(call, 'appId'))
}

/** The same where its entry can provision. @throws {OktaRefusal} E0000007, E0000001. */
export function provisionableOfCall(call: OpenCall): OktaApp & { readonly provisioning: AppProvisioning } {
  return provisionable(call.reader, paramOf(call, 'appId'))
}

/** The same while its API integration is on (reference sheet 6.3). @throws {ApiError} E0000001, E0000007. */
export function provisionedOfCall(call: OpenCall): OktaApp & { readonly provisioning: AppProvisioning } {
  const app = provisionableOfCall(call)
  if (app.provisioning.enabled) return app
  throw new ApiError('E0000001', {
    summary: 'Api validation failed: provisioning',
    causes: [`Provisioning is not enabled for ${app.label}. Activate its default connection first.`],
  })
}

/** The assignment of the address. @throws {ApiError} E0000007. */
export function appUserOfCall(call: OpenCall): AppUser {
  const userId = paramOf(call, 'userId')
  const appUser = appUserOf(call.reader, appOfCall(call).id, userId)
  if (appUser === undefined) throw resourceNotFound('AppUser', userId)
  return appUser
}
