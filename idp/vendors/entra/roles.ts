/**
 * Directory roles with the template ids and names Microsoft Entra publishes
 * (Microsoft Entra built-in roles, "All roles"). The ids are the same in every tenant.
 */

export interface DirectoryRole {
  readonly templateId: string
  readonly displayName: string
  readonly description: string
}

export const DIRECTORY_ROLES = [
  {
    templateId: '62e90394-69f5-4237-9190-012177145e10',
    displayName: 'Global Administrator',
    description: 'Can manage all aspects of the directory and the services that use its identities.',
  },
  {
    templateId: 'e8611ab8-c189-46e8-94e1-60213ab1f814',
    displayName: 'Privileged Role Administrator',
    description: 'Can manage role assignments and grant any consent.',
  },
  {
    templateId: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    displayName: 'Application Administrator',
    description: 'Can create and manage all aspects of app registrations and enterprise apps.',
  },
  {
    templateId: '158c047a-c907-4556-b7ef-446551a6b5f7',
    displayName: 'Cloud Application Administrator',
    description: 'Can create and manage app registrations and enterprise apps except application proxy.',
  },
  {
    templateId: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
    displayName: 'User Administrator',
    description: 'Can manage users and groups, and reset passwords of users without roles.',
  },
  {
    templateId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
    displayName: 'Global Reader',
    description: 'Can read everything a Global Administrator can, and change nothing.',
  },
] as const satisfies readonly DirectoryRole[]

export type DirectoryRoleName = (typeof DIRECTORY_ROLES)[number]['displayName']

const NAME_BY_TEMPLATE: ReadonlyMap<string, DirectoryRoleName> = new Map(
  DIRECTORY_ROLES.map((role) => [role.templateId, role.displayName]),
)

/** @returns the role's name, `undefined` for a template id that is not in {@link DIRECTORY_ROLES}. */
export function roleName(templateId: string): DirectoryRoleName | undefined {
  return NAME_BY_TEMPLATE.get(templateId)
}

/** The template id of a role. */
export function roleTemplateId(name: DirectoryRoleName): string {
  const role = DIRECTORY_ROLES.find((each) => each.displayName === name)
  if (role === undefined) throw new Error(`No directory role is called ${name}.`)
  return role.templateId
}

/** Roles that may consent to delegated permissions on behalf of the organization. */
export const CONSENT_ROLES: readonly DirectoryRoleName[] = [
  'Global Administrator',
  'Privileged Role Administrator',
  'Application Administrator',
  'Cloud Application Administrator',
]
