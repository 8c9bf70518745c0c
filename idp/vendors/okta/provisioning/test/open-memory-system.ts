import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { OktaShape } from '../../collections.ts'
import { OKTA_SPEC } from '../../spec.ts'

/** The org in memory, the clock frozen; `targetOrigin` answers for the app's real host. */
export async function openMemorySystem(targetOrigin: string, world = 'brightwave'): Promise<OpenedSystem<OktaShape>> {
  const urls = { okta: 'http://localhost:4200', dialpad: targetOrigin, kit: 'http://localhost:4000' }
  const system = await openSystem(OKTA_SPEC, { dataDir: null, world, urls })
  await system.control.moveClock({ kind: 'frozen', frozen: true })
  return system
}
