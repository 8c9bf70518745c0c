import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright'
import type { SystemName } from '#contract/addresses.ts'
import type { RunningKit } from '#scenarios/library/kit.ts'
import type { Desk, Step, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { createDesk } from './desk.ts'
import { createKeep } from './keep.ts'
import { firstUnmet } from './labels.ts'
import { pacedDesk } from './paced-desk.ts'
import { createPlainBrowser, type PlainBrowser } from './plain/plain-browser.ts'
import { createPlainDesk, type PlainDesk } from './plain/plain-desk.ts'
import type { StepResult, WalkthroughResult } from './result.ts'

/** A running kit: one started in this process, or one found at an address. */
export type KitAccess = Pick<Walk, 'urls' | 'control' | 'fetch'> & Partial<Pick<RunningKit, 'ca'>>

export interface RunOptions {
  readonly kit: KitAccess
  /** `none`: over HTTP, without pictures and without scripts. */
  readonly browser: Browser | 'none'
  /** Folder for pictures and for what a failure leaves. What an earlier run has left there is removed. */
  readonly folder: string
  /** Keep a Playwright trace of a failure; not for a runner that traces by itself. */
  readonly traces: boolean
  /** How long one action in the browser may take; wall milliseconds, 10 s unless told. */
  readonly actionMs?: number
  /** Called around each step, for runners that show steps of their own. */
  readonly around?: (step: Step, body: () => Promise<StepResult>, walk: Walk) => Promise<StepResult>
  readonly onStep?: (step: StepResult) => void
  /** Waited for before everything a desk does: for those who pace a walk or hold it. What it throws fails the step. */
  readonly beforeAction?: () => Promise<void>
  /** Waited for before the first page of each browser: for those who draw into pages or watch what they ask for. */
  readonly onContext?: (context: BrowserContext) => Promise<void>
  /** Given once, before the first step: pictures while the walk goes on. */
  readonly onCamera?: (camera: Camera) => void
  /** Another browser, where that of the walk is gone: without it the walk ends there. */
  readonly reopen?: () => Promise<Browser>
}

/** Looks at the tab used last. */
export interface Camera {
  /**
   * PNG, secrets covered; `undefined` before anything was opened, or when the browser gives none.
   * @param height Of its upper part, in pixels; all that is seen unless told.
   */
  picture(height?: number): Promise<Buffer | undefined>
  /** Address of the page it shows. */
  address(): string | undefined
  /**
   * Note who is signed in and where every tab is, to come back to: tabs that were closed are opened again, all of them when the
   * browser is gone and the walk can have another; tabs and browsers opened since are forgotten.
   */
  bookmark(): Promise<Bookmark>
}

export interface Bookmark {
  /** Whether every page was asked for with GET: the answer to a form cannot be come back to. */
  readonly isWhole: boolean
  goBack(): Promise<void>
}

/** What covers a secret in a picture. */
const MASK = '#5b616e'
const ADMINISTRATOR = 'administrator'
const VIEWPORT = { width: 1280, height: 900 } as const

/**
 * Walk through: reset the kit to the walkthrough's world, then set up, solve and check each step, until one fails. A picture
 * is taken after every step; a failure also leaves the journal and, when asked for, a Playwright trace of each browser.
 *
 * @returns what happened; a failed step is a result, never an exception. @throws when the kit cannot be reset.
 */
export async function runWalkthrough(walkthrough: Walkthrough, options: RunOptions): Promise<WalkthroughResult> {
  const { kit, browser, folder } = options
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await kit.control.kit.reset({ world: walkthrough.world })

  const startedAt = new Date()
  const begun = performance.now()
  const { keep, secrets } = createKeep()
  const browsers = browser === 'none' ? openPlainBrowsers(kit) : await openBrowsers(browser, options)
  const trail: string[] = []
  const tabs = new Map<string, Tab>()
  let latest: Page | undefined
  async function tabOf(system: SystemName, who: string): Promise<Tab> {
    const name = `${who}/${system}`
    const known = tabs.get(name)
    if (known !== undefined && known.page?.isClosed() !== true) return known
    const tab = await browsers.tab(who, kit.urls[system], (label) => void trail.push(label))
    tabs.set(name, tab)
    return tab
  }
  const walk: Walk = {
    ...kit,
    keep,
    async desk(system, who = ADMINISTRATOR) {
      const { desk, page } = await tabOf(system, who)
      latest = page
      await page?.bringToFront()
      return options.beforeAction === undefined ? desk : pacedDesk(desk, options.beforeAction)
    },
  }
  async function bookmark(): Promise<Bookmark> {
    const places = [...tabs].map(([name, { address }]) => ({ name, address: address() }))
    const front = latest
    const frontName = [...tabs].find(([, { page }]) => page !== undefined && page === front)?.[0]
    const isWhole = [...tabs.values()].every((tab) => tab.canReload())
    const signBackIn = await browsers.bookmark()
    return {
      isWhole,
      async goBack() {
        for (const [name, { page }] of [...tabs]) {
          if (places.some((place) => place.name === name)) continue
          tabs.delete(name)
          await page?.close()
        }
        await signBackIn()
        for (const { name, address } of places) {
          const [who = ADMINISTRATOR, system = ''] = name.split('/')
          const { desk } = await tabOf(system as SystemName, who)
          if (address !== undefined) await desk.open(address)
        }
        latest = frontName === undefined ? undefined : tabs.get(frontName)?.page
        await latest?.bringToFront()
      },
    }
  }
  options.onCamera?.({
    picture: async (height) => (latest === undefined ? undefined : takePicture(latest, secrets, height)),
    address: () => latest?.url(),
    bookmark,
  })

  const steps: StepResult[] = []
  const evidence: string[] = []
  let failed = false
  try {
    for (const [index, step] of walkthrough.steps.entries()) {
      const about = { id: step.id, title: step.title, say: step.say, source: step.source, at: step.at }
      if (failed) {
        steps.push({ ...about, outcome: 'not-run', durationMs: 0 })
        continue
      }
      const body = async (): Promise<StepResult> => {
        const since = performance.now()
        trail.length = 0
        const verdict = await followStep(step, walk, trail, secrets, walkthrough.proven === true)
        const durationMs = Math.round(performance.now() - since)
        const screenshot = `${String(index + 1).padStart(2, '0')}-${step.id.replaceAll('/', '-')}.png`
        const picture = latest === undefined ? undefined : await takePicture(latest, secrets)
        if (picture !== undefined) await writeFile(join(folder, screenshot), picture)
        return { ...about, ...verdict, durationMs, ...(picture === undefined ? {} : { screenshot }) }
      }
      const result = await (options.around === undefined ? body() : options.around(step, body, walk))
      steps.push(result)
      options.onStep?.(result)
      failed = result.outcome === 'failed'
    }
    if (failed) evidence.push(...(await browsers.keepTraces(folder)), await keepJournals(kit, folder))
  } finally {
    await browsers.close()
  }
  return {
    id: walkthrough.id,
    title: walkthrough.title,
    lead: walkthrough.lead,
    world: walkthrough.world,
    passed: !failed,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    steps,
    evidence,
  }
}

type Verdict = Pick<StepResult, 'outcome' | 'found' | 'problem'>

async function followStep(
  step: Step,
  walk: Walk,
  trail: readonly string[],
  secrets: readonly string[],
  proven: boolean,
): Promise<Verdict> {
  try {
    await step.setup?.(walk)
    if (proven && (await isDone(step, walk))) {
      return { outcome: 'failed', problem: 'The check is content before anything was done.' }
    }
    await step.solve(walk)
    const unmet = firstUnmet(step.at.labels, trail)
    if (unmet !== undefined) {
      return {
        outcome: 'failed',
        problem: `The instruction names "${unmet}", which was not met in its order. Met: ${trail.join(' > ')}.`,
      }
    }
    const { ok, found } = await step.check(walk)
    return ok ? { outcome: 'passed', found } : { outcome: 'failed', found, problem: 'The check found something else.' }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { outcome: 'failed', problem: secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message) }
  }
}

/** Whether a step counts as done. A check that misses what the step would have kept says no. */
async function isDone(step: Step, walk: Walk): Promise<boolean> {
  return step.check(walk).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** A desk, and where it is: nowhere before anything was opened. */
interface Tab {
  readonly desk: Desk
  readonly page?: Page
  address(): string | undefined
  /** Whether its page was asked for with GET. */
  canReload(): boolean
}

interface Browsers {
  /** A new tab in the browser of that name. */
  tab(who: string, origin: string, met: (label: string) => void): Promise<Tab>
  /** Note who is signed in where; what it gives brings that back. */
  bookmark(): Promise<() => Promise<void>>
  keepTraces(folder: string): Promise<readonly string[]>
  close(): Promise<void>
}

function openPlainBrowsers(kit: KitAccess): Browsers {
  const browsers = new Map<string, PlainBrowser>()
  return {
    async tab(who, origin, met) {
      const browser = browsers.get(who) ?? createPlainBrowser(Object.values(kit.urls), kit.fetch)
      browsers.set(who, browser)
      const desk: PlainDesk = createPlainDesk(browser, origin, met)
      return { desk, address: desk.address, canReload: desk.canReload }
    },
    async bookmark() {
      const noted = new Map([...browsers].map(([who, browser]) => [who, browser.bookmark()]))
      return async () => {
        for (const who of [...browsers.keys()]) if (!noted.has(who)) browsers.delete(who)
        for (const signBackIn of noted.values()) signBackIn()
      }
    },
    keepTraces: async () => [],
    close: async () => {},
  }
}

async function openBrowsers(first: Browser, options: RunOptions): Promise<Browsers> {
  const { traces, actionMs = 10_000, onContext, reopen } = options
  const contexts = new Map<string, BrowserContext>()
  let browser = first

  async function contextOf(who: string): Promise<BrowserContext> {
    if (!browser.isConnected() && reopen !== undefined) {
      browser = await reopen()
      contexts.clear()
    }
    const known = contexts.get(who)
    if (known !== undefined) return known
    const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-US', timezoneId: 'UTC' })
    context.setDefaultTimeout(actionMs)
    await onContext?.(context)
    // No film: there is a picture of every step, and filming slows the walk down.
    if (traces) await context.tracing.start({ snapshots: true })
    contexts.set(who, context)
    return context
  }

  return {
    async tab(who, origin, met) {
      const desk = createDesk(await (await contextOf(who)).newPage(), origin, met)
      const { page } = desk
      let method = 'GET'
      page.on('request', (request) => {
        if (request.isNavigationRequest() && request.frame() === page.mainFrame()) method = request.method()
      })
      return {
        desk,
        page,
        address: () => (page.url() === 'about:blank' ? undefined : page.url()),
        canReload: () => method === 'GET',
      }
    },
    async bookmark() {
      const noted = await Promise.all(
        [...contexts].map(async ([who, context]) => ({ who, cookies: await context.cookies() })),
      )
      return async () => {
        for (const [who, context] of [...contexts]) {
          if (noted.some((each) => each.who === who)) continue
          contexts.delete(who)
          await context.close()
        }
        for (const { who, cookies } of noted) {
          const context = await contextOf(who)
          await context.clearCookies()
          await context.addCookies(cookies)
        }
      }
    },
    async keepTraces(folder) {
      const names: string[] = []
      if (!traces) return names
      for (const [who, context] of contexts) {
        const name = `trace-${who.replaceAll(/\W+/g, '-')}.zip`
        await context.tracing.stop({ path: join(folder, name) })
        names.push(name)
      }
      return names
    },
    async close() {
      for (const context of contexts.values()) await context.close()
    },
  }
}

/** @returns `undefined` when there is none: a browser that has died gives no picture, and the step's own problem says more. */
async function takePicture(
  page: Page,
  secrets: readonly string[],
  height: number = VIEWPORT.height,
): Promise<Buffer | undefined> {
  try {
    const hidden = secrets.map((secret) => page.getByText(secret))
    return await page.screenshot({
      // A panel that is still coming in would be pictured half way.
      animations: 'disabled',
      // A secret just made is covered before any step has kept it.
      mask: [...hidden, page.getByRole('textbox', { name: 'API key', exact: true }), page.locator('.k-secret input')],
      maskColor: MASK,
      clip: { x: 0, y: 0, width: VIEWPORT.width, height },
    })
  } catch {
    return undefined
  }
}

async function keepJournals(kit: KitAccess, folder: string): Promise<string> {
  const journals: Partial<Record<SystemName, unknown>> = {}
  for (const name of Object.keys(kit.control) as SystemName[]) {
    journals[name] = await kit.control[name].journal().then(
      ({ items }) => items,
      (error: unknown) => String(error),
    )
  }
  await writeFile(join(folder, 'journal.json'), `${JSON.stringify(journals, null, 2)}\n`)
  return 'journal.json'
}
