/**
 * Delegated permissions of Microsoft Graph that apps in the worlds ask for, as the consent page shows them
 * (Microsoft Graph permissions reference: names and whether an administrator must consent; the explanations are ours).
 */

export interface DelegatedPermission {
  readonly value: string
  readonly title: string
  readonly detail: string
  /** Only an administrator may consent. */
  readonly adminOnly: boolean
}

function permission(value: string, title: string, detail: string, adminOnly = false): DelegatedPermission {
  return { value, title, detail, adminOnly }
}

export const DELEGATED_PERMISSIONS: readonly DelegatedPermission[] = [
  permission('openid', 'Sign you in', 'Lets you sign in to the app with your work or school account.'),
  permission('profile', 'View your basic profile', 'Lets the app see your name, picture and user name.'),
  permission('email', 'View your email address', 'Lets the app read your primary email address.'),
  permission(
    'offline_access',
    'Maintain access to data you have given it access to',
    'Lets the app see and update the data you gave it access to, even when you are not using the app. It gives the app no further permissions.',
  ),
  permission(
    'User.Read',
    'Sign you in and read your profile',
    'Lets you sign in to the app and lets the app read your profile and basic company information.',
  ),
  permission(
    'User.ReadBasic.All',
    "Read all users' basic profiles",
    'Lets the app read name, photo and email address of everybody in your organization on your behalf.',
  ),
  permission(
    'User.Read.All',
    "Read all users' full profiles",
    'Lets the app read the full profile of everybody in your organization on your behalf.',
    true,
  ),
  permission('Contacts.Read', 'Read your contacts', 'Lets the app read the contacts in your folders.'),
  permission('Calendars.Read', 'Read your calendars', 'Lets the app read events in your calendars.'),
  permission(
    'Calendars.ReadWrite',
    'Have full access to your calendars',
    'Lets the app create, read, change and delete events in your calendars.',
  ),
  permission('Mail.Read', 'Read your mail', 'Lets the app read messages in your mailbox.'),
  permission(
    'Group.Read.All',
    'Read all groups',
    'Lets the app list groups and read their properties and members on your behalf.',
    true,
  ),
  permission(
    'Directory.Read.All',
    'Read directory data',
    'Lets the app read users, groups and apps of your organization.',
    true,
  ),
]

/** Scopes of OpenID Connect itself: part of any consent. */
export const OIDC_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access']

const BY_VALUE: ReadonlyMap<string, DelegatedPermission> = new Map(
  DELEGATED_PERMISSIONS.map((each) => [each.value.toLowerCase(), each]),
)

/** A permission of Graph as published, whatever the case it is asked for in; `undefined` when there is none. */
export function graphScope(value: string): string | undefined {
  return BY_VALUE.get(value.toLowerCase())?.value
}

/** How the consent page shows a scope. A scope without an entry shows its own name and asks for an administrator. */
export function permissionOf(scope: string): DelegatedPermission {
  return BY_VALUE.get(scope.toLowerCase()) ?? permission(scope, scope, 'This permission is not described.', true)
}
