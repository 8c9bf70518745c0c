import { z } from 'zod'
import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import { assignableRoles } from '#idp/core/directory/assignments.ts'
import type { DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import { DIALPAD_LISTING } from '#idp/gallery/dialpad/listing.ts'
import { Refusal } from '#kit/http/errors.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { CUSTOM_APP } from '../commands/app-templates.ts'
import { editApp, removeApp, revokeConsent } from '../commands/applications.ts'
import { assignToApp, removeAssignments } from '../commands/assignments.ts'
import { consentToApp } from '../commands/consent.ts'
import { instantiateApp } from '../commands/instantiate-app.ts'
import { roleTemplateId } from '../roles.ts'
import { registeredScopes } from '../sign-in/consent-rules.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { appNamed, personNamed, principalNamed, principalsNamed } from './find.ts'

const app = z.string().optional()
const Names = z.union([z.string(), z.array(z.string()).min(1)])

const tellApp = ({ id, displayName }: ServicePrincipal) => ({ appId: id, name: displayName })

/** Enterprise apps: how they come and go, who consents to them, who is assigned. */
export function appCommands(deps: SceneDeps) {
  const { system } = deps
  return [
    entraCommand(
      'add-app',
      'Adds Dialpad from the gallery, by the consent of an administrator; with a name, an app that is in no gallery.',
      z
        .strictObject({
          template: z.enum(['dialpad', 'custom']).optional(),
          /** Of an app that is in no gallery. */
          name: z.string().optional(),
          /** Who consents on behalf of the organization; the first Global Administrator unless told. */
          by: z.string().optional(),
        })
        .refine(({ template, name }) => (template === 'custom') === (name !== undefined) || template === undefined, {
          error: 'An app that is in no gallery has a name, and one of the gallery has its own',
        }),
      async ({ name, by }) => tellApp(name === undefined ? await addFromGallery(deps, by) : await addOwn(deps, name)),
    ),
    entraCommand(
      'edit-app',
      'Changes the properties of an app.',
      z.strictObject({
        app,
        name: z.string().optional(),
        /** "Enabled for users to sign-in?" */
        enabled: z.boolean().optional(),
        assignmentRequired: z.boolean().optional(),
        visible: z.boolean().optional(),
      }),
      async ({ app: name, name: displayName, enabled, assignmentRequired, visible }) =>
        tellApp(
          await editApp(deps, KIT, {
            appId: appNamed(deps, name).id,
            patch: {
              ...(displayName === undefined ? {} : { displayName }),
              ...(enabled === undefined ? {} : { accountEnabled: enabled }),
              ...(assignmentRequired === undefined ? {} : { appRoleAssignmentRequired: assignmentRequired }),
              ...(visible === undefined ? {} : { visibleToUsers: visible }),
            },
          }),
        ),
    ),
    entraCommand(
      'remove-app',
      'Deletes an app with its assignments, consents and provisioning; nothing is sent to the target.',
      z.strictObject({ app }),
      async (input) => tellApp(await removeApp(deps, KIT, { appId: appNamed(deps, input.app).id })),
    ),
    entraCommand(
      'assign',
      'Assigns people and groups to an app: all of them, or none.',
      z.strictObject({ principal: Names, app, role: z.string().optional() }),
      async ({ principal, role, ...input }) => {
        const target = appNamed(deps, input.app)
        const made = await assignToApp(deps, KIT, {
          appId: target.id,
          principalIds: principalsNamed(deps, principal),
          ...(role === undefined ? {} : { appRoleId: roleNamed(target, role) }),
        })
        return { appId: target.id, assigned: made.map(({ principalId }) => principalId) }
      },
    ),
    entraCommand(
      'unassign',
      'Takes the assignments of people and groups away: all of them, or none.',
      z.strictObject({ principal: Names, app }),
      async ({ principal, ...input }) => {
        const { id, displayName } = appNamed(deps, input.app)
        const assignmentIds = (typeof principal === 'string' ? [principal] : principal).flatMap((name) => {
          const pair = `${id}/${principalNamed(deps, name)}`
          const held = system.store.find('appRoleAssignments', 'pair', pair)
          if (held.length > 0) return held.map((assignment) => assignment.id)
          throw new Refusal('not_assigned', 404, `"${name}" is not assigned to ${displayName}.`, {
            hint: 'A member of an assigned group is unassigned with the group.',
          })
        })
        const gone = await removeAssignments(deps, KIT, { appId: id, assignmentIds })
        return { appId: id, unassigned: gone.map(({ principalId }) => principalId) }
      },
    ),
    entraCommand(
      'consent',
      'Somebody consents to what an app of the tenant asks for.',
      z.strictObject({ person: z.string(), app, forOrganization: z.boolean().default(false) }),
      async ({ person, forOrganization, ...input }) => {
        const { appId: clientId } = appNamed(deps, input.app)
        const grant = await consentToApp(system, personNamed(deps, person).id, {
          clientId,
          requested: registeredScopes(system.store, clientId),
          forOrganization,
        })
        return { grantId: grant.id, scope: grant.scope }
      },
    ),
    entraCommand(
      'revoke-consent',
      'Takes back the consent of a person, or the one of the organization.',
      z.strictObject({ person: z.string().optional(), app }),
      async ({ person, ...input }) => {
        const { id, displayName } = appNamed(deps, input.app)
        const principalId = person === undefined ? undefined : personNamed(deps, person).id
        const grant = system.store
          .find('permissionGrants', 'client', id)
          .find((each) => each.principalId === principalId)
        if (grant === undefined) {
          throw new Refusal('no_consent', 404, `${person ?? 'The organization'} has not consented to ${displayName}.`)
        }
        return { revoked: (await revokeConsent(deps, KIT, { appId: id, grantId: grant.id })).id }
      },
    ),
  ]
}

async function addFromGallery(deps: SceneDeps, by: string | undefined): Promise<ServicePrincipal> {
  const { store } = deps.system
  const [application] = store.find('applications', 'templateId', DIALPAD_LISTING.templateId)
  if (application === undefined) throw new Error('The publisher of Dialpad has registered nothing.')
  if (servicePrincipalByAppId(store, TENANT_ID, application.appId) !== undefined) {
    throw new Refusal('ObjectConflict', 409, `${DIALPAD_LISTING.name} is among the enterprise apps already.`)
  }
  const person = by === undefined ? firstAdministrator(deps) : personNamed(deps, by)
  const input = {
    clientId: application.appId,
    requested: registeredScopes(store, application.appId),
    forOrganization: true,
  }
  const grant = await consentToApp(deps.system, person.id, input)
  return appNamed(deps, grant.clientId)
}

async function addOwn(deps: SceneDeps, displayName: string): Promise<ServicePrincipal> {
  return (await instantiateApp(deps, KIT, { templateId: CUSTOM_APP.id, displayName })).app
}

function firstAdministrator({ system: { store } }: SceneDeps): DirectoryUser {
  const held = store.find('directoryRoles', 'role', `${TENANT_ID}/${roleTemplateId('Global Administrator')}`)
  const [person] = held
    .flatMap(({ userId }) => store.get('users', userId) ?? [])
    .filter((user) => user.accountEnabled && user.deletedDateTime === undefined)
  if (person !== undefined) return person
  throw new Refusal('no_administrator', 409, 'No Global Administrator could consent.', {
    hint: 'Name somebody with "by".',
  })
}

function roleNamed(target: ServicePrincipal, name: string): string {
  const roles = assignableRoles(target)
  const role = roles.find((each) => each.displayName === name || each.value === name)
  if (role !== undefined) return role.id
  throw new Refusal('unknown_role', 404, `${target.displayName} has no role "${name}".`, {
    hint: `There are: ${roles.map((each) => each.displayName).join(', ')}.`,
  })
}
