/** Tabs of an app, in the console's order (reference sheet 1.3); `page` is the end of their address. */
export const APP_TABS = [
  { label: 'General', page: 'general' },
  { label: 'Sign On', page: 'signon' },
  { label: 'Provisioning', page: 'provisioning' },
  { label: 'Import', page: 'import' },
  { label: 'Assignments', page: 'assignments' },
  { label: 'Push Groups', page: 'push' },
] as const
export type AppTab = (typeof APP_TABS)[number]['label']

/** Address of an app's page: `/admin/app/dialpad/instance/0oa…/assignments` (reference sheet 1.1). */
export function appHref(app: { readonly id: string; readonly name: string }, page: string = 'general'): string {
  return `/admin/app/${app.name}/instance/${app.id}/${page}`
}
