import { z } from 'zod'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { SceneDeps } from './entra-command.ts'
import { registrationNamed } from './find-registration.ts'

/** Which registration a command is about: display name, application (client) id or object id; the sample web app unless told. */
export const app = z.string().optional()

/** A command that needs nothing else. */
export const OfApp = z.strictObject({ app })

/** The registration a command's input names, as commands of the directory take it. @throws {Refusal} when there is none. */
export function idOf(deps: SceneDeps, name: string | undefined): { readonly applicationId: string } {
  return { applicationId: registrationNamed(deps, name).id }
}

/** What commands answer about a registration. */
export function tell({ system }: SceneDeps, { id, appId, displayName }: Application) {
  return {
    applicationId: id,
    clientId: appId,
    servicePrincipalId: servicePrincipalByAppId(system.store, TENANT_ID, appId)?.id ?? null,
    name: displayName,
  }
}
