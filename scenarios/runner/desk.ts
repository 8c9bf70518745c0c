import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright'
import type { Desk, Where } from '#scenarios/walkthroughs/walkthrough.ts'
import { namePattern } from './labels.ts'

const CONTROLS = ['link', 'button', 'tab', 'menuitem', 'radio', 'option'] as const
const PLACES = [
  'navigation',
  'dialog',
  'table',
  'form',
  'region',
  'group',
  'complementary',
  'banner',
  'list',
  'search',
] as const
const FIELDS = ['textbox', 'searchbox', 'spinbutton', 'combobox'] as const

/** How long a page may take to come or to say something: cycles of a month run in the meantime. Wall milliseconds. */
const PATIENCE_MS = 30_000

/** How often a page is looked at anew for something it showed and took away. */
const MOST_LOOKS = 5

type Scope = Page | Locator

const anyOf = (locators: readonly Locator[]): Locator => locators.reduce((all, each) => all.or(each))

/** A desk in a browser, whose page can be pictured. */
export interface BrowserDesk extends Desk {
  readonly page: Page
}

/** {@link Desk} over a page of the system at `origin`; `met` is told each label that was used or seen. */
export function createDesk(page: Page, origin: string, met: (label: string) => void): BrowserDesk {
  function scopeOf({ within }: Where = {}): Scope {
    if (within === undefined) return page
    const name = namePattern(within)
    return anyOf(PLACES.map((role) => page.getByRole(role, { name })))
  }

  /**
   * The one thing meant: waits until there is one; several are one when they lead to the same address. Of `tiers` the first
   * that has any counts.
   */
  async function only(tiers: readonly Locator[], what: string): Promise<Locator> {
    const visible = tiers.map((tier) => tier.filter({ visible: true }))
    // A page that comes up between two looks takes away what the first has found: it is asked again.
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      await anyOf(visible)
        .first()
        .waitFor({ timeout: PATIENCE_MS })
        .catch(async (cause: unknown) => {
          throw new Error(`${page.url()} shows no ${what}. It says: ${await gist(page)}`, { cause })
        })
      for (const tier of visible) {
        const count = await tier.count()
        if (count === 0) continue
        if (count > 1) {
          const addresses = new Set(
            await tier.evaluateAll((all) => all.map((each, index) => each.getAttribute('href') ?? `#${index}`)),
          )
          if (addresses.size > 1) throw new Error(`${page.url()} shows ${count} things that are ${what}: say which.`)
        }
        return tier.first()
      }
    }
    throw new Error(`${page.url()} showed a ${what}, but took it away.`)
  }

  /**
   * Controls of that name, then headings that fold something and are called so, then controls that hold the words among others: a
   * tile, a button that names what it removes.
   */
  function controls(scope: Scope, label: string): readonly Locator[] {
    const name = namePattern(label)
    return [
      anyOf(CONTROLS.map((role) => scope.getByRole(role, { name }))),
      // A summary is a disclosure button to people and has no role of its own to search by.
      scope.locator('summary').filter({ hasText: name }),
      anyOf(CONTROLS.map((role) => scope.getByRole(role).filter({ has: page.getByText(name) }))),
    ]
  }

  function fields(scope: Scope, label: string): readonly Locator[] {
    const name = namePattern(label)
    return [
      anyOf([
        ...FIELDS.map((role) => scope.getByRole(role, { name })),
        // Passwords and dates have no role to search by.
        scope.getByLabel(name).and(page.locator('input')),
      ]),
    ]
  }

  return {
    page,
    async open(path) {
      await page.goto(new URL(path, origin).href)
    },
    async press(label, where) {
      const control = await only(controls(scopeOf(where), label), `link or button "${label}"`)
      await control.click({ timeout: PATIENCE_MS })
      met(label)
    },
    async pressInRow(row, label) {
      const rows = anyOf([page.getByRole('row'), page.getByRole('listitem')]).filter({ hasText: row })
      const control = await only(controls(rows, label), `"${label}" in the row of "${row}"`)
      await control.click({ timeout: PATIENCE_MS })
      met(label)
    },
    async fill(label, text, where) {
      const field = await only(fields(scopeOf(where), label), `field "${label}"`)
      await field.fill(text)
      met(label)
    },
    async choose(label, option, where) {
      const field = await only(fields(scopeOf(where), label), `drop-down "${label}"`)
      await field.selectOption({ label: option })
      met(label)
    },
    async tick(label, on = true, where) {
      const scope = scopeOf(where)
      const name = namePattern(label)
      const boxes = (['checkbox', 'switch', 'radio'] as const).flatMap((role) => [
        scope.getByRole(role, { name }),
        // The label of a person's box has their details behind the name.
        scope.getByRole(role, { name: label }),
      ])
      const box = await only(boxes, `box "${label}"`)
      await box.setChecked(on)
      met(label)
    },
    async see(text, where) {
      const scope = scopeOf(where)
      const found = anyOf([
        scope.getByText(text),
        scope.getByLabel(namePattern(text)),
        scope.getByTitle(text),
        scope.getByRole('button', { name: namePattern(text) }),
        scope.getByRole('link', { name: namePattern(text) }),
      ])
      await found
        .filter({ visible: true })
        .first()
        .waitFor({ timeout: PATIENCE_MS })
        .catch(async (cause: unknown) => {
          throw new Error(`${page.url()} does not say "${text}". It says: ${await gist(page)}`, { cause })
        })
      met(text)
    },
    async read(label) {
      return (await only(fields(page, label), `field "${label}"`)).inputValue()
    },
    async shows(label, where) {
      const scope = scopeOf(where)
      const found = anyOf([...controls(scope, label), ...fields(scope, label)]).filter({ visible: true })
      return (await found.count()) > 0
    },
    async enter() {
      await page.keyboard.press('Enter')
    },
    async openRow(...words) {
      const rows = words.reduce((some, hasText) => some.filter({ hasText }), page.getByRole('row'))
      const link = await only([rows.getByRole('link').first()], `row that says ${words.join(', ')}`)
      await link.click({ timeout: PATIENCE_MS })
      for (const word of words) met(word)
    },
    async copy(label) {
      const button = page.getByRole('button', { name: namePattern(`Copy ${label}`) })
      const value = await (await only([button], `button that copies "${label}"`)).getAttribute('data-copy')
      met(label)
      return value ?? ''
    },
    async copyInRow(row) {
      const value = page.getByRole('row').filter({ hasText: row }).locator('code')
      return (await (await only([value], `value in the row of "${row}"`)).innerText()).trim()
    },
    async addressOf(label, where) {
      const scope = scopeOf(where)
      const links = [namePattern(label), label].map((name) => scope.getByRole('link', { name }))
      const href = await (await only(links, `link "${label}"`)).getAttribute('href')
      return new URL(href ?? '', page.url()).href
    },
    async download(label) {
      const control = await only(controls(page, label), `link or button "${label}"`)
      const [file] = await Promise.all([page.waitForEvent('download'), control.click()])
      met(label)
      return readFile(await file.path(), 'utf8')
    },
  }
}

/** The beginning of what the page says, for messages. */
async function gist(page: Page): Promise<string> {
  const text = await page
    .getByRole('main')
    .textContent({ timeout: 1_000 })
    .catch(() => page.title())
  return (text ?? '').replace(/\s+/g, ' ').slice(0, 400)
}
