import { Refusal } from '#kit/http/errors.ts'
import type { Journal } from '#kit/journal.ts'
import type { LedgerRow, Switches } from '#kit/ledger.ts'
import type { Store } from '#kit/store/store.ts'
import type { KitShape } from './collections.ts'
import type { SwitchState } from './system-control.ts'

export interface SwitchBoard extends Switches {
  list(): readonly SwitchState[]
  /** All or none. @throws Refusal `unknown_switch`, `unknown_value` (422). */
  set(values: Readonly<Record<string, string>>): Promise<void>
}

/** The switches of a ledger; values that differ from the default are kept in the store. */
export function createSwitches(store: Store<KitShape>, journal: Journal, ledger: readonly LedgerRow[]): SwitchBoard {
  const specs = new Map(
    ledger.flatMap((row) => (row.switch === undefined ? [] : [[row.switch.id, { row, spec: row.switch }]])),
  )

  function valueInForce(id: string, fallback: string): string {
    return store.get('kitSwitches', id)?.value ?? fallback
  }

  return {
    value(id) {
      const found = specs.get(id)
      if (found === undefined) throw new Error(`The ledger has no switch "${id}".`)
      return valueInForce(id, found.spec.default)
    },

    list: () =>
      Array.from(specs.values(), ({ row, spec }) => ({
        id: spec.id,
        value: valueInForce(spec.id, spec.default),
        values: spec.values,
        default: spec.default,
        behaviour: row.behaviour,
        source: row.source,
      })),

    async set(values) {
      for (const [id, value] of Object.entries(values)) {
        const found = specs.get(id)
        if (found === undefined) {
          throw new Refusal('unknown_switch', 422, `There is no switch "${id}".`, {
            hint: 'GET /_kit/switches lists them.',
          })
        }
        if (!found.spec.values.includes(value)) {
          throw new Refusal('unknown_value', 422, `The switch "${id}" cannot be "${value}".`, {
            hint: `Choose one of: ${found.spec.values.join(', ')}.`,
          })
        }
      }
      await store.transact((tx) => {
        for (const [id, value] of Object.entries(values)) {
          if (value === specs.get(id)?.spec.default) tx.delete('kitSwitches', id)
          else tx.put('kitSwitches', id, { value })
        }
      })
      for (const [id, value] of Object.entries(values)) {
        journal.record({
          kind: 'state',
          title: `Switch ${id} set to ${value}`,
          change: { type: 'switch', id, after: value },
        })
      }
    },
  }
}
