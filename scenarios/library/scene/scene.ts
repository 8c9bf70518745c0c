import { setTimeout as wait } from 'node:timers/promises'
import type { SystemName } from '#contract/addresses.ts'
import type { DialpadSceneCalls } from '#dialpad/app.ts'
import type { EntraSceneCalls, OktaSceneCalls } from '#idp/app.ts'
import type { OperationState } from '#kit/control/operations.ts'
import { type ClockAdvance, type ControlClient, ControlRefusal } from '../control-client.ts'
import { createMethods, type SceneMethods } from './methods.ts'
import { DIALPAD_COMMANDS, ENTRA_COMMANDS, OKTA_COMMANDS } from './tables.ts'

/** The control API of each system. */
export type KitControl = Readonly<Record<SystemName, ControlClient>>

/** An API key of Dialpad; the secret is told this once. */
export interface IssuedKey {
  readonly id: string
  readonly secret: string
}

/**
 * Setting a scene from code: what the pages of a system can do, each in one call, by the product's own commands. A method is a
 * command in one word, `add-person` as `addPerson`. Where a command is about one thing it is told first, with what else there is to say
 * after it: `entra.assign('Dialpad Users')`, `entra.editPerson('ada@…', { jobTitle: null })`; the whole input does as well.
 *
 * Every call throws {@link ControlRefusal} where the page would refuse, and nothing is changed then.
 */
export interface Scene {
  readonly entra: SceneMethods<EntraSceneCalls, typeof ENTRA_COMMANDS>
  readonly okta: SceneMethods<OktaSceneCalls, typeof OKTA_COMMANDS>
  readonly dialpad: SceneMethods<DialpadSceneCalls, typeof DIALPAD_COMMANDS>
  /** An API key of Dialpad, as Company Settings > API Keys makes one. */
  issueKey(name?: string): Promise<IssuedKey>
  /** Move the clock of all systems, an ISO 8601 duration such as `PT40M`, and wait until everything due by then has run. */
  advance(duration: string): Promise<ClockAdvance>
  /** Run the next cycle of an app of Entra, Dialpad unless told, and wait for its end. */
  runCycle(app?: string): Promise<EntraSceneCalls['run-cycle']['answer']>
}

/** Between two looks at work that outlasts a call. */
const LOOK_MS = 250

/** @returns the scene of the systems these clients speak to. */
export function createScene(control: KitControl): Scene {
  const entra = createMethods<EntraSceneCalls, typeof ENTRA_COMMANDS>(control.entra, ENTRA_COMMANDS)
  return {
    entra,
    okta: createMethods<OktaSceneCalls, typeof OKTA_COMMANDS>(control.okta, OKTA_COMMANDS),
    dialpad: createMethods<DialpadSceneCalls, typeof DIALPAD_COMMANDS>(control.dialpad, DIALPAD_COMMANDS),
    issueKey: async (name = 'Provisioning') => (await control.dialpad.call('POST', '/api-keys', { name })) as IssuedKey,
    async advance(duration) {
      const moved = await control.kit.moveClock({ advance: duration })
      return moved.operation === undefined ? moved : followed(control.kit, moved.operation)
    },
    runCycle: (app) => entra.runCycle(app === undefined ? {} : { app }),
  }
}

/** The end of work that outlasted its call. @throws {ControlRefusal} when it failed. */
export async function followed(client: ControlClient, operation: string): Promise<ClockAdvance> {
  for (;;) {
    const state = (await client.call('GET', `/operations/${operation}`)) as OperationState
    switch (state.status) {
      case 'done':
        return state.result as ClockAdvance
      case 'failed': {
        const { code, message, hint } = state.error
        throw new ControlRefusal(409, code, message, hint)
      }
      case 'running':
        await wait(LOOK_MS)
    }
  }
}
