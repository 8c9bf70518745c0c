import type { MendingPage } from '#scenarios/explain/finding.ts'

/** Where faults show: the pages somebody looks at first. */

const page = (system: MendingPage['system'], path: string, label: string): MendingPage => ({ system, path, label })

export const ENTRA_PROVISIONING = page('entra', '/admin/apps', 'Entra, Enterprise apps > Dialpad > Provisioning')
export const OKTA_ASSIGNMENTS = page('okta', '/admin/apps', 'Okta, Applications > Dialpad > Assignments')
export const OKTA_PUSH_GROUPS = page('okta', '/admin/apps', 'Okta, Applications > Dialpad > Push Groups')
export const OKTA_IMPORT = page('okta', '/admin/apps', 'Okta, Applications > Dialpad > Import')
export const OKTA_TASKS = page('okta', '/admin/tasks', 'Okta, Dashboard > Tasks')
export const DIALPAD_PEOPLE = page('dialpad', '/admin/company/users', 'Dialpad, Users')
export const DIALPAD_GROUPS = page('dialpad', '/admin/company/groups', 'Dialpad, Groups')
export const DIALPAD_COMPANY = page('dialpad', '/admin/company', 'Dialpad, My Company')
export const DIALPAD_LOGIN = page('dialpad', '/login', 'Dialpad, Log in')
export const ENTRA_REGISTRATIONS = page('entra', '/admin/registrations', 'Entra, App registrations')
export const OKTA_APPLICATIONS = page('okta', '/admin/apps', 'Okta, Applications')
export const OKTA_SERVERS = page(
  'okta',
  '/admin/access/api/authorization-servers',
  'Okta, Security > API > Authorization Servers',
)
