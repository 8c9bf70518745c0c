import type { Clock } from '#kit/clock.ts'
import { appGroupKey } from '../apps/records.ts'
import { settleAssignment } from '../assignments/settle.ts'
import type { OktaReader, OktaWriter } from '../collections.ts'
import { isAboutValues } from '../expression/error.ts'
import { type ExpressionPreview, previewExpression } from '../expression/evaluate.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import { schemaOf, USER_SCHEMA } from '../profiles/read.ts'
import type { AttributeDefinition, MappedProperty, ProfileMapping, ProfileSchema } from '../profiles/records.ts'
import { parseExternalName } from '../provisioning/external-name.ts'
import { takeOver } from '../provisioning/run-import.ts'
import { appTarget, recordEvent } from '../system-log/record-event.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { inChange } from './in-change.ts'
import { knownApp, knownUser } from './known.ts'
import { invalidFields, notFound, OktaRefusal, type RefusalCause } from './refusal.ts'

/** Directory > Profile Editor (reference sheet 1.12, 3). */

export interface AttributeInput {
  readonly ownerId: string
  readonly attribute: Omit<AttributeDefinition, 'custom'>
}

function schemaFor(reader: OktaReader, ownerId: string): ProfileSchema {
  if (ownerId !== USER_SCHEMA && reader.get('profileSchemas', ownerId) === undefined) throw notFound('Schema', ownerId)
  return schemaOf(reader, ownerId)
}

/** Names the client fills itself (reference sheet 3.4). */
const RESERVED: ReadonlySet<string> = new Set(['id', 'schemas', 'meta', 'groups', 'externalId', 'active', 'password'])

/** What is wrong with an attribute that would join the profile. */
export function attributeProblems(
  schema: ProfileSchema,
  { name, title, type, members, externalName, minLength, maxLength, union }: AttributeInput['attribute'],
): readonly RefusalCause[] {
  const causes: RefusalCause[] = []
  const taken = schema.attributes.some((each) => each.name.toLowerCase() === name.toLowerCase())
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    causes.push({ field: 'name', summary: 'Variable name: Letters, digits and underscores only, and no digit first' })
  else if (taken) causes.push({ field: 'name', summary: `Variable name: ${name} is already used in this profile` })
  if (title.trim() === '') causes.push({ field: 'title', summary: 'Display name: The field cannot be left blank' })
  if (schema.ownerId !== USER_SCHEMA) {
    if ((externalName ?? '') === '')
      causes.push({ field: 'externalName', summary: 'External name: The field cannot be left blank' })
    else if (RESERVED.has(externalName ?? '')) {
      causes.push({ field: 'externalName', summary: `External name: ${externalName} is reserved by the core schema` })
    } else if (parseExternalName(externalName ?? '') === undefined) {
      causes.push({ field: 'externalName', summary: "External name: Write a.b, or list.^[type=='x'].value" })
    }
  }
  if (members !== undefined && (members.length === 0 || members.some(({ value }) => value === ''))) {
    causes.push({ field: 'members', summary: 'Attribute members: Each needs a display name and a value' })
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    causes.push({ field: 'minLength', summary: 'Attribute length: The least is more than the most' })
  }
  if (union && !type.startsWith('array'))
    causes.push({ field: 'union', summary: 'Combine values across groups: Arrays only' })
  return causes
}

/**
 * + Add Attribute. In an app's profile without an external namespace the attribute exists and is silently never sent.
 * @throws {OktaRefusal} E0000001, E0000007.
 */
export function addAttribute(
  deps: CommandDeps,
  actor: Actor,
  { ownerId, attribute }: AttributeInput,
): Promise<ProfileSchema> {
  return rewriteSchema(deps, actor, ownerId, `attribute ${attribute.name} added`, (schema) => {
    const problems = attributeProblems(schema, attribute)
    if (problems.length > 0) throw invalidFields(problems)
    return { ...schema, attributes: [...schema.attributes, { ...attribute, custom: true }] }
  })
}

/** Remove a custom attribute with its mapping and its values. What the app was sent of it stays there. @throws {OktaRefusal} E0000001 for a base attribute. */
export function removeAttribute(
  deps: CommandDeps,
  actor: Actor,
  { ownerId, name }: { readonly ownerId: string; readonly name: string },
): Promise<ProfileSchema> {
  return rewriteSchema(deps, actor, ownerId, `attribute ${name} removed`, (schema, reader) => {
    const known = schema.attributes.find((each) => each.name === name)
    if (known === undefined) throw notFound('Attribute', name)
    if (!known.custom)
      throw new OktaRefusal('E0000001', `The attribute ${name} belongs to the base profile and cannot be removed.`)
    unmap(reader, ownerId, name)
    return { ...schema, attributes: schema.attributes.filter((each) => each.name !== name) }
  })
}

/** Forget how an attribute of an app that is removed was mapped, and its values. */
export function unmap(tx: OktaWriter, ownerId: string, name: string): void {
  for (const mapping of ownerId === USER_SCHEMA ? [] : tx.find('profileMappings', 'app', ownerId)) {
    if (mapping.direction !== 'to-app' || !Object.hasOwn(mapping.properties, name)) continue
    const { [name]: _, ...properties } = mapping.properties
    tx.put('profileMappings', mapping.id, { ...mapping, properties })
  }
  if (ownerId !== USER_SCHEMA) forgetValues(tx, ownerId, name)
}

/** An attribute that is made again begins without values. Nothing is pushed: what the app has of it stays there. */
function forgetValues(tx: OktaWriter, appId: string, name: string): void {
  for (const appUser of tx.find('appUsers', 'app', appId)) {
    const { profile, overrides, fromGroup } = appUser
    if (profile[name] === undefined && overrides[name] === undefined) continue
    const { [name]: _, ...values } = profile
    const { [name]: __, ...typed } = overrides
    const left = { profile: values, overrides: typed, fromGroup: fromGroup.filter((each) => each !== name) }
    tx.put('appUsers', appUser.id, { ...appUser, ...left })
  }
  for (const appGroup of tx.find('appGroups', 'app', appId)) {
    if (appGroup.profile[name] === undefined) continue
    const { [name]: _, ...profile } = appGroup.profile
    tx.put('appGroups', appGroupKey(appId, appGroup.groupId), { ...appGroup, profile })
  }
}

/** Write a profile anew, by an administrator of apps. @throws {OktaRefusal} E0000007, and what `rewrite` refuses with. */
export function rewriteSchema(
  deps: CommandDeps,
  actor: Actor,
  ownerId: string,
  what: string,
  rewrite: (schema: ProfileSchema, tx: OktaWriter) => ProfileSchema,
): Promise<ProfileSchema> {
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx, clock, actor: by }) => {
      const after = rewrite(schemaFor(tx, ownerId), tx)
      tx.put('profileSchemas', ownerId, after)
      const app = tx.get('apps', ownerId)
      recordEvent(tx, clock, {
        eventType: 'app.user_management.schema_update',
        actor: by,
        target: app === undefined ? [] : [appTarget(app)],
        debugData: { schema: after.title },
      })
      return after
    },
    (schema) => ({
      title: `${schema.title}: ${what}`,
      subject: schema.title,
      change: { type: 'profile-schema', id: ownerId },
    }),
  )
}

export interface MappingInput {
  readonly mappingId: string
  /** By target attribute; `null`: do not map. What is not named stays. */
  readonly properties: Readonly<Record<string, MappedProperty | null>>
  /** "Apply updates now": compute everybody's account again, and push what changed; on the way back, everybody's Okta profile. */
  readonly applyNow: boolean
}

type NewProperties = MappingInput['properties']

/** The properties a mapping would have. @throws {OktaRefusal} E0000001 with a cause for each that cannot be. */
function rewrittenProperties(
  reader: OktaReader,
  clock: Clock,
  { appId, direction, properties: before }: ProfileMapping,
  properties: NewProperties,
): ProfileMapping['properties'] {
  const target = schemaOf(reader, direction === 'to-app' ? appId : USER_SCHEMA)
  const scope = expressionScope(reader, clock, { app: knownApp(reader, appId) })
  const after: Record<string, MappedProperty> = { ...before }
  const causes: RefusalCause[] = []
  for (const [field, property] of Object.entries(properties)) {
    const isKnown = target.attributes.some(({ name }) => name === field)
    const unreadable =
      property === null ? undefined : syntaxProblem(property.expression, { ...scope, internal: { id: '', status: '' } })
    const problem = isKnown ? unreadable : `There is no attribute ${field}.`
    if (problem !== undefined) causes.push({ field, summary: problem })
    else if (property === null) delete after[field]
    else after[field] = property
  }
  if (causes.length > 0) throw invalidFields(causes)
  return after
}

/** What {@link saveMapping} would refuse, before it is asked whether to apply. @throws {OktaRefusal} E0000001, E0000007. */
export function checkMapping(
  { system: { store, clock } }: CommandDeps,
  { mappingId, properties }: Pick<MappingInput, 'mappingId' | 'properties'>,
): void {
  const before = store.get('profileMappings', mappingId)
  if (before === undefined) throw notFound('Mapping', mappingId)
  rewrittenProperties(store, clock, before, properties)
}

/**
 * Save Mappings. Expressions are read before anything is kept.
 * @throws {OktaRefusal} E0000001 for an unknown target attribute, or an expression, with the place of its problem; E0000007.
 */
export function saveMapping(
  deps: CommandDeps,
  actor: Actor,
  { mappingId, properties, applyNow }: MappingInput,
): Promise<ProfileMapping> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const before = tx.get('profileMappings', mappingId)
      if (before === undefined) throw notFound('Mapping', mappingId)
      const app = knownApp(tx, before.appId)
      const after = rewrittenProperties(tx, clock, before, properties)
      const mapping: ProfileMapping = { ...before, properties: after }
      tx.put('profileMappings', mappingId, mapping)
      recordEvent(tx, clock, {
        eventType: 'app.user_management.mapping_update',
        actor: change.actor,
        target: [appTarget(app)],
      })
      if (applyNow) {
        for (const appUser of tx.find('appUsers', 'app', app.id)) {
          const user = tx.get('users', appUser.userId)
          if (user === undefined) continue
          if (before.direction === 'to-app') settleAssignment(change, app, user)
          else takeOver(change, app, appUser, user)
        }
      }
      return mapping
    },
    (mapping) => ({
      title: 'A profile mapping was saved',
      subject: mapping.appId,
      change: { type: 'mapping', id: mappingId, after: mapping },
    }),
  )
}

/** Problems that do not depend on anybody's values: unknown names and functions, syntax. */
function syntaxProblem(expression: string, scope: Parameters<typeof previewExpression>[1]): string | undefined {
  const preview = previewExpression(expression, scope)
  if (preview.ok) return undefined
  return isAboutValues(preview) ? undefined : `${preview.message} (position ${preview.position + 1})`
}

/** Preview of an expression for one person: the value, or what is wrong and where. @throws {OktaRefusal} E0000007. */
export function previewMapping(
  { system: { store, clock } }: CommandDeps,
  {
    mappingId,
    userId,
    expression,
  }: { readonly mappingId: string; readonly userId: string; readonly expression: string },
): ExpressionPreview {
  const mapping = store.get('profileMappings', mappingId)
  if (mapping === undefined) throw notFound('Mapping', mappingId)
  const app = knownApp(store, mapping.appId)
  const user = knownUser(store, userId)
  const [appUser] = store.find('appUsers', 'person', `${app.id}/${userId}`)
  const account = appUser === undefined ? {} : { account: { ...appUser.profile, userName: appUser.userName } }
  return previewExpression(expression, expressionScope(store, clock, { user, app, ...account }))
}
