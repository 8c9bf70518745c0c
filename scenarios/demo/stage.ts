import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright'
import { findInstalledBrowser } from '#scenarios/browser/find-browser.ts'
import { trustArgs } from '#scenarios/browser/trust-args.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { Caption, Show } from './show.ts'

/** Where a demonstration is played. */
export interface Stage {
  readonly kind: Show['stage']
  readonly browser: Browser | 'none'
  /** Before the first page of a browser: it goes to the kit only, and what is seen has its caption. */
  dress(context: BrowserContext): Promise<void>
  /** Draw the caption into the pages a presenter can see. */
  say(caption: Caption | undefined): Promise<void>
  /** Called each time a browser is gone though the stage was not closed. */
  onCrash(tell: () => void): void
  /** Another browser, when that one is gone. */
  readonly reopen?: () => Promise<Browser>
  close(): Promise<void>
}

export type OpenStage = (kit: Pick<KitAccess, 'urls' | 'ca'>) => Promise<Stage>

/** A stage over HTTP, without pictures: for machines without a browser, and for tests. */
export const openPlainStage: OpenStage = async () => ({
  kind: 'plain',
  browser: 'none',
  dress: async () => {},
  say: async () => {},
  onCrash: () => {},
  close: async () => {},
})

/** A visible browser where there is a display, an unseen one where there is none; over HTTP where there is no browser. */
export const openBestStage: OpenStage = async (kit) => {
  if (!hasDisplay()) return openBrowserStage(kit, 'pictures')
  // A display that is named and does not answer is none.
  return openBrowserStage(kit, 'visible').catch(() => openBrowserStage(kit, 'pictures'))
}

/**
 * A stage in a browser; over HTTP where there is none. A visible one has captions in its pages.
 *
 * @param hasWindow Unless told, what is visible has one.
 * @throws when the browser cannot be started.
 */
export async function openBrowserStage(
  kit: Pick<KitAccess, 'urls' | 'ca'>,
  kind: 'visible' | 'pictures',
  hasWindow = kind === 'visible',
): Promise<Stage> {
  const found = findInstalledBrowser()
  if (found === undefined) return openPlainStage(kit)
  const { chromium } = await import('playwright')
  const origins = webOrigins(kit.urls)
  const hosts = [...new Set(origins.map((origin) => new URL(origin).hostname))]
  const launch = (): Promise<Browser> =>
    chromium.launch({
      executablePath: found.executablePath,
      headless: !hasWindow,
      // Other names than the kit's are not even looked up.
      args: [
        ...found.args,
        ...trustArgs(kit.ca),
        `--host-resolver-rules=MAP * ~NOTFOUND, ${hosts.map((host) => `EXCLUDE ${host}`).join(', ')}`,
      ],
    })
  return createStage(kind, await launch(), launch, origins)
}

/** Whether a window can be opened here. */
function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform === 'darwin' || process.platform === 'win32' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}

const webOrigins = (urls: KitAccess['urls']): readonly string[] =>
  Object.values(urls)
    .filter((url) => /^https?:/.test(url))
    .map((url) => new URL(url).origin)

/** What `overlay.js` leaves in a page. */
interface CaptionedWindow {
  __demoCaption?(caption: Caption | undefined): void
}

function createStage(
  kind: 'visible' | 'pictures',
  first: Browser,
  launch: () => Promise<Browser>,
  origins: readonly string[],
): Stage {
  let browser = first
  let caption: Caption | undefined
  let isClosing = false
  let tellCrash: (() => void) | undefined

  function watch(opened: Browser): Browser {
    opened.once('disconnected', () => {
      if (!isClosing) tellCrash?.()
    })
    return opened
  }

  return {
    kind,
    browser: watch(first),
    async dress(context) {
      await context.route(
        (url) => /^https?:$/.test(url.protocol) && !origins.includes(url.origin),
        (route) => route.abort('blockedbyclient'),
      )
      if (kind === 'pictures') return
      await context.exposeBinding('__demoAsk', () => caption)
      await context.addInitScript({ path: join(import.meta.dirname, 'overlay.js') })
    },
    async say(next) {
      caption = next
      if (kind === 'pictures') return
      const pages = browser.contexts().flatMap((context) => context.pages())
      // A page that goes away meanwhile is followed by one that asks for its caption itself.
      await Promise.allSettled(
        pages.map((page) =>
          page.evaluate((words) => (globalThis as unknown as CaptionedWindow).__demoCaption?.(words), next),
        ),
      )
    },
    onCrash(tell) {
      tellCrash = tell
      // It may have gone before anybody listened.
      if (!browser.isConnected() && !isClosing) tell()
    },
    async reopen() {
      const opened = await launch()
      // Stopped while it came up.
      if (isClosing) await opened.close()
      browser = watch(opened)
      return browser
    },
    async close() {
      isClosing = true
      await browser.close().catch(() => undefined)
    },
  }
}
