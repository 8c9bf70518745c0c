import { createScene } from '#scenarios/library/scene/scene.ts'
import type { Act } from './act.ts'

/** Move the clock of all systems, an ISO 8601 duration: what falls due runs before anything else is done. */
export const pass = (duration: string): Act => ({
  by: 'clock',
  does: `${duration} pass`,
  async run({ control }) {
    await createScene(control).advance(duration)
  },
})

/** One cycle of Entra goes by. */
export const cycle: Act = pass('PT41M')

/** What was begun just now ends. */
export const moment: Act = pass('PT1S')
