import { z } from 'zod'
import { addAttribute, removeAttribute, saveMapping } from '../commands/profile-editor.ts'
import { mappingOf, USER_SCHEMA } from '../profiles/read.ts'
import { ATTRIBUTE_TYPES } from '../profiles/records.ts'
import { appNamed } from './find.ts'
import { given, KIT, oktaCommand, type SceneDeps } from './okta-command.ts'

/** Whose profile: `user` of people, else an app. */
const owner = z.string()

const NewAttribute = z.strictObject({
  owner,
  /** Variable name: what expressions say. */
  name: z.string(),
  title: z.string().optional(),
  type: z.enum(ATTRIBUTE_TYPES).default('string'),
  description: z.string().optional(),
  /** Of an app: where the value stands in the SCIM user; the variable name unless told. */
  externalName: z.string().optional(),
  /** Of an app: URN of the schema it stands in; without one the attribute is never sent. */
  namespace: z.string().optional(),
  required: z.boolean().default(false),
  scope: z.enum(['NONE', 'SELF']).default('NONE'),
  union: z.boolean().default(false),
  members: z.array(z.strictObject({ title: z.string(), value: z.string() })).optional(),
  minLength: z.int().nonnegative().optional(),
  maxLength: z.int().nonnegative().optional(),
})

/** The Profile Editor and the mappings of an app. */
export function profileCommands(deps: SceneDeps) {
  const ownerIdOf = (name: string): string => (name === USER_SCHEMA ? USER_SCHEMA : appNamed(deps, name).id)
  return [
    oktaCommand(
      'add-attribute',
      'Adds a custom attribute to the profile of people or of an app.',
      NewAttribute,
      async ({ owner: whose, name, title, type, required, scope, union, ...rest }) => {
        const { externalName, namespace, ...limits } = rest
        const ownerId = ownerIdOf(whose)
        const external =
          ownerId === USER_SCHEMA
            ? given({ externalName, externalNamespace: namespace })
            : { externalName: externalName ?? name, ...given({ externalNamespace: namespace }) }
        const attribute = { name, title: title ?? name, type, required, scope, union, ...given(limits), ...external }
        await addAttribute(deps, KIT, { ownerId, attribute })
        return { owner: ownerId, name }
      },
    ),
    oktaCommand(
      'remove-attribute',
      'Removes a custom attribute with its mapping and its values; what an app was sent of it stays there.',
      z.strictObject({ owner, name: z.string() }),
      async ({ owner: whose, name }) => {
        const ownerId = ownerIdOf(whose)
        await removeAttribute(deps, KIT, { ownerId, name })
        return { owner: ownerId, name }
      },
    ),
    oktaCommand(
      'set-mapping',
      'Maps one attribute, or with null does not map it; applied to everybody assigned unless told otherwise.',
      z.strictObject({
        attribute: z.string(),
        expression: z.string().nullable(),
        direction: z.enum(['to-app', 'to-okta']).default('to-app'),
        on: z.enum(['create-and-update', 'create']).optional(),
        applyNow: z.boolean().default(true),
        app: z.string().optional(),
      }),
      async ({ attribute, expression, direction, on, applyNow, app }) => {
        const { id: appId } = appNamed(deps, app)
        const mapping = mappingOf(deps.system.store, appId, direction === 'to-app' ? 'to-app' : 'to-user')
        const kept = mapping.properties[attribute]?.pushStatus ?? 'PUSH'
        const pushStatus = on === undefined ? kept : on === 'create' ? 'DONT_PUSH' : 'PUSH'
        await saveMapping(deps, KIT, {
          mappingId: mapping.id,
          properties: { [attribute]: expression === null ? null : { expression, pushStatus } },
          applyNow,
        })
        return { appId, attribute, expression }
      },
    ),
  ]
}
