import type { SystemName } from '#contract/addresses.ts'
import type { FaultRule } from '#kit/system/system-control.ts'
import type { Act } from './act.ts'

/** What comes from outside the products' pages: servers in trouble, other times, the bank. */

export const switchTo = (system: Exclude<SystemName, 'kit'>, id: string, value: string): Act => ({
  by: 'switch',
  does: `${system}: ${id} is ${value}`,
  run: ({ control }) => control[system].setSwitch(id, value),
})

/** Dialpad's server answers otherwise than it should. */
export const troubled = (rules: readonly FaultRule[]): Act => ({
  by: 'faults',
  does: 'Dialpad has trouble',
  run: ({ control }) => control.dialpad.putFaults(rules),
})

/** Whoever runs Dialpad's server has mended it. */
export const untroubled: Act = {
  by: 'faults',
  does: 'Dialpad is well again',
  run: ({ control }) => control.dialpad.clearFaults(),
}

/** What an identity provider signs is wrong from now on; without rules, it is right again. */
export const handsOut = (system: 'entra' | 'okta', rules: readonly FaultRule[]): Act => ({
  by: 'faults',
  does: `what ${system} hands out is ${rules.length === 0 ? 'right again' : 'wrong'}`,
  run: ({ control }) => control[system].putFaults(rules),
})

/** The bank pays Dialpad, or does not. */
export const bill = (payment: 'failed' | 'paid'): Act => ({
  by: 'bill',
  does: `the bill is ${payment}`,
  async run({ control }) {
    await control.dialpad.call('POST', '/billing', { payment })
  },
})
