import { type Browser, expect } from 'playwright/test'
import { createDemo } from '#scenarios/demo/demo.ts'
import { PACES, type Wait } from '#scenarios/demo/pace.ts'
import type { Play } from '#scenarios/demo/play.ts'
import { isOver, type Show } from '#scenarios/demo/show.ts'
import { type OpenStage, openBestStage, openBrowserStage } from '#scenarios/demo/stage.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { ENTRA_SCOPING } from '#scenarios/walkthroughs/entra-scoping/entra-scoping.ts'
import { test } from './test.ts'

/** Demonstrations in a browser: what goes wrong there and cannot go wrong over HTTP. */

const TITLES = ENTRA_SCOPING.steps.map(({ title }) => title)
/** Beyond the paces: the first second of a step, when the pages are drawn for the first time. Wall milliseconds. */
const PATIENCE_MS = 60_000

async function until(play: Play, reached: (show: Show) => boolean): Promise<Show> {
  while (!reached(play.show())) await play.changed()
  return play.show()
}

const waits = ({ phase }: Show) => phase === 'stuck' || phase === 'crashed' || isOver({ phase })
const outcome = ({ phase, problem, results }: Show) => ({ phase, problem, done: results.map(({ title }) => title) })
const FINISHED = { phase: 'finished', problem: undefined, done: TITLES }

/** A demonstration that waits for nothing; `atAction` is called before the number-th thing that is done in a step. */
function demoWith(kit: KitAccess, atAction: (number: number, play: Play) => void, openStage = openBestStage) {
  let number = 0
  let at: number | undefined
  const wait: Wait = async (ms) => {
    const play = demo.current()
    if (play === undefined || ms !== PACES.normal.actionMs) return
    number = play.show().at === at ? number + 1 : 1
    at = play.show().at
    atAction(number, play)
  }
  const demo = createDemo(() => kit, { openStage, wait })
  return demo
}

test('taken over in the middle of every step, in a browser: each begins again as it was', async ({ kit }) => {
  const demo = demoWith(kit, (number, play) => {
    // The second: something half done is on the page by then. Once in each step, since a step that begins again counts on.
    if (number !== 2) return
    play.takeOver()
    setImmediate(() => play.resume())
  })
  const play = await demo.start(ENTRA_SCOPING, 'normal')
  expect(outcome(await until(play, waits))).toEqual(FINISHED)
  await demo.clear()
})

test('a browser that is killed in the middle: it is said, another goes on, and nothing is left behind', async ({
  kit,
}) => {
  const opened: Browser[] = []
  const openStage: OpenStage = async (urls) => {
    const stage = await openBestStage(urls)
    if (stage.browser !== 'none') opened.push(stage.browser)
    const { reopen } = stage
    if (reopen === undefined) return stage
    return {
      ...stage,
      async reopen() {
        const browser = await reopen()
        opened.push(browser)
        return browser
      },
    }
  }
  const pids: number[] = []
  let isKilled = false
  const demo = demoWith(
    kit,
    (number, play) => {
      if (isKilled || play.show().at !== 4 || number !== 3) return
      isKilled = true
      const [pid = 0] = pids
      process.kill(pid, 'SIGKILL')
    },
    openStage,
  )
  const play = await demo.start(ENTRA_SCOPING, 'normal')
  pids.push(await pidOf(opened[0]))
  const crashed = await until(play, waits)
  expect(crashed.phase).toBe('crashed')
  expect(crashed.problem).toContain('was closed, or has crashed')
  expect(crashed.results).toHaveLength(4)

  play.again()
  await until(play, ({ phase }) => phase !== 'crashed')
  await until(play, ({ results }) => results.length > 4)
  pids.push(await pidOf(opened[1]))
  expect(outcome(await until(play, waits))).toEqual(FINISHED)

  const picture = (await demo.pictureOf(play.show().results[5]?.screenshot ?? ''))?.subarray(1, 4).toString()
  expect(picture).toBe('PNG')
  await demo.clear()
  expect(pids.filter(isAlive)).toEqual([])
  expect(demo.current()).toBeUndefined()
})

test('what the room sees: the caption of the step is in the page, and nothing is found by it', async ({ kit }) => {
  const opened: Browser[] = []
  const openStage: OpenStage = async (given) => {
    const stage = await openBrowserStage(given, 'visible', false)
    if (stage.browser !== 'none') opened.push(stage.browser)
    return stage
  }
  const demo = demoWith(
    kit,
    (number, play) => {
      if (play.show().at === 2 && number === 3) play.pause()
    },
    openStage,
  )
  const play = await demo.start(ENTRA_SCOPING, 'normal')
  const { caption } = await until(play, ({ phase }) => phase === 'paused')
  const [page] = opened[0]?.contexts()[0]?.pages() ?? []
  if (page === undefined || caption === undefined) throw new Error('Nothing is played.')
  await expect(page.getByText(caption.say)).toHaveCount(0)
  const session = await page.context().newCDPSession(page)
  // The caption is in a closed shadow tree, which only the browser itself can look into.
  const drawn = JSON.stringify(await session.send('DOM.getDocument', { depth: -1, pierce: true }))
  for (const words of ['Step 3 of 10', caption.title, caption.say]) expect(drawn).toContain(words)
  play.resume()
  expect(outcome(await until(play, waits))).toEqual(FINISHED)
  await demo.clear()
})

test('the stage: played twice without a touch, put back between, and after the last time by its button', async ({
  kit,
  page,
}) => {
  const seen = page.getByText(`${TITLES.length} of ${TITLES.length} steps.`)
  await page.goto(`${kit.urls.kit}/demo/entra-scoping`)
  await page.getByLabel('Fast').check()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  for (const round of [1, 2]) {
    if (round === 2) await page.getByRole('link', { name: 'Start over' }).click()
    await page.getByRole('button', { name: `Start ${ENTRA_SCOPING.title}` }).click()
    await expect(page.getByRole('img', { name: `The page at: ${TITLES[1]}` })).toBeVisible({ timeout: PATIENCE_MS })
    await expect(page.getByText('Finished', { exact: true })).toBeVisible({ timeout: PATIENCE_MS })
    await expect(seen).toBeVisible()
    await expect(page.getByText(/Everything was put back in \d+ ms/)).toBeVisible()
  }
  await page.getByRole('link', { name: 'Reset everything' }).click()
  await page.getByRole('button', { name: `Reset ${ENTRA_SCOPING.title}` }).click()
  await expect(page.getByText(/Everything is back at its beginning, in \d+ ms/)).toBeVisible()
  await page.goto(`${kit.urls.kit}/demo/stage`)
  await expect(page.getByText('Nothing plays.')).toBeVisible()
})

/** Process number of the browser itself. */
async function pidOf(browser: Browser | undefined): Promise<number> {
  const session = await browser?.newBrowserCDPSession()
  const told = await session?.send('SystemInfo.getProcessInfo')
  const own = told?.processInfo.find(({ type }) => type === 'browser')
  if (own === undefined) throw new Error('The browser does not say which process it is.')
  return own.id
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
