import type { OktaAdminRole, OktaReader, OktaSystem, OktaUser } from '../collections.ts'
import type { LogActor } from '../system-log/records.ts'
import { OktaRefusal } from './refusal.ts'

/** What every command of this folder lives on. */
export interface CommandDeps {
  readonly system: OktaSystem
}

/** Who acts: a person, with whatever administrator roles they hold at that moment, or the kit itself, which may do everything. */
export type Actor = { readonly kind: 'person'; readonly userId: string } | { readonly kind: 'kit' }

/** What a command is about, as far as roles tell it apart. */
export type Concern = 'apps' | 'people' | 'tokens' | 'all'

const ROLES: Readonly<Record<Concern, readonly OktaAdminRole[]>> = {
  apps: ['SUPER_ADMIN', 'APP_ADMIN'],
  people: ['SUPER_ADMIN', 'USER_ADMIN'],
  // As published: an Application Administrator makes no tokens, a Read-only Administrator does, for reading.
  tokens: ['SUPER_ADMIN', 'USER_ADMIN', 'READ_ONLY_ADMIN'],
  all: ['SUPER_ADMIN'],
}

/** The person, unless they are gone, suspended or deactivated. */
function actingUser(reader: OktaReader, userId: string): OktaUser | undefined {
  const user = reader.get('users', userId)
  return user !== undefined && (user.status === 'ACTIVE' || user.status === 'PASSWORD_EXPIRED') ? user : undefined
}

/** Whether a person may open the admin console at all. */
export function isAdmin(reader: OktaReader, userId: string): boolean {
  return (actingUser(reader, userId)?.adminRoles ?? []).length > 0
}

/** Whether a person may change what belongs to `concern`. */
export function mayAdminister(reader: OktaReader, userId: string, concern: Concern): boolean {
  return (actingUser(reader, userId)?.adminRoles ?? []).some((role) => ROLES[concern].includes(role))
}

/** The actor as the System Log names them. @throws {OktaRefusal} E0000006 without a role that would do. */
export function mustAdminister(reader: OktaReader, actor: Actor, concern: Concern): LogActor {
  if (actor.kind === 'kit') return SYSTEM_ACTOR
  if (!mayAdminister(reader, actor.userId, concern)) {
    throw new OktaRefusal('E0000006', 'You do not have permission to perform the requested action')
  }
  return logActorOf(reader, actor.userId)
}

/** What happens by itself: jobs, the schedule, the kit. */
export const SYSTEM_ACTOR: LogActor = {
  id: 'system',
  type: 'SystemPrincipal',
  displayName: 'Okta System',
  alternateId: 'system@okta.com',
}

/** A person as the System Log names them; the system where they are gone. */
export function logActorOf(reader: OktaReader, userId: string | undefined): LogActor {
  const user = userId === undefined ? undefined : reader.get('users', userId)
  if (user === undefined) return SYSTEM_ACTOR
  const { firstName, lastName, login } = user.profile
  return { id: user.id, type: 'User', displayName: `${firstName} ${lastName}`, alternateId: login }
}
