import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uiAssets } from './assets.ts'
import { Document } from './document.tsx'
import { Disclosure } from './layout.tsx'
import { Live } from './live.tsx'
import type { Look } from './look.ts'
import { renderPage } from './render.ts'
import { TextField } from './text-field.tsx'

const look: Look = { system: 'sample', product: 'Sample', mark: 'S', stylesheets: [], classes: {} }
const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript' }

/** What the server says next; `asked` counts requests for the page. */
const state = { text: 'one', answer: 'page' as 'page' | 'signed-out' | 'broken' | 'ended', asked: 0 }

const server = createServer((req, res) => {
  const file = uiAssets.find((asset) => asset.urlPath === req.url)
  res.setHeader('content-security-policy', "default-src 'self'; img-src data:")
  if (file) {
    const type = types[path.extname(file.filePath)] ?? 'text/plain'
    return res.setHeader('content-type', type).end(readFileSync(file.filePath))
  }
  state.asked += 1
  if (state.answer === 'broken') res.statusCode = 500
  const frame = { nowIso: '2026-11-21T09:40:00.000Z', kitUrl: '', path: '/page' }
  const page = (
    <Document look={look} frame={frame} title="Cycle">
      <h1>Cycle</h1>
      {state.answer === 'signed-out' ? (
        <p>Sign in</p>
      ) : (
        <Live id="cycle" everySeconds={state.answer === 'ended' ? undefined : 0.1} summary={`Now ${state.text}`}>
          <p class="said">{state.text}</p>
          <TextField label="Note" name="note" />
          <Disclosure title="More">
            <p>Folded away</p>
          </Disclosure>
        </Live>
      )}
    </Document>
  )
  return res.setHeader('content-type', 'text/html; charset=utf-8').end(renderPage(page))
})

let browser: Browser
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
})
afterAll(async () => {
  await browser.close()
  server.close()
  server.closeAllConnections()
})

test('a live part follows the server, keeps focus, typing and open folds, survives bad answers, and ends', async () => {
  const page = await browser.newPage()
  await page.clock.install()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  const asked = async (times: number) => {
    const from = state.asked
    await expect.poll(() => state.asked, { timeout: 5000 }).toBeGreaterThan(from + times)
  }
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`)
  await page.getByText('More').click()
  await page.getByLabel('Note').fill('half a sent')

  state.text = 'two'
  await page.locator('.said', { hasText: 'two' }).waitFor()
  expect(await page.getByRole('status').textContent()).toBe('Now two')
  expect(await page.getByLabel('Note').inputValue()).toBe('half a sent')
  expect(await page.evaluate('document.activeElement.name')).toBe('note')
  expect(await page.getByText('Folded away').isVisible()).toBe(true)

  for (const answer of ['signed-out', 'broken'] as const) {
    state.answer = answer
    state.text = answer
    await asked(2)
    expect(await page.locator('.said').textContent()).toBe('two')
  }

  state.answer = 'ended'
  state.text = 'done'
  await page.locator('.said', { hasText: 'done' }).waitFor()
  const last = state.asked
  // A timer left over would fire now, and its request would reach the server before this one.
  await page.clock.runFor(2000)
  await page.evaluate('fetch("/_assets/kit/kit.css")')
  expect(state.asked).toBe(last)
  expect(errors).toEqual([])
  await page.close()
})
