import { Refusal } from '#kit/http/errors.ts'
import { lookAtWorld } from '#scenarios/explain/sight.ts'
import { type Marks, markJournals } from '#scenarios/lessons/classroom.ts'
import { disturbedSince } from '#scenarios/lessons/progress/disturbed.ts'
import { createOneWork, type OneWork } from '#scenarios/lessons/progress/one-work.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { perform } from '../acts/act.ts'
import { causesOf } from '../causes.ts'
import { judgeLab } from '../judge.ts'
import type { Cause, Lab } from '../lab.ts'
import type { LabProgress } from './lab-progress.ts'

/** How a lab stands at this moment. */
export type LabStanding =
  /** It is not the one under way. */
  | { readonly kind: 'waiting' }
  /** The kit is at work: it breaks the world, or mends it. */
  | { readonly kind: 'working'; readonly work: LabWork }
  /** The cause is to be chosen. */
  | { readonly kind: 'searching' }
  /** The cause is known, the world is still broken; what was found. */
  | { readonly kind: 'broken'; readonly found: readonly string[] }
  | { readonly kind: 'mended' }
  /** It was under way, and the world was replaced. */
  | { readonly kind: 'disturbed'; readonly what: string }
  | { readonly kind: 'unreachable' }

export interface LabWork {
  readonly labId: string
  readonly kind: 'breaking' | 'mending'
}

export interface Workshop {
  standing(lab: Lab): Promise<LabStanding>
  /** Why the last work for this lab failed; told until something else begins. */
  failure(lab: Lab): string | undefined
  /**
   * Reset the world to the lab's and break it. Resolves when that is over, or when patience is; it goes on then.
   * @throws Refusal `busy` (409).
   */
  begin(lab: Lab): Promise<void>
  /** Whether the cause of that number, of {@link causesOf}, is it. @throws Refusal `no_such_cause` (422), `not_under_way` (409). */
  choose(lab: Lab, number: number): Promise<{ readonly isRight: boolean; readonly cause: Cause }>
  /** @throws Refusal `not_under_way` (409). */
  showHint(lab: Lab): Promise<void>
  /** Give up: cause and remedy are told. @throws Refusal `not_under_way` (409). */
  showSolution(lab: Lab): Promise<void>
  /** Mend it in the trainee's place. @throws Refusal `busy`, `not_under_way`, `world_replaced` (409). */
  mendForMe(lab: Lab): Promise<void>
}

export interface WorkshopDeps {
  readonly kit: KitAccess
  readonly progress: LabProgress
  /** Wall milliseconds to wait for work before it is followed instead. */
  readonly patienceMs?: number
  /** Shared with whatever else changes the world; its own unless told. */
  readonly oneWork?: OneWork
}

const PATIENCE_MS = 4_000

/** Takes somebody through labs: breaks the world, judges it, mends it when asked to. One lab at a time, in one world. */
export function createWorkshop({
  kit,
  progress,
  patienceMs = PATIENCE_MS,
  oneWork = createOneWork(),
}: WorkshopDeps): Workshop {
  let work: LabWork | undefined
  let failed: { readonly labId: string; readonly problem: string } | undefined
  let looking: { readonly labId: string; readonly answer: Promise<LabStanding> } | undefined

  function expectUnderWay(lab: Lab): Marks {
    const underWay = progress.underWay()
    if (underWay?.labId === lab.id) return underWay.marks
    throw new Refusal('not_under_way', 409, 'This lab is not under way.', { hint: 'Start it first.' })
  }

  /** Run `body` behind the scenes; what goes wrong is told by `failure`. */
  async function start(next: LabWork, body: () => Promise<void>): Promise<void> {
    const end = oneWork.begin(next.kind === 'breaking' ? 'breaking the world for a lab' : 'mending the world of a lab')
    work = next
    failed = undefined
    const running = body()
      .catch((error: unknown) => {
        failed = { labId: next.labId, problem: isNoAnswer(error) ? 'One of the systems does not answer.' : tell(error) }
      })
      .finally(() => {
        end()
        work = undefined
      })
    await withPatience(running, patienceMs)
  }

  async function look(lab: Lab): Promise<LabStanding> {
    if (work !== undefined) return { kind: 'working', work }
    const underWay = progress.underWay()
    const record = progress.of(lab)
    if (underWay?.labId !== lab.id || record === undefined) return { kind: 'waiting' }
    if (record.mendedAt !== undefined) return { kind: 'mended' }
    try {
      const what = await disturbedSince(kit, underWay.marks)
      if (what !== undefined) return { kind: 'disturbed', what }
      if (!record.isCauseFound && !record.isSolutionShown) return { kind: 'searching' }
      const { mended, found } = judgeLab(lab, await lookAtWorld(kit.control))
      if (!mended) return { kind: 'broken', found }
      await progress.complete(lab)
      return { kind: 'mended' }
    } catch (error) {
      if (!isNoAnswer(error)) throw error
      return { kind: 'unreachable' }
    }
  }

  return {
    standing(lab) {
      if (looking?.labId === lab.id) return looking.answer
      const answer = look(lab).finally(() => {
        looking = undefined
      })
      looking = { labId: lab.id, answer }
      return answer
    },

    failure: (lab) => (failed?.labId === lab.id ? failed.problem : undefined),

    begin: (lab) =>
      start({ kind: 'breaking', labId: lab.id }, async () => {
        await progress.leave()
        await kit.control.kit.reset({ world: lab.world })
        await perform(kit, lab.breakIt)
        await progress.begin(lab, await markJournals(kit))
      }),

    async choose(lab, number) {
      expectUnderWay(lab)
      const cause = causesOf(lab)[number]
      if (cause === undefined) throw new Refusal('no_such_cause', 422, 'Choose one of the causes.')
      const isRight = cause === lab.right
      await (isRight ? progress.findCause(lab) : progress.chooseWrongly(lab, cause.cause))
      return { isRight, cause }
    },

    async showHint(lab) {
      expectUnderWay(lab)
      await progress.showHint(lab)
    },

    async showSolution(lab) {
      expectUnderWay(lab)
      await progress.showSolution(lab)
    },

    async mendForMe(lab) {
      const what = await disturbedSince(kit, expectUnderWay(lab))
      if (what !== undefined) {
        throw new Refusal('world_replaced', 409, `The world is another one than that of the lab: ${what}.`, {
          hint: 'Start the lab again.',
        })
      }
      await start({ kind: 'mending', labId: lab.id }, async () => {
        await progress.markMendedForMe(lab)
        await progress.showSolution(lab)
        await perform(kit, lab.solve)
        await progress.goOn(lab, await markJournals(kit))
        const { mended, found } = judgeLab(lab, await lookAtWorld(kit.control))
        if (!mended) throw new Error(`It was mended, but something else was found: ${found.join(' ')}`)
        await progress.complete(lab)
      })
    },
  }
}

const tell = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** `fetch` says so when nobody answers. */
const isNoAnswer = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed'

async function withPatience(running: Promise<void>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((settle) => {
    timer = setTimeout(settle, patienceMs)
  })
  await Promise.race([running, patience])
  clearTimeout(timer)
}
