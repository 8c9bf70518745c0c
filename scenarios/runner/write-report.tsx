import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderPage } from '#kit/ui/render.ts'
import { ReportPage } from './report-page.tsx'
import type { WalkthroughResult } from './result.ts'

/** Write `index.html` and `result.json` beside the pictures of a run. @returns the path of the page. */
export async function writeReport(result: WalkthroughResult, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'index.html')
  await writeFile(path, renderPage(<ReportPage result={result} />))
  await writeFile(join(folder, 'result.json'), `${JSON.stringify(result, null, 2)}\n`)
  return path
}
