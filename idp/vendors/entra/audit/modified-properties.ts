import type { ObjectMapping, ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import type { AuditedProperty } from './records.ts'

/** Stands where a secret was changed: that it was, and nothing of it. */
const MASK = '"********"'

/** Properties that are no business of a reader: credentials, and what the store keeps for itself. */
const LEFT_OUT = new Set(['passwordHash', 'sealedSecret', 'secrets', 'keyCredentials', 'changeSeq', 'id', 'tenantId'])

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value))

/**
 * What differs between two states of a record, property by property, in the order of the newer one. An absent state is one
 * without properties: everything came, or went. Credentials are left out whatever they hold.
 */
export function modifiedProperties(before: object | undefined, after: object | undefined): readonly AuditedProperty[] {
  const old = new Map(Object.entries(before ?? {}))
  const now = new Map(Object.entries(after ?? {}))
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((name) => !LEFT_OUT.has(name))
    .map((name) => ({ name, oldValue: json(old.get(name)), newValue: json(now.get(name)) }))
    .filter(({ oldValue, newValue }) => oldValue !== newValue)
}

/** A secret was set or replaced. The event tells so and never what it is, its length included. */
export function modifiedSecret(name: string, hadOne: boolean): AuditedProperty {
  return { name, oldValue: hadOne ? MASK : null, newValue: MASK }
}

function changesOf(label: string, before: ObjectMapping, after: ObjectMapping): readonly AuditedProperty[] {
  const { attributeMappings: oldRows, ...oldRest } = before
  const { attributeMappings: newRows, ...newRest } = after
  const rowsOf = (rows: ObjectMapping['attributeMappings']) =>
    Object.fromEntries(rows.map(({ targetAttributeName, ...row }) => [targetAttributeName, row]))
  return [...modifiedProperties(oldRest, newRest), ...modifiedProperties(rowsOf(oldRows), rowsOf(newRows))].map(
    (property) => ({ ...property, name: `${label}: ${property.name}` }),
  )
}

/** What a saved mapping changed: each row by its target attribute, scoping filters, actions. */
export function modifiedMappings(before: ProvisioningSchema, after: ProvisioningSchema): readonly AuditedProperty[] {
  return [...changesOf('Users', before.users, after.users), ...changesOf('Groups', before.groups, after.groups)]
}
