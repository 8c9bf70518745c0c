/** Id of the app with that label among the apps of an org's state. @throws when there is none. */
export function appIdIn(apps: Readonly<Record<string, unknown>> | undefined, label: string): string {
  const found = Object.entries(apps ?? {}).find(([, app]) => (app as { readonly label?: unknown }).label === label)
  if (found === undefined) throw new Error(`The org has no app called ${label}.`)
  return found[0]
}

/** The same of Dialpad; the samples every org has come before it. */
export function dialpadIdIn(apps: Readonly<Record<string, unknown>> | undefined): string {
  return appIdIn(apps, 'Dialpad')
}
