import { Refusal } from '#kit/http/errors.ts'
import type { Journal } from '#kit/journal.ts'
import type { Store } from '#kit/store/store.ts'
import type { FaultRecord, KitShape } from './collections.ts'
import type { Faults, Flaws } from './system.ts'
import type { FaultRule } from './system-control.ts'

export interface FaultsDeps {
  readonly store: Store<KitShape>
  readonly journal: Journal
  readonly operations: readonly string[]
  readonly flaws?: Flaws | undefined
  /** Sees to writes nobody waits for. */
  readonly inBackground: (write: Promise<unknown>) => void
}

export interface FaultRules extends Faults {
  /** Every operation a rule may name. */
  readonly operations: readonly string[]
  list(): readonly FaultRecord[]
  replace(rules: readonly FaultRule[]): Promise<void>
}

const isLeft = (rule: FaultRecord): boolean => rule.times === undefined || rule.used < rule.times

/** Fault rules in the store: the oldest rule of an operation that is not used up applies; used up ones stay to be seen. */
export function createFaults({ store, journal, operations, flaws = {}, inBackground }: FaultsDeps): FaultRules {
  const known = new Set([...operations, ...Object.keys(flaws)])

  /** @throws Refusal `unknown_operation`, `unknown_flaw` (422). */
  function check({ on, effect }: FaultRule): void {
    if (!known.has(on)) {
      throw new Refusal('unknown_operation', 422, `There is no operation "${on}".`, {
        hint: 'GET /_kit/faults/operations lists the names.',
      })
    }
    const declared = flaws[on] ?? []
    const { flaw } = effect
    if (declared.length === 0 && flaw === undefined) return
    const isAlone = flaw !== undefined && Object.keys(effect).length === 1
    if (isAlone && declared.includes(flaw)) return
    throw new Refusal('unknown_flaw', 422, `${on} cannot be made ${flawWords(effect)}.`, {
      hint:
        declared.length === 0
          ? 'It can be made to fail: give a status, drop, html or delayMs.'
          : `Give one flaw and nothing else: ${declared.join(', ')}.`,
    })
  }

  return {
    operations: [...known],

    take(operation, isPossible = () => true) {
      if (!known.has(operation)) throw new Error(`The system declares no operation "${operation}".`)
      const rule = store.find('kitFaults', 'on', operation).find((each) => isLeft(each) && isPossible(each.effect))
      if (rule === undefined) return undefined
      const used = { ...rule, used: rule.used + 1 }
      inBackground(store.transact((tx) => tx.put('kitFaults', rule.id, used)))
      journal.record({
        kind: 'fault',
        title: `Fault on ${operation}: ${describe(rule)}${rule.times === undefined ? '' : ` (${used.used} of ${rule.times})`}`,
      })
      return rule.effect
    },

    list: () => Array.from(store.entries('kitFaults'), ([, rule]) => rule),

    async replace(rules) {
      for (const rule of rules) check(rule)
      await store.transact((tx) => {
        for (const [id] of [...tx.entries('kitFaults')]) tx.delete('kitFaults', id)
        for (const [index, rule] of rules.entries()) {
          const id = `fault-${String(index + 1).padStart(4, '0')}`
          tx.put('kitFaults', id, { id, ...rule, used: 0 })
        }
      })
      journal.record({
        kind: 'fault',
        title: rules.length === 0 ? 'Fault rules removed' : `Fault rules set: ${rules.length}`,
      })
    },
  }
}

function describe({ effect }: FaultRecord): string {
  const words = [
    effect.delayMs === undefined ? '' : `late by ${effect.delayMs} ms`,
    effect.drop ? 'connection dropped' : '',
    effect.html ? 'an HTML page' : '',
    effect.status === undefined ? '' : `status ${effect.status}`,
    effect.flaw ?? '',
  ].filter((word) => word !== '')
  return words.length === 0 ? 'no effect' : words.join(', ')
}

function flawWords({ flaw }: FaultRule['effect']): string {
  return flaw === undefined ? 'to fail' : `wrong by "${flaw}"`
}
