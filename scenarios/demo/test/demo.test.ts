import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kit, startKit } from '#scenarios/library/start-kit.ts'
import { ENTRA_ON_DEMAND } from '#scenarios/walkthroughs/entra-on-demand/entra-on-demand.ts'
import { ENTRA_SCOPING } from '#scenarios/walkthroughs/entra-scoping/entra-scoping.ts'
import { createDemo, type Demo } from '../demo.ts'
import { PACES, type Wait } from '../pace.ts'
import type { Play } from '../play.ts'
import { isOver, type Show } from '../show.ts'
import { openPlainStage } from '../stage.ts'

/** A demonstration of a short walkthrough, at full speed and over HTTP. What the presenter does, does the pace's wait. */

const STEPS = ENTRA_SCOPING.steps.length
let kit: Kit
let demo: Demo | undefined

beforeAll(async () => {
  kit = await startKit({ world: 'brightwave' })
}, 30_000)
afterAll(async () => {
  await demo?.clear()
  await kit.close()
})

/** Calls `atStep` after each step, with how many are done. */
function demoWith(atStep: (done: number) => void): Demo {
  const wait: Wait = async () => atStep(demo?.current()?.show().results.length ?? 0)
  demo = createDemo(() => kit, { openStage: openPlainStage, wait })
  return demo
}

async function until(play: Play, reached: (show: Show) => boolean): Promise<Show> {
  while (!reached(play.show())) await play.changed()
  return play.show()
}

/** Takes over before the second thing that is done in each step, and gives back at once. */
function demoLeftInEveryStep(left: string[], isLeft: (at: number) => boolean = () => true): Demo {
  let actions = 0
  let at: number | undefined
  const wait: Wait = async (ms) => {
    const play = demo?.current()
    const show = play?.show()
    if (play === undefined || show === undefined || ms !== PACES.normal.actionMs) return
    actions = show.at === at ? actions + 1 : 1
    at = show.at
    if (actions !== 2 || !isLeft(show.at)) return
    left.push(show.caption?.title ?? '')
    play.takeOver()
    // As a click that comes while what was under way is still being left.
    setImmediate(() => play.resume())
  }
  demo = createDemo(() => kit, { openStage: openPlainStage, wait })
  return demo
}

/** Over, or waiting for a decision. */
const atRest = ({ phase }: Show) => phase === 'stuck' || phase === 'paused' || isOver({ phase })

const problems = ({ results, problem }: Show) => [...results.flatMap((each) => each.problem ?? []), problem]

test('plays from start to end twice without a touch, captions in their order, and everything is reset between', async () => {
  const captions: (string | undefined)[] = []
  const playing = demoWith(() => captions.push(demo?.current()?.show().caption?.title))
  for (const round of [1, 2]) {
    captions.length = 0
    const play = await playing.start(ENTRA_SCOPING, 'fast')
    // Measured by the kit alone it is under a second; here other tests take their share of the machine.
    expect(play.show().resetMs, `reset of round ${round}`).toBeLessThan(5_000)
    expect(play.show().results).toEqual([])
    await play.over
    const show = play.show()
    expect(problems(show)).toEqual([undefined])
    expect([show.phase, show.results.length]).toEqual(['finished', STEPS])
    expect(captions).toEqual(ENTRA_SCOPING.steps.map(({ title }) => title))
  }
}, 60_000)

test('is paused, goes on by one step, is resumed, and is stopped; one at a time', async () => {
  const playing = demoWith((done) => {
    if (done === 2) demo?.current()?.pause()
  })
  const play = await playing.start(ENTRA_SCOPING, 'fast')
  expect((await until(play, ({ phase }) => phase === 'paused')).results).toHaveLength(2)
  await expect(playing.start(ENTRA_SCOPING, 'fast')).rejects.toMatchObject({ code: 'demo_playing', status: 409 })

  play.next()
  await until(play, ({ phase, results }) => phase === 'paused' && results.length === 3)

  play.resume()
  await until(play, ({ results }) => results.length === 5)
  await play.stop()
  expect(play.show().phase).toBe('stopped')
  expect(play.show().results.length).toBeLessThan(STEPS)
}, 60_000)

test('taken over in the middle of every step: each begins again as it was, and the rest goes on', async () => {
  const left: string[] = []
  const play = await demoLeftInEveryStep(left).start(ENTRA_SCOPING, 'normal')
  await until(play, atRest)
  expect(problems(play.show())).toEqual([undefined])
  expect(left).toEqual(ENTRA_SCOPING.steps.map(({ title }) => title))
  expect(play.show().phase).toBe('finished')
}, 120_000)

test('taken over where the step before is begun again, too: that its traces are there twice stops nothing', async () => {
  const left: string[] = []
  const at = ENTRA_ON_DEMAND.steps.findIndex(({ id }) => id === 'on-demand/11')
  const play = await demoLeftInEveryStep(left, (step) => step === at).start(ENTRA_ON_DEMAND, 'normal')
  await until(play, atRest)
  expect(problems(play.show())).toEqual([undefined])
  expect(left).toEqual([ENTRA_ON_DEMAND.steps[at]?.title])
  expect(play.show().phase).toBe('finished')
}, 120_000)

test('taken over by hand: what was done meanwhile counts, and the rest goes on', async () => {
  const playing = demoWith((done) => {
    if (done === 3) demo?.current()?.takeOver()
  })
  const play = await playing.start(ENTRA_SCOPING, 'fast')
  await until(play, ({ phase }) => phase === 'by-hand')
  play.resume()
  await until(play, atRest)
  expect(problems(play.show())).toEqual([undefined])
  expect([play.show().phase, play.show().results.length]).toEqual(['finished', STEPS])
}, 60_000)

test('a step that cannot go on says so, and is done for the presenter', async () => {
  const playing = demoWith((done) => {
    if (done === 3) demo?.current()?.takeOver()
  })
  const play = await playing.start(ENTRA_SCOPING, 'fast')
  await until(play, ({ phase }) => phase === 'by-hand')
  play.doForMe()
  await until(play, atRest)
  const show = play.show()
  expect(problems(show)).toEqual([undefined])
  expect(show.results.map(({ found }) => found)).toContain('Done for you.')
  expect([show.phase, show.results.length]).toEqual(['finished', STEPS])
}, 60_000)

test('a kit that cannot be reset is told to whoever starts, and only pictures of its own are given', async () => {
  const refusing = createDemo(
    () => ({
      ...kit,
      control: { ...kit.control, kit: { ...kit.control.kit, reset: () => Promise.reject(new Error('No world.')) } },
    }),
    { openStage: openPlainStage },
  )
  await expect(refusing.start(ENTRA_SCOPING, 'fast')).rejects.toThrow('No world.')
  await refusing.clear()
  expect(refusing.current()).toBeUndefined()
  expect(await refusing.pictureOf('../../etc/passwd')).toBeUndefined()
})
