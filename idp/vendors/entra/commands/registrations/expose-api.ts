import type { Application, PermissionScope } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { changeRegistration, type RegistrationInput } from './change-registration.ts'
import { scopesOf } from './permission-names.ts'

/** The registration with other scopes of its own API. Pure. */
export function withScopes(application: Application, scopes: readonly PermissionScope[]): Application {
  const preAuthorizedApplications = (application.api?.preAuthorizedApplications ?? []).map((each) => ({
    ...each,
    delegatedPermissionIds: each.delegatedPermissionIds.filter((id) => scopes.some((scope) => scope.id === id)),
  }))
  return {
    ...application,
    api: {
      ...application.api,
      oauth2PermissionScopes: scopes,
      preAuthorizedApplications: preAuthorizedApplications.filter((each) => each.delegatedPermissionIds.length > 0),
    },
  }
}

/**
 * Name the application's own API. `null` takes the name away, once it offers no scopes.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_BadRequest` on `identifierUris`,
 *   `ObjectConflict` when another application has the name.
 */
export function setApplicationIdUri(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, uri }: RegistrationInput & { readonly uri: string | null },
): Promise<Application> {
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      decide: (before) => {
        if (uri !== null) {
          const [, ...others] = before.identifierUris ?? []
          return { ...before, identifierUris: [uri.trim(), ...others.filter((each) => each !== uri.trim())] }
        }
        if (scopesOf(before).length > 0) throw badValue('identifierUris', 'Delete the scopes of the API first.')
        const { identifierUris: _, ...rest } = before
        return rest
      },
      title: (after) => `The Application ID URI of ${after.displayName} was changed`,
    },
  )
}

export interface ScopeInput extends RegistrationInput {
  /** Absent for a new one. */
  readonly scopeId?: string
  readonly scope: Omit<PermissionScope, 'id'>
}

/**
 * Add a scope, or change one. An API without a name gets the default one, `api://{client id}`.
 * @throws as {@link setApplicationIdUri} does; `Request_BadRequest` for its texts; `Request_ResourceNotFound` for an unknown scope.
 */
export function saveScope(deps: CommandDeps, actor: Actor, input: ScopeInput): Promise<Application> {
  const { scope, scopeId } = input
  return changeRegistration(deps, actor, input, {
    decide: (before, tx) => {
      const scopes = scopesOf(before)
      if (scopeId !== undefined && !scopes.some(({ id }) => id === scopeId)) throw notFound('scope', scopeId)
      const saved: PermissionScope = { id: scopeId ?? guidOf(nextIdSeed(tx)), ...scope }
      const next =
        scopeId === undefined ? [...scopes, saved] : scopes.map((each) => (each.id === scopeId ? saved : each))
      const named: Application =
        (before.identifierUris?.length ?? 0) > 0 ? before : { ...before, identifierUris: [`api://${before.appId}`] }
      return withScopes(named, next)
    },
    title: (after) => `The scope ${scope.value} of ${after.displayName} was saved`,
  })
}

/** @throws as {@link saveScope} does; `Request_BadRequest` on `isEnabled` for a scope that is enabled. */
export function removeScope(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, scopeId }: RegistrationInput & { readonly scopeId: string },
): Promise<Application> {
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      decide: (before) => {
        const scopes = scopesOf(before)
        if (!scopes.some(({ id }) => id === scopeId)) throw notFound('scope', scopeId)
        return withScopes(
          before,
          scopes.filter(({ id }) => id !== scopeId),
        )
      },
      title: (after) => `A scope of ${after.displayName} was deleted`,
    },
  )
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface AuthorizedClientInput extends RegistrationInput {
  /** Application (client) id of the client; it need not be registered here. */
  readonly clientId: string
  /** Scopes nobody has to consent to; none takes the client off the list. */
  readonly scopeIds: readonly string[]
}

/**
 * Let a client have scopes without anybody's consent.
 * @throws as {@link saveScope} does; `Request_BadRequest` on `clientId` for what is no GUID, on `scopeIds` for an unknown scope.
 */
export async function authorizeClient(
  deps: CommandDeps,
  actor: Actor,
  input: AuthorizedClientInput,
): Promise<Application> {
  const clientId = input.clientId.trim().toLowerCase()
  if (!GUID.test(clientId)) throw badValue('clientId', 'The client ID is a GUID: the Application (client) ID.')
  return changeRegistration(deps, actor, input, {
    decide: (before) => {
      const unknown = input.scopeIds.find((id) => !scopesOf(before).some((scope) => scope.id === id))
      if (unknown !== undefined) throw badValue('scopeIds', `The API has no scope with the id '${unknown}'.`)
      const held = before.api?.preAuthorizedApplications ?? []
      const entry = { appId: clientId, delegatedPermissionIds: [...new Set(input.scopeIds)] }
      const isThere = held.some(({ appId }) => appId === clientId)
      const replaced = isThere ? held.map((each) => (each.appId === clientId ? entry : each)) : [...held, entry]
      return {
        ...before,
        api: {
          ...before.api,
          oauth2PermissionScopes: scopesOf(before),
          preAuthorizedApplications: replaced.filter((each) => each.delegatedPermissionIds.length > 0),
        },
      }
    },
    title: (after) => `The authorized client applications of ${after.displayName} were changed`,
  })
}
