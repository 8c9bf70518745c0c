import { guidOf } from '#kit/ids.ts'
import { DIRECTORY_ROLES } from '../../roles.ts'

/** The object a role is in one tenant; the template's id is the same in all. */
export function directoryRoleIdOf(tenantId: string, templateId: string): string {
  return guidOf(`${tenantId}/directory-role/${templateId}`)
}

/** An activated directory role under Graph's names (Graph v1.0, directoryRole resource type). */
export function directoryRoleResource(tenantId: string, templateId: string): Readonly<Record<string, unknown>> {
  const role = DIRECTORY_ROLES.find((each) => each.templateId === templateId)
  return {
    id: directoryRoleIdOf(tenantId, templateId),
    deletedDateTime: null,
    description: role?.description ?? null,
    displayName: role?.displayName ?? null,
    roleTemplateId: templateId,
  }
}
