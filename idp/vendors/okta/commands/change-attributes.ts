import { USER_SCHEMA } from '../profiles/read.ts'
import type { AttributeDefinition, ProfileSchema } from '../profiles/records.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { attributeProblems, rewriteSchema, unmap } from './profile-editor.ts'
import { invalidFields, type RefusalCause } from './refusal.ts'

/** What is said of an attribute; `null` takes back what may be absent, and what is not named stays. */
export type AttributePatch = {
  readonly [Name in Exclude<keyof AttributeDefinition, 'name' | 'custom'>]?: AttributeDefinition[Name] | null
}

export interface AttributeChanges {
  /** `user`, or the id of an app. */
  readonly ownerId: string
  /** By variable name; `null` removes the attribute and its mapping, and means nothing where there is none. */
  readonly changes: Readonly<Record<string, AttributePatch | null>>
}

/** What stays as it was made, since accounts hold values by it. */
const FIXED = ['type', 'externalName', 'externalNamespace'] as const

function defaultsOf(name: string, isApp: boolean): AttributeDefinition {
  return {
    name,
    title: '',
    type: 'string',
    required: false,
    scope: 'NONE',
    union: false,
    custom: true,
    ...(isApp ? { externalName: name } : {}),
  }
}

/** Without what the patch takes back, and without members it sets to nothing. */
function patched(before: AttributeDefinition, patch: AttributePatch): AttributeDefinition {
  const merged = { ...before, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) }
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null),
  ) as unknown as AttributeDefinition
}

/**
 * Add, change and remove custom attributes of one profile at once: all of it, or nothing (reference sheet 6.3, schemas). The type,
 * the external name and its namespace cannot be changed afterwards (3.4): remove the attribute and add it again.
 * @throws {OktaRefusal} E0000001 naming each attribute at fault, E0000007 for an unknown profile.
 */
export function changeAttributes(
  deps: CommandDeps,
  actor: Actor,
  { ownerId, changes }: AttributeChanges,
): Promise<ProfileSchema> {
  const names = Object.keys(changes)
  return rewriteSchema(deps, actor, ownerId, `attributes ${names.join(', ')} changed`, (schema, tx) => {
    const causes: RefusalCause[] = []
    let attributes = schema.attributes
    for (const [name, patch] of Object.entries(changes)) {
      const known = attributes.find((each) => each.name === name)
      if (known !== undefined && !known.custom) {
        causes.push({
          field: name,
          summary: `${name}: The attribute belongs to the base profile and cannot be changed`,
        })
        continue
      }
      if (patch === null) {
        if (known !== undefined) unmap(tx, ownerId, name)
        attributes = attributes.filter((each) => each.name !== name)
        continue
      }
      const after = patched(known ?? defaultsOf(name, ownerId !== USER_SCHEMA), patch)
      const others = attributes.filter((each) => each.name !== name)
      causes.push(
        ...attributeProblems({ ...schema, attributes: others }, after).map((cause) => ({ ...cause, field: name })),
        ...(known === undefined ? [] : fixedProblems(known, after)),
        ...(ownerId === USER_SCHEMA ? externalProblems(after) : []),
      )
      attributes =
        known === undefined ? [...attributes, after] : attributes.map((each) => (each === known ? after : each))
    }
    if (causes.length > 0) throw invalidFields(causes)
    return { ...schema, attributes }
  })
}

/** Values of people go nowhere by themselves: only attributes of apps have a name out there. */
function externalProblems({ name, externalName, externalNamespace }: AttributeDefinition): readonly RefusalCause[] {
  if (externalName === undefined && externalNamespace === undefined) return []
  return [{ field: name, summary: `${name}: Attributes of people have no external name or namespace` }]
}

function fixedProblems(before: AttributeDefinition, after: AttributeDefinition): readonly RefusalCause[] {
  return FIXED.flatMap((field) =>
    before[field] === after[field]
      ? []
      : [
          {
            field: before.name,
            summary: `${before.name}: ${field} cannot be changed; remove the attribute and add it again`,
          },
        ],
  )
}
