import type { Application } from '#idp/core/directory/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import type { SceneDeps } from './entra-command.ts'

type Reader = { readonly system: { readonly store: SceneDeps['system']['store'] } }

/**
 * A registration of the primary tenant by display name, application (client) id or object id; the sample web app unless told.
 * @throws {Refusal} `unknown_registration` (404), `ambiguous_registration` (409) for a name of several.
 */
export function registrationNamed({ system }: Reader, name: string = SAMPLE_WEB_APP.appId): Application {
  return theOnly(name, system.store.find('applications', 'tenant', TENANT_ID))
}

/** The same among the deleted ones. @throws as {@link registrationNamed} does. */
export function deletedRegistrationNamed({ system }: Reader, name: string): Application {
  return theOnly(name, system.store.find('applications', 'deleted', TENANT_ID))
}

function theOnly(name: string, all: readonly Application[]): Application {
  const registrations = all.filter((application) => !application.firstParty)
  const wanted = name.toLowerCase()
  const found = registrations.filter(
    ({ id, appId, displayName }) => id === wanted || appId === wanted || displayName.toLowerCase() === wanted,
  )
  const [first, ...others] = found
  if (first === undefined) {
    throw new Refusal('unknown_registration', 404, `There is no app registration "${name}".`, {
      hint: `There are: ${registrations.map(({ displayName }) => displayName).join(', ')}.`,
    })
  }
  if (others.length === 0) return first
  throw new Refusal('ambiguous_registration', 409, `"${name}" is the name of ${found.length} app registrations.`, {
    hint: `Name one by its object id: ${found.map(({ id }) => id).join(', ')}.`,
  })
}
