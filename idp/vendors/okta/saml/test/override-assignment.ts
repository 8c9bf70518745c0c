import type { AppUser } from '../../apps/records.ts'
import type { SamlStage } from './saml-stage.ts'

/** Change somebody's assignment behind the commands' back. @returns what changes it back. */
export async function overrideAssignment(
  { system }: Pick<SamlStage, 'system'>,
  handle: string,
  over: Partial<AppUser>,
): Promise<() => Promise<void>> {
  const user = system.store.find('users', 'login', `${handle}@brightwave.example`)[0]
  const appUser = system.store.find('appUsers', 'user', user?.id ?? '')[0]
  if (appUser === undefined) throw new Error(`${handle} is not assigned.`)
  await system.store.transact((tx) => tx.put('appUsers', appUser.id, { ...appUser, ...over }))
  return () => system.store.transact((tx) => tx.put('appUsers', appUser.id, appUser))
}
