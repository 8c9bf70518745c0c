import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaReader } from '../../collections.ts'
import type { Actor, CommandDeps } from '../../commands/actor.ts'
import { inChange } from '../../commands/in-change.ts'
import { invalidFields, notFound, type RefusalCause } from '../../commands/refusal.ts'
import type { EventType } from '../../system-log/event-types.ts'
import { recordEvent } from '../../system-log/record-event.ts'
import type { TrustedOrigin } from '../records.ts'

export type TrustedOriginSettings = Pick<TrustedOrigin, 'name' | 'origin' | 'cors' | 'redirect'>

/** @throws {OktaRefusal} E0000007. */
export function knownTrustedOrigin(reader: OktaReader, id: string): TrustedOrigin {
  const trusted = reader.get('trustedOrigins', id)
  if (trusted === undefined) throw notFound('TrustedOrigin', id)
  return trusted
}

/** The origin as browsers write it; a path behind it is not one. */
function originProblem(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    return 'Type a complete origin, such as https://www.example.com'
  const url = new URL(text)
  return `${url.origin}` === text.replace(/\/$/, '') ? undefined : 'Type scheme, host and port alone'
}

function checked(reader: OktaReader, settings: TrustedOriginSettings, exceptId?: string): TrustedOriginSettings {
  const causes: RefusalCause[] = []
  const add = (field: string, summary: string): void => void causes.push({ field, summary })
  const { name, cors, redirect } = settings
  if (name === '') add('name', 'The field cannot be left blank')
  if (name.length > 255) add('name', 'Use at most 255 characters')
  const problem = originProblem(settings.origin)
  if (problem !== undefined) add('origin', problem)
  const origin = settings.origin.replace(/\/$/, '')
  if (reader.find('trustedOrigins', 'origin', origin.toLowerCase()).some(({ id }) => id !== exceptId)) {
    add('origin', 'This origin is trusted already')
  }
  if (!cors && !redirect) add('scopes', 'Choose CORS, Redirect, or both')
  if (causes.length > 0) throw invalidFields(causes)
  return { ...settings, origin }
}

function change(
  deps: CommandDeps,
  actor: Actor,
  eventType: EventType,
  words: string,
  run: Parameters<typeof inChange<TrustedOrigin>>[3],
): Promise<TrustedOrigin> {
  return inChange(
    deps,
    actor,
    'apps',
    (made) => {
      const trusted = run(made)
      const target = [
        { id: trusted.id, type: 'TrustedOrigin', displayName: trusted.name, alternateId: trusted.origin },
      ] as const
      recordEvent(made.tx, made.clock, { eventType, actor: made.actor, target })
      return trusted
    },
    (trusted) => ({
      title: `The trusted origin ${trusted.name} was ${words}`,
      subject: trusted.origin,
      change: { type: 'trusted-origin', id: trusted.id, after: trusted },
    }),
  )
}

/** Add Origin. @throws {OktaRefusal} E0000001. */
export function addTrustedOrigin(
  deps: CommandDeps,
  actor: Actor,
  settings: TrustedOriginSettings,
): Promise<TrustedOrigin> {
  return change(deps, actor, 'security.trusted_origin.create', 'added', ({ tx, clock }) => {
    const now = clock.iso()
    const id = lettersOf(nextIdSeed(tx), 'tos', 17)
    const trusted: TrustedOrigin = { id, ...checked(tx, settings), status: 'ACTIVE', created: now, lastUpdated: now }
    tx.put('trustedOrigins', id, trusted)
    return trusted
  })
}

/** @throws {OktaRefusal} E0000007, E0000001. */
export function editTrustedOrigin(
  deps: CommandDeps,
  actor: Actor,
  { id, ...settings }: TrustedOriginSettings & { readonly id: string },
): Promise<TrustedOrigin> {
  return change(deps, actor, 'security.trusted_origin.update', 'changed', ({ tx, clock }) => {
    const after = { ...knownTrustedOrigin(tx, id), ...checked(tx, settings, id), lastUpdated: clock.iso() }
    tx.put('trustedOrigins', id, after)
    return after
  })
}

/** @throws {OktaRefusal} E0000007. */
export function setTrustedOriginStatus(
  deps: CommandDeps,
  actor: Actor,
  { id, status }: { readonly id: string; readonly status: TrustedOrigin['status'] },
): Promise<TrustedOrigin> {
  const isActive = status === 'ACTIVE'
  const eventType = isActive ? 'security.trusted_origin.activate' : 'security.trusted_origin.deactivate'
  return change(deps, actor, eventType, isActive ? 'activated' : 'deactivated', ({ tx, clock }) => {
    const after = { ...knownTrustedOrigin(tx, id), status, lastUpdated: clock.iso() }
    tx.put('trustedOrigins', id, after)
    return after
  })
}

/** @throws {OktaRefusal} E0000007. */
export function deleteTrustedOrigin(
  deps: CommandDeps,
  actor: Actor,
  { id }: { readonly id: string },
): Promise<TrustedOrigin> {
  return change(deps, actor, 'security.trusted_origin.delete', 'deleted', ({ tx }) => {
    const trusted = knownTrustedOrigin(tx, id)
    tx.delete('trustedOrigins', id)
    return trusted
  })
}
