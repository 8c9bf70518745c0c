import { guidOf } from '#kit/ids.ts'
import { DELEGATED_PERMISSIONS, OIDC_SCOPES, permissionOf } from '../../sign-in/permissions.ts'
import { APPLICATION_PERMISSIONS, type ApplicationPermission } from '../application-permissions.ts'

/** Microsoft Graph as an API one can ask permissions of: its application id is the same everywhere. */
export const GRAPH_API = { appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' } as const

/** A permission of Graph under its published id (Microsoft Graph permissions reference; explanations are ours). */
export interface GraphPermission {
  readonly id: string
  readonly value: string
  readonly title: string
  readonly adminOnly: boolean
}

/** Published ids of delegated permissions. What is not here has an id of this twin's own (FID-ENTRA-REG-12). */
const SCOPE_IDS: Readonly<Record<string, string>> = {
  openid: '37f7f235-527c-4136-accd-4a02d197296e',
  profile: '14dad69e-099b-42c9-810b-d002981feec1',
  email: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
  offline_access: '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
  'User.Read': 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
  'User.ReadBasic.All': 'b340eb25-3456-403f-be2f-af7a0d370277',
  'User.Read.All': 'a154be20-db9c-4678-8ab7-66f6cc099a59',
  'Contacts.Read': 'ff74d97f-43af-4b68-9f2a-b77ee6968c5d',
  'Calendars.Read': '465a38f9-76ea-45b9-9f34-9e8b0d4b0b42',
  'Calendars.ReadWrite': '1ec239c2-d7c9-4623-a91a-a9775856bb36',
  'Mail.Read': '570282fd-fa5c-430d-a7fd-fc8dc98a9dca',
  'Group.Read.All': '5f8c59db-677d-491f-a6b8-5f174b11ec1d',
  'Directory.Read.All': '06da0dbc-49e2-44d2-8312-53f166ab848a',
}

const ROLES: Readonly<Record<ApplicationPermission, readonly [id: string | undefined, title: string]>> = {
  'Application.Read.All': ['9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30', 'Read all applications'],
  'Application.ReadWrite.All': ['1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9', 'Read and write all applications'],
  'Application.ReadWrite.OwnedBy': [
    '18a4783c-866b-4cc7-a460-3d5e5662c884',
    'Manage apps that this app creates or owns',
  ],
  'AppRoleAssignment.ReadWrite.All': [
    '06b708a9-e830-4db3-a914-8e69da51d44f',
    'Manage app permission grants and app role assignments',
  ],
  'AuditLog.Read.All': ['b0afded3-3588-46d8-8b3d-9842eff778da', 'Read all audit log data'],
  'DelegatedPermissionGrant.ReadWrite.All': [
    '8e8e4742-1d95-4f68-9d56-6ee75648c72a',
    'Manage all delegated permission grants',
  ],
  'Directory.Read.All': ['7ab1d382-f21e-4acd-a863-ba3e13f7da61', 'Read directory data'],
  'Directory.ReadWrite.All': ['19dbc75e-c2e2-444c-a770-ec69d8559fc7', 'Read and write directory data'],
  'Group.Read.All': ['5b567255-7703-4780-807c-7be8301ae99b', 'Read all groups'],
  'Group.ReadWrite.All': ['62a82d76-70ea-41e2-9197-370581804d09', 'Read and write all groups'],
  'GroupMember.Read.All': ['98830695-27a2-44f7-8c18-0c3ebc9698f6', 'Read all group memberships'],
  'GroupMember.ReadWrite.All': ['dbaae8cf-10b5-4b86-a4a1-f871c94c6695', 'Read and write all group memberships'],
  'ProvisioningLog.Read.All': [undefined, 'Read all provisioning log data'],
  'Synchronization.Read.All': ['5ba43d2f-fa88-4db2-bd1c-a67c5f0fb1ce', 'Read all synchronization data'],
  'Synchronization.ReadWrite.All': ['9b50c33d-700f-43b1-b2eb-87e89b703581', 'Read and write all synchronization data'],
  'User.EnableDisableAccount.All': ['3011c876-62b7-4ada-afa2-506cbbecc68c', 'Enable and disable user accounts'],
  'User.Read.All': ['df021288-bdef-4463-88db-98f22de89214', "Read all users' full profiles"],
  'User.ReadWrite.All': ['741f803b-c850-494e-b5df-cde7c675a1ca', "Read and write all users' full profiles"],
}

const idOf = (published: string | undefined, kind: string, value: string): string =>
  published ?? guidOf(`${GRAPH_API.appId}/${kind}/${value}`)

/** Delegated permissions: those of OpenID Connect first. */
export const GRAPH_SCOPES: readonly GraphPermission[] = DELEGATED_PERMISSIONS.map(({ value, adminOnly }) => ({
  id: idOf(SCOPE_IDS[value], 'scope', value),
  value,
  title: pageTitleOf(value) ?? permissionOf(value).title,
  adminOnly,
})).toSorted((one, other) => Number(OIDC_SCOPES.includes(other.value)) - Number(OIDC_SCOPES.includes(one.value)))

/** What the list of permissions calls the scopes of OpenID Connect, which the consent page words for people. */
function pageTitleOf(value: string): string | undefined {
  switch (value) {
    case 'openid':
      return 'Sign users in'
    case 'profile':
      return "View users' basic profile"
    case 'email':
      return "View users' email address"
    case 'offline_access':
      return 'Maintain access to data you have given it access to'
    case 'User.Read':
      return 'Sign in and read user profile'
    default:
      return undefined
  }
}

/** Application permissions: an administrator consents to each. */
export const GRAPH_ROLES: readonly GraphPermission[] = APPLICATION_PERMISSIONS.map((value) => {
  const [published, title] = ROLES[value]
  return { id: idOf(published, 'role', value), value, title, adminOnly: true }
})

/** The object that stands for Graph in a tenant; its id is this twin's own, as a real tenant has one of its own. */
export function graphPrincipalIdOf(tenantId: string): string {
  return guidOf(`${tenantId}/servicePrincipal/${GRAPH_API.appId}`)
}
