import { type Marks, markJournals } from '#scenarios/lessons/classroom.ts'
import type { StepResult } from '#scenarios/runner/result.ts'
import type { Camera, KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { runWalkthrough } from '#scenarios/runner/run-walkthrough.ts'
import type { Step, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { captionOf } from './caption.ts'
import { passageOf } from './come-back.ts'
import { type Mark, noteMark } from './mark.ts'
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
  /**
   * On from the present step. After a time by hand: what was done meanwhile counts as far as it can be told from state; a step
   * that was not done begins again, with everything as it was at its beginning.
   */
  resume(): void
  /** One step, then pause; while playing, do not wait any longer. */
  next(): void
  takeOver(): void
  /** Try a step that did not go again, as it began; in another browser when that one is gone. */
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

/** The presenter has taken over, or has to decide: what was under way is left. */
class HandedOver extends Error {
  override readonly name = 'HandedOver'
}

/** Stopped by the presenter. */
class Ended extends Error {
  override readonly name = 'Ended'
}

/** Reset the kit to the walkthrough's world and play it. */
export function play({ kit, walkthrough, pace, stage, folder, wait }: PlayOptions): Play {
  const { actionMs, stepMs } = PACES[pace]
  // A demonstration proves nothing: a step that is played again finds traces of the first time.
  const { proven: _proven, ...asPlayed } = walkthrough
  const turn = createTurn()
  const results: StepResult[] = []
  const bodies: (() => Promise<StepResult>)[] = []
  /** What is known of steps nobody has to play any more, by id. */
  const settled = new Map<string, string>()
  let phase: Phase = 'playing'
  let at = 0
  let problem: string | undefined
  let resetMs = 0
  let camera: Camera | undefined
  /** How everything was before the step that was left, or before the present one. */
  let mark: Mark | undefined
  /** Things may not be as the next step expects them. */
  let isAway = false
  /** What is under way is to be left, also when the presenter has come back already. */
  let isLeft = false
  let notedAt: number | undefined
  /** Index of the step at which things were left. */
  let leftAt = 0
  /** The presenter may have done something. */
  let isTouched = false
  /** How far the journals were when the present passage began, and when the presenter took over. */
  let begun: Marks | undefined
  let takenOver: Promise<Marks> | undefined
  /** Whether the passage was done already when the presenter took over: then it is not done by hand. */
  let wasDone = false
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
    if (isLeft || phase === 'by-hand' || phase === 'crashed') throw new HandedOver()
  }

  async function beforeAction(): Promise<void> {
    await held()
    if (actionMs > 0) await rest(actionMs)
    // It may have been held in the meantime.
    await held()
  }

  async function rest(ms: number): Promise<void> {
    skip = new AbortController()
    await wait(ms, skip.signal)
  }

  /** Wait for what the presenter decides. */
  async function decided(): Promise<void> {
    while (phase === 'by-hand' || phase === 'paused' || phase === 'stuck' || phase === 'crashed') await turn.next()
    if (isOver({ phase })) throw new Ended()
  }

  async function around(step: Step, body: () => Promise<StepResult>, walk: Walk): Promise<StepResult> {
    at = walkthrough.steps.indexOf(step)
    bodies[at] = body
    await stage.say(captionOf(walkthrough, at))
    turn.tell()
    const result = await perform(step, body, walk)
    results.push(result)
    turn.tell()
    if (!isAway) await noteBeginning(at + 1)
    await rest(at === walkthrough.steps.length - 1 ? 0 : stepMs)
    if (isSingle) {
      isSingle = false
      enter('paused')
    }
    return result
  }

  /** Remember how everything is before step `next`, to come back to. */
  async function noteBeginning(next: number): Promise<void> {
    const step = walkthrough.steps[next]
    if (step === undefined || camera === undefined || notedAt === next) return
    notedAt = next
    try {
      if (passageOf(walkthrough, step).isFirst) begun = await markJournals(kit)
      const noted = await noteMark(kit, camera, next)
      // An answer to a form cannot be asked for again: then the mark before is come back to, and played on from.
      if (noted.isWhole || mark === undefined) mark = noted
    } catch {
      // The browser may just have gone: the mark before this one is come back to.
      isAway = true
    }
  }

  /** Until the step is done: by itself, by hand, or for the presenter. */
  async function perform(step: Step, body: () => Promise<StepResult>, walk: Walk): Promise<StepResult> {
    for (;;) {
      try {
        if (!isAway) await noteBeginning(at)
        if (isTouched && at === leftAt) wasDone = (await foundDone(step, walk)) !== undefined
        await decided()
        isLeft = false
        if (isTouched) await lookWhatWasDone(step, walk)
        if (isAskedToDo) await doInstead(step, walk)
        const found = settled.get(step.id)
        if (found !== undefined) return { ...aboutOf(step), outcome: 'passed', found, durationMs: 0 }
        const result = isAway ? await comeBack(step, body, walk) : await body()
        if (result.outcome === 'passed') {
          // Taken over with its last click, it is done all the same.
          isAway = isLeft
          return result
        }
        fail(result.problem ?? 'The step did not go.')
      } catch (error) {
        if (error instanceof Ended) throw error
        fail(messageOf(error))
      }
    }
  }

  /** Wait for the presenter, who has taken over or is told what went wrong. */
  function fail(why: string): void {
    if (isOver({ phase })) throw new Ended()
    leave()
    if (phase === 'playing' && !isLeft) enter('stuck', why)
  }

  function leave(): void {
    if (!isAway) leftAt = at
    isAway = true
  }

  /** Whether the passage of the step was done by hand, so that its rest need not be played. */
  async function lookWhatWasDone(step: Step, walk: Walk): Promise<void> {
    isTouched = false
    const found = wasDone ? undefined : await foundDone(step, walk)
    wasDone = false
    if (found === undefined) return
    for (const id of passageOf(walkthrough, step).rest) settled.set(id, `Done by hand. ${found}`)
    isTouched = true
  }

  async function foundDone(step: Step, walk: Walk): Promise<string | undefined> {
    const passage = passageOf(walkthrough, step)
    // Passages behind the one that was left begin no earlier than by hand.
    const since = passage.isFirst && at !== leftAt ? await takenOver : begun
    return since === undefined ? undefined : passage.foundDone(kit, walk, since)
  }

  async function doInstead(step: Step, walk: Walk): Promise<void> {
    isAskedToDo = false
    if (settled.has(step.id)) return
    const passage = passageOf(walkthrough, step)
    const first = at - (passage.all.length - passage.rest.length)
    if (leftAt === at && mark !== undefined && mark.at >= first) await mark.goBack()
    await passage.doIt(walk).catch((cause: unknown) => {
      throw new Error(`It could not be done for you: ${messageOf(cause)} Start over.`, { cause })
    })
    for (const id of passage.rest) settled.set(id, 'Done for you.')
  }

  /**
   * After a time by hand, or a step that did not go. Where a new passage begins, its pages are opened; else, and when it cannot
   * begin there, all is put back to how it was when things were left, and played from there.
   */
  async function comeBack(step: Step, body: () => Promise<StepResult>, walk: Walk): Promise<StepResult> {
    if (mark === undefined) return body()
    if (leftAt < at && passageOf(walkthrough, step).isFirst) {
      const fresh = await enterAndPlay(step, body, walk)
      if (fresh?.outcome === 'passed' || phase !== 'playing' || isLeft) return fresh ?? failedOf(step, 'It was left.')
    }
    await mark.goBack()
    await passageOf(walkthrough, step).supply(walk)
    const since = await markJournals(kit)
    for (const earlier of bodies.slice(mark.at, at)) {
      const again = await earlier()
      // It has passed before. Only what could not be done matters; its check also counts what journals keep of the first time.
      if (again.outcome === 'failed' && again.found === undefined) return again
    }
    const { problem: why, ...result } = await body()
    if (result.outcome === 'passed') return result
    // Journals keep what was begun and left. A lesson looks at what came since.
    const found = result.found && (await passageOf(walkthrough, step).foundDone(kit, walk, since))
    return found
      ? { ...result, outcome: 'passed', found }
      : { ...result, ...(why === undefined ? {} : { problem: why }) }
  }

  async function enterAndPlay(
    step: Step,
    body: () => Promise<StepResult>,
    walk: Walk,
  ): Promise<StepResult | undefined> {
    try {
      await passageOf(walkthrough, step).enter(walk)
    } catch {
      // Where the pages cannot be entered, going back is left.
      return undefined
    }
    return body()
  }

  async function run(): Promise<void> {
    try {
      const { passed } = await runWalkthrough(asPlayed, {
        kit: timingReset(),
        browser: stage.browser,
        folder,
        traces: false,
        around,
        beforeAction,
        onContext: stage.dress,
        ...(stage.reopen === undefined ? {} : { reopen: stage.reopen }),
        onCamera: (given) => {
          camera = given
          settle?.resolve()
        },
      })
      enter(passed ? 'finished' : 'stopped')
    } catch (error) {
      if (camera === undefined) settle?.reject(error)
      if (!(error instanceof Ended)) enter('stopped', messageOf(error))
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
  stage.onCrash(() => {
    leave()
    isLeft = true
    enter('crashed', 'The browser of the demonstration was closed, or has crashed. The systems are as they were.')
  })
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
      leave()
      isLeft = true
      isTouched = true
      takenOver = markJournals(kit)
      // Waited for when the presenter comes back.
      takenOver.catch(() => undefined)
      enter('by-hand')
    },
    again() {
      if (phase === 'stuck' || phase === 'crashed') enter('playing')
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

const aboutOf = ({ id, title, say, source, at }: Step) => ({ id, title, say, source, at })

const failedOf = (step: Step, problem: string): StepResult => ({
  ...aboutOf(step),
  outcome: 'failed',
  problem,
  durationMs: 0,
})

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
