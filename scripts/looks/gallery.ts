/**
 * Photographs every look at 1280 and 390 pixels and runs axe-core over it:
 *
 *   node --conditions=source --import tsx scripts/looks/gallery.ts [folder] [path…]
 *
 * Pictures go to the folder (a temporary one unless told). Exits 1 when axe finds something or a page breaks its
 * content policy.
 */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from 'playwright'
import { dialpadAssets } from '#dialpad/portal/look/look.ts'
import { entraAssets } from '#idp/vendors/entra/look/look.ts'
import { oktaAssets } from '#idp/vendors/okta/look/look.ts'
import { renderPage } from '#kit/ui/render.ts'
import { homeAssets } from '#scenarios/home/look/look.ts'
import { galleryPages } from './gallery-pages.tsx'

const files = new Map(
  [...entraAssets, ...oktaAssets, ...dialpadAssets, ...homeAssets].map((asset) => [asset.urlPath, asset.filePath]),
)
const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript' }

const server = createServer((req, res) => {
  const where = new URL(req.url ?? '/', 'http://gallery').pathname
  const page = galleryPages[where]
  const file = files.get(where)
  res.setHeader(
    'content-security-policy',
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'",
  )
  if (page) res.setHeader('content-type', 'text/html; charset=utf-8').end(renderPage(page()))
  else if (file) res.setHeader('content-type', types[path.extname(file)] ?? 'text/plain').end(readFileSync(file))
  else res.writeHead(404).end()
})

interface AxeViolation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

async function photograph(browser: Browser, origin: string, where: string, folder: string): Promise<readonly string[]> {
  const problems: string[] = []
  for (const scheme of where === '/home' ? (['light', 'dark'] as const) : (['light'] as const)) {
    for (const width of [1280, 390]) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`${where}: ${message.text()}`)
      })
      page.on('pageerror', (error) => problems.push(`${where}: ${error.message}`))
      await page.goto(origin + where, { waitUntil: 'load' })
      const name = `${where.slice(1)}-${scheme === 'dark' ? 'dark-' : ''}${width}.png`
      await page.screenshot({ path: path.join(folder, name), fullPage: true })
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      if (Number(overflow) > 0) problems.push(`${where} at ${width}: ${overflow} px wider than the screen`)
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
      const violations = (await page.evaluate('axe.run(document).then((found) => found.violations)')) as AxeViolation[]
      for (const violation of violations) {
        const [first] = violation.nodes
        problems.push(
          `${where} at ${width} ${scheme}: ${violation.id} (${violation.nodes.length}): ${first?.html.slice(0, 160)} ${first?.failureSummary?.split('\n')[1]?.slice(0, 200)}`,
        )
      }
      await context.close()
    }
  }
  return problems
}

const [folderArgument, ...only] = process.argv.slice(2)
const folder = folderArgument ?? mkdtempSync(path.join(tmpdir(), 'gallery-'))
mkdirSync(folder, { recursive: true })
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const address = server.address()
if (address === null || typeof address === 'string') throw new Error('The gallery has no port.')
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const paths = only.length > 0 ? only : Object.keys(galleryPages)
  for (const where of paths) {
    const problems = await photograph(browser, `http://127.0.0.1:${address.port}`, where, folder)
    for (const problem of problems) console.error(problem)
    if (problems.length > 0) process.exitCode = 1
  }
  console.log(`pictures in ${folder}`)
} finally {
  await browser.close()
  server.close()
  server.closeAllConnections()
}
