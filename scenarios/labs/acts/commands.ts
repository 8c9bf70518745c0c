import type { SystemName } from '#contract/addresses.ts'
import type { DialpadSceneCalls } from '#dialpad/app.ts'
import type { EntraSceneCalls, OktaSceneCalls } from '#idp/app.ts'
import type { Act } from './act.ts'

/** What an administrator does at the pages of a product, by the command behind the page. */

const command = (system: Exclude<SystemName, 'kit'>, name: string, input: object): Act => ({
  by: 'command',
  does: `${system} ${name}`,
  async run({ control }) {
    await control[system].run(name, input)
  },
})

export const entra = <N extends keyof EntraSceneCalls & string>(name: N, input: EntraSceneCalls[N]['input']): Act =>
  command('entra', name, input as object)

export const okta = <N extends keyof OktaSceneCalls & string>(name: N, input: OktaSceneCalls[N]['input']): Act =>
  command('okta', name, input as object)

export const dialpad = <N extends keyof DialpadSceneCalls & string>(
  name: N,
  input: DialpadSceneCalls[N]['input'],
): Act => command('dialpad', name, input as object)

/** Let Okta send what is queued. */
export const send: Act = okta('run-jobs', {})
