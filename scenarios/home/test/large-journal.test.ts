import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedHome, serveHome, visitorOf } from './serve-home.ts'

/** As many as a journal keeps. */
const MOST = 20_000
/** A page that read every entry takes several times as long, even on a slow machine. */
const PATIENCE_MS = 4_000
const TRACE = 'a'.repeat(32)

let served: ServedHome
beforeAll(async () => {
  served = await serveHome()
  for (let number = 0; number < MOST; number += 1) {
    served.dialpad.system.journal.record({
      kind: 'state',
      title: `User ${number} was changed`,
      subject: number % 100 === 0 ? 'ada@brightwave.example' : `user${number}@brightwave.example`,
      correlationId: number === 7 ? TRACE : String(number).padStart(32, '0'),
      change: { type: 'user', id: String(number), before: { title: 'a' }, after: { title: 'b' } },
    })
  }
})
afterAll(() => served.close())

async function timed(path: string): Promise<{ readonly text: string; readonly ms: number }> {
  const begun = performance.now()
  const { text } = await visitorOf(served.url).get(path)
  return { text, ms: performance.now() - begun }
}

test('a full journal is looked at in pages: timeline, X-ray and story answer at once, and say that there is more', async () => {
  const timeline = await timed('/timeline')
  expect(timeline.text).toContain(`User ${MOST - 1} was changed`)
  expect(timeline.text).toContain('Older')

  const xray = await timed('/xray?last=200')
  expect(xray.text.match(/class="seq-step"/g)).toHaveLength(200)

  const story = await timed('/story/ada%40brightwave.example')
  expect(story.text).toContain('User 19900 was changed')
  expect(story.text).toContain('Older changes are in the timeline.')

  for (const { ms } of [timeline, xray, story]) expect(ms).toBeLessThan(PATIENCE_MS)
})

test('one trace is found among all, and a filter that nothing passes gives up after a few pages', async () => {
  const trace = await timed(`/xray?trace=${TRACE}`)
  expect(trace.text).toContain('User 7 was changed')
  const nothing = await timed('/xray?subject=nothing-of-the-kind')
  expect(nothing.text).toContain('Nothing matches')
  for (const { ms } of [trace, nothing]) expect(ms).toBeLessThan(PATIENCE_MS)
})
