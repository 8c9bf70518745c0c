import type { Desk, Walk } from '../walkthrough.ts'
import { type EntraLogEntry, pictureEntra } from '../witness/entra.ts'

/** The newest entry about somebody; `undefined` when the log says nothing about them. */
export async function newestEntry(walk: Walk, name: string): Promise<EntraLogEntry | undefined> {
  const { log } = await pictureEntra(walk.control.entra)
  return log.findLast(({ source }) => source.displayName === name)
}

/** On the list: ask for a name or id, of any status. */
export async function searchLog(desk: Desk, identity: string): Promise<void> {
  await desk.fill('Identity', identity, { within: 'Provisioning logs' })
  await desk.choose('Status', 'All', { within: 'Provisioning logs' })
  await desk.press('Apply')
}
