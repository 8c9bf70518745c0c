import type { StepResult } from '#scenarios/runner/result.ts'
import type { Camera, KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { runWalkthrough } from '#scenarios/runner/run-walkthrough.ts'
import type { Step, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { captionOf } from './caption.ts'
import { passageOf } from './come-back.ts'
import { PACES, type PaceName, type Wait } from './pace.ts'
import { isOver, type Phase, type Show } from './show.ts'
import type { Stage } from './stage.ts'
import { createTurn } from './turn.ts'

/** A demonstration that was begun. What cannot be done in its phase changes nothing. */
export interface Play {
  show(): Show
  /** PNG of the page being played; `undefined` when there is none. */
  picture(): Promise<Buffer | undefined>
  pause(): void
  /** On from the present step; after a time by hand its pages are opened again first. */
  resume(): void
  /** One step, then pause; while playing, do not wait any longer. */
  next(): void
  takeOver(): void
  /** Try a step that did not go again. */
  again(): void
  /** Do it over HTTP, up to where something can be told from state, and go on. */
  doForMe(): void
  /** Resolves when the browser is closed. */
  stop(): Promise<void>
  /** Resolves when everything is at its beginning. @throws what the reset was refused with. */
  readonly ready: Promise<void>
  /** Resolves when it is over, however it ended. */
  readonly over: Promise<void>
  /** Resolves with the next change of what `show` tells. */
  changed(): Promise<void>
}

export interface PlayOptions {
  readonly kit: KitAccess
  readonly walkthrough: Walkthrough
  readonly pace: PaceName
  readonly stage: Stage
  /** For the pictures of the steps. */
  readonly folder: string
  readonly wait: Wait
}

/** The presenter has taken over: what was under way is left. */
class HandedOver extends Error {
  override readonly name = 'HandedOver'
}

/** Stopped, or the browser is gone. */
class Ended extends Error {
  override readonly name = 'Ended'
}

/** Reset the kit to the walkthrough's world and play it. */
export function play({ kit, walkthrough, pace, stage, folder, wait }: PlayOptions): Play {
  const { actionMs, stepMs } = PACES[pace]
  const turn = createTurn()
  const results: StepResult[] = []
  const bodies = new Map<string, () => Promise<StepResult>>()
  const doneForMe = new Set<string>()
  let phase: Phase = 'playing'
  let at = 0
  let problem: string | undefined
  let resetMs = 0
  let camera: Camera | undefined
  /** The pages may not be where the next step begins. */
  let isAway = false
  /** Address of the page when the step began. */
  let begunAt: string | undefined
  /** The presenter may have done the step. */
  let isTouched = false
  let isSingle = false
  let isAskedToDo = false
  let skip = new AbortController()
  let settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined

  function enter(next: Phase, why?: string): void {
    if (isOver({ phase })) return
    phase = next
    problem = why
    if (next !== 'playing') skip.abort()
    turn.tell()
  }

  /** Wait while it is paused. */
  async function held(): Promise<void> {
    while (phase === 'paused') await turn.next()
    if (isOver({ phase })) throw new Ended()
  }

  async function beforeAction(): Promise<void> {
    await held()
    if (phase === 'by-hand') throw new HandedOver()
    if (actionMs > 0) await rest(actionMs)
  }

  async function rest(ms: number): Promise<void> {
    skip = new AbortController()
    await wait(ms, skip.signal)
  }

  /** Wait for what the presenter decides. */
  async function decided(): Promise<void> {
    while (phase === 'by-hand' || phase === 'paused' || phase === 'stuck') await turn.next()
    if (isOver({ phase })) throw new Ended()
  }

  async function around(step: Step, body: () => Promise<StepResult>, walk: Walk): Promise<StepResult> {
    at = walkthrough.steps.indexOf(step)
    bodies.set(step.id, body)
    await stage.say(captionOf(walkthrough, at))
    turn.tell()
    begunAt = camera?.address()
    await decided()
    const result = await perform(step, body, walk)
    results.push(result)
    turn.tell()
    await rest(at === walkthrough.steps.length - 1 ? 0 : stepMs)
    if (isSingle) {
      isSingle = false
      enter('paused')
    }
    return result
  }

  /** Until the step is done: by itself, by hand, or for the presenter. */
  async function perform(step: Step, body: () => Promise<StepResult>, walk: Walk): Promise<StepResult> {
    const done = (found: string): StepResult => ({ ...aboutOf(step), outcome: 'passed', found, durationMs: 0 })
    for (;;) {
      if (doneForMe.has(step.id)) return done('Done for you.')
      if (isAskedToDo) {
        isAskedToDo = false
        try {
          const passage = passageOf(walkthrough, step)
          await passage.doIt(walk)
          for (const id of passage.rest) doneForMe.add(id)
          isAway = true
          continue
        } catch (error) {
          enter(
            'stuck',
            `It could not be done for you: ${messageOf(error)} The state has moved on too far: start over.`,
          )
          await decided()
          continue
        }
      }
      const failed = await attempt(step, body, walk, done)
      if (typeof failed !== 'string') return failed
      if (isOver({ phase })) throw new Ended()
      isAway = true
      if (phase !== 'by-hand') enter('stuck', failed)
      await decided()
    }
  }

  /** @returns the result, or why the step did not go. */
  async function attempt(
    step: Step,
    body: () => Promise<StepResult>,
    walk: Walk,
    done: (found: string) => StepResult,
  ): Promise<StepResult | string> {
    if (isTouched) {
      isTouched = false
      const found = await contentWith(step, walk)
      if (found !== undefined) return done(`Done by hand. ${found}`)
    }
    if (isAway && camera?.address() !== begunAt) {
      try {
        const passage = passageOf(walkthrough, step)
        await passage.enter(walk)
        for (const { id } of passage.before) {
          const again = await bodies.get(id)?.()
          if (again?.outcome === 'failed') return messageOfMoved(again.problem)
        }
      } catch (error) {
        return messageOfMoved(messageOf(error))
      }
    }
    const result = await body()
    if (result.outcome === 'passed') {
      isAway = false
      return result
    }
    return isAway ? messageOfMoved(result.problem) : (result.problem ?? 'The step did not go.')
  }

  async function run(): Promise<void> {
    try {
      const { passed } = await runWalkthrough(walkthrough, {
        kit: timingReset(),
        browser: stage.browser,
        folder,
        traces: false,
        around,
        beforeAction,
        onContext: stage.dress,
        onCamera: (given) => {
          camera = given
          settle?.resolve()
        },
      })
      enter(passed ? 'finished' : 'stopped')
    } catch (error) {
      if (camera === undefined) {
        settle?.reject(error)
        enter('stopped', messageOf(error))
      } else if (!(error instanceof Ended)) enter('crashed', messageOf(error))
    } finally {
      camera = undefined
      await stage.close()
      turn.tell()
    }
  }

  /** The kit, whose reset is timed. */
  function timingReset(): KitAccess {
    const client = kit.control.kit
    return {
      ...kit,
      control: {
        ...kit.control,
        kit: {
          ...client,
          async reset(request) {
            const since = performance.now()
            const answer = await client.reset(request)
            resetMs = Math.round(performance.now() - since)
            return answer
          },
        },
      },
    }
  }

  const ready = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  stage.onCrash(() => enter('crashed', 'The browser of the demonstration is gone. Start over.'))
  const over = run()
  return {
    ready,
    over,
    changed: turn.next,
    show: () => ({
      walkthrough,
      pace,
      stage: stage.kind,
      phase,
      at,
      caption: captionOf(walkthrough, at),
      results: [...results],
      problem,
      resetMs,
      address: camera?.address(),
    }),
    picture: async () => camera?.picture(),
    pause() {
      if (phase === 'playing') enter('paused')
    },
    resume() {
      isSingle = false
      if (phase === 'paused' || phase === 'by-hand') enter('playing')
    },
    next() {
      if (phase === 'playing') skip.abort()
      if (phase !== 'paused') return
      isSingle = true
      enter('playing')
    },
    takeOver() {
      if (phase !== 'playing' && phase !== 'paused' && phase !== 'stuck') return
      isAway = true
      isTouched = true
      enter('by-hand')
    },
    again() {
      if (phase === 'stuck') enter('playing')
    },
    doForMe() {
      if (phase !== 'stuck' && phase !== 'by-hand') return
      isAskedToDo = true
      enter('playing')
    },
    async stop() {
      enter('stopped')
      await stage.close()
      await over
    },
  }
}

async function contentWith(step: Step, walk: Walk): Promise<string | undefined> {
  return step.check(walk).then(
    ({ ok, found }) => (ok ? found : undefined),
    // What cannot be looked at yet is not done.
    () => undefined,
  )
}

const aboutOf = ({ id, title, say, source, at }: Step) => ({ id, title, say, source, at })

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const messageOfMoved = (why: string | undefined): string =>
  `The step cannot go on from where things are now: ${why ?? 'it was not done.'}`
