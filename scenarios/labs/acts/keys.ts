import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Act } from './act.ts'

const HOUR_MS = 3_600_000

/** A key as Dialpad's API Keys page makes it. */
export interface NewKey {
  readonly name: string
  /** Whose it is; the first Company Admin's unless told. */
  readonly owner?: string
  /** Virtual hours it lasts; without end unless told. */
  readonly hours?: number
}

/** A new key is made in Dialpad and pasted into the directory, which tests and saves it. */
export const giveKey = (to: 'entra' | 'okta', key: NewKey): Act => ({
  by: 'key',
  does: `a new key for ${to}`,
  async run(kit) {
    const token = await makeKey(kit, key)
    await kit.control[to].run(to === 'entra' ? 'set-token' : 'connect', { token })
  },
})

async function makeKey({ control }: KitAccess, { name, owner, hours }: NewKey): Promise<string> {
  const { now } = await control.dialpad.clock()
  const made = await control.dialpad.call('POST', '/api-keys', {
    name,
    ...(owner === undefined ? {} : { owner }),
    ...(hours === undefined ? {} : { expiresAt: new Date(Date.parse(now) + hours * HOUR_MS).toISOString() }),
  })
  return (made as { readonly secret: string }).secret
}
