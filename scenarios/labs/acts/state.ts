import type { SystemName } from '#contract/addresses.ts'
import type { Act } from './act.ts'

type Records = Readonly<Record<string, object>>

/** Write records of one collection past the product. `why`: what stands in the way of anybody doing it. */
export const writeState = (
  system: Exclude<SystemName, 'kit'>,
  collection: string,
  { why, records }: { readonly why: string; readonly records: Records },
): Act => ({
  by: 'state',
  why,
  does: `${system}: ${collection} are written`,
  async run({ control }) {
    const state = await control[system].state()
    const collections = { ...state.collections, [collection]: { ...state.collections[collection], ...records } }
    await control[system].putState({ ...state, collections })
  },
})
