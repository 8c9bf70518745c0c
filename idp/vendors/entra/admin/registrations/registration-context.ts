import type { Request, Response } from 'express'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application, ServicePrincipal } from '#idp/core/directory/records.ts'
import { mayManageRegistration, registrationOf } from '../../commands/registrations/registration-standing.ts'
import { type AdminContext, type AdminDeps, contextOf } from '../context.ts'

/** What a page about a registration needs. */
export interface RegistrationContext {
  readonly context: AdminContext
  readonly registration: Application
  /** Its enterprise app in this tenant; `undefined` when it was deleted, or never made. */
  readonly principal: ServicePrincipal | undefined
  /** Why this person cannot change the registration; `undefined` when they can. For greyed commands. */
  readonly readOnly: string | undefined
}

/** The context of a page and the registration its address names. @throws {DirectoryRefusal} for one the tenant does not have. */
export function registrationContextOf(deps: AdminDeps, req: Request, res: Response): RegistrationContext {
  const context = contextOf(deps, req, res)
  const { store } = deps.system
  const registration = registrationOf(store, context.tenant.id, String(req.params['applicationId']))
  return {
    context,
    registration,
    principal: servicePrincipalByAppId(store, context.tenant.id, registration.appId),
    readOnly: mayManageRegistration(context.standing, registration)
      ? undefined
      : 'Needs an application administrator role, or being an owner of this registration.',
  }
}
