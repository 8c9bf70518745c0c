import { SYSTEM_ADDRESSES, type SystemName } from '#contract/addresses.ts'
import type { StateDocument } from '#kit/store/store.ts'
import type { Camera, KitAccess } from '#scenarios/runner/run-walkthrough.ts'

/** How everything was when a step began: what the systems hold, who is signed in, and where the tabs are. */
export interface Mark {
  /** Index of the step. */
  readonly at: number
  /** Whether every page it was at can be opened again. */
  readonly isWhole: boolean
  /** Bring it back. What was done since is gone; whoever signed in since stays signed in. */
  goBack(): Promise<void>
}

/** Sessions are kept in this collection of every system. */
const SESSIONS = 'kitSessions'

/** Note how everything is before step `at`. */
export async function noteMark(kit: KitAccess, camera: Camera, at: number): Promise<Mark> {
  const names = SYSTEM_ADDRESSES.map(({ name }) => name)
  const { isWhole, goBack: returnTabs } = await camera.bookmark()
  const states = await Promise.all(names.map(async (name) => [name, await kit.control[name].state()] as const))
  return {
    at,
    isWhole,
    async goBack() {
      for (const [name, state] of states) await putBack(kit, name, state)
      await returnTabs()
    },
  }
}

/** A presenter who signed in with a browser of their own since, and the page they hold the demonstration from, stay known. */
async function putBack(kit: KitAccess, name: SystemName, state: StateDocument): Promise<void> {
  const since = (await kit.control[name].state()).collections[SESSIONS]
  const sessions = { ...since, ...state.collections[SESSIONS] }
  await kit.control[name].putState({ ...state, collections: { ...state.collections, [SESSIONS]: sessions } })
}
