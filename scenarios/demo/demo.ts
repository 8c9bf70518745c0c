import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '#kit/http/errors.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { type PaceName, type Wait, waitInWallTime } from './pace.ts'
import type { Play } from './play.ts'
import { isOver } from './show.ts'
import { type OpenStage, openBestStage } from './stage.ts'

/** Demonstrations, one at a time. */
export interface Demo {
  /** The one that plays, or was played last; `undefined` before the first and after a reset. */
  current(): Play | undefined
  /**
   * Reset the kit to the walkthrough's world and begin.
   * @throws Refusal `demo_playing` (409) while another one is; what the reset is refused with.
   */
  start(walkthrough: Walkthrough, pace: PaceName): Promise<Play>
  /** The picture of a step. `undefined` when there is none of that name. */
  pictureOf(file: string): Promise<Buffer | undefined>
  /** Stop what plays, close its browser and forget it. */
  clear(): Promise<void>
}

export interface DemoOptions {
  readonly openStage?: OpenStage
  readonly wait?: Wait
}

/** @param kit Asked for with every start, and the player loaded with the first: it takes a second. */
export function createDemo(kit: () => KitAccess, options: DemoOptions = {}): Demo {
  const { openStage = openBestStage, wait = waitInWallTime } = options
  let current: Play | undefined
  let folder: string | undefined
  let isStarting = false

  async function clear(): Promise<void> {
    await current?.stop()
    current = undefined
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    folder = undefined
  }

  return {
    current: () => current,
    clear,

    async start(walkthrough, pace) {
      if (isStarting || (current !== undefined && !isOver(current.show()))) {
        throw new Refusal('demo_playing', 409, 'A demonstration is playing already.', { hint: 'Stop it first.' })
      }
      isStarting = true
      try {
        const access = kit()
        await clear()
        folder = await mkdtemp(join(tmpdir(), 'twin-demo-'))
        const { play } = await import('./play.ts')
        const stage = await openStage(access)
        current = play({ kit: access, walkthrough, pace, stage, folder, wait })
        await current.ready
        return current
      } finally {
        isStarting = false
      }
    },

    async pictureOf(file) {
      if (folder === undefined || !/^[\w-]+\.png$/.test(file)) return undefined
      return readFile(join(folder, file)).catch(() => undefined)
    },
  }
}
