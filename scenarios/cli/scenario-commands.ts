import { join } from 'node:path'
import type { Command } from 'commander'
import { chromium } from 'playwright'
import { findBrowser } from '#scenarios/browser/find-browser.ts'
import { trustArgs } from '#scenarios/browser/trust-args.ts'
import { runWalkthrough } from '#scenarios/runner/run-walkthrough.ts'
import { tellOutcome, tellStep } from '#scenarios/runner/tell-steps.ts'
import { writeReport } from '#scenarios/runner/write-report.tsx'
import { findWalkthrough, WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import type { Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { type CommandDeps, UsageError, wholeNumber } from './command-deps.ts'
import { EXIT } from './exit-codes.ts'
import { caOption } from './kit-address.ts'
import { kitFor, type OwnOrNamedKit, tlsOption } from './own-kit.ts'

interface RunOptions extends OwnOrNamedKit {
  readonly headed?: true
  readonly slow: number
  readonly json?: true
  readonly report: string
}

/** `scenario list` and `scenario run`. */
export function addScenarioCommands(program: Command, deps: CommandDeps): void {
  const scenario = program.command('scenario').description('walkthroughs that follow a published tutorial in a browser')
  scenario
    .command('list')
    .description('the walkthroughs there are')
    .option('--json', 'as JSON')
    .action(({ json }: { readonly json?: true }) => list(deps, json === true))
  scenario
    .command('run')
    .description('walk through one of them, check every step and write a report')
    .argument('<name>', WALKTHROUGHS.map(({ id }) => id).join(', '))
    .option('--headed', 'show the browser')
    .option('--slow <ms>', 'wait so long after every action in the browser', wholeNumber, 0)
    .option('--against <url>', 'address of a kit home that runs already; it is reset to the world of the walkthrough')
    .addOption(caOption())
    .addOption(tlsOption())
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option('--report <folder>', 'where the report goes, in a folder of the name of the walkthrough', 'reports')
    .action(async (name: string, options: RunOptions) => {
      const walkthrough = findWalkthrough(name)
      if (walkthrough === undefined) {
        throw new UsageError(
          `There is no walkthrough "${name}". There are: ${WALKTHROUGHS.map(({ id }) => id).join(', ')}.`,
        )
      }
      const passed = await run(walkthrough, options, deps)
      deps.endWith(passed ? EXIT.passed : EXIT.checkFailed)
    })
}

function list({ out }: CommandDeps, json: boolean): void {
  const rows = WALKTHROUGHS.map(({ id, title, world, lead, steps }) => ({
    id,
    title,
    world,
    lead,
    steps: steps.length,
  }))
  if (json) {
    out(JSON.stringify({ walkthroughs: rows }, null, 2))
    return
  }
  for (const { id, title, world, steps } of rows) out(`${id.padEnd(18)} ${title} (${steps} steps, world ${world})`)
}

async function run(walkthrough: Walkthrough, options: RunOptions, { out, err }: CommandDeps): Promise<boolean> {
  const say = options.json ? err : out
  const { kit, close } = await kitFor(walkthrough.world, options)
  try {
    const { executablePath, args } = findBrowser()
    const browser = await chromium.launch({
      executablePath,
      args: [...args, ...trustArgs(kit.ca)],
      headless: options.headed !== true,
      slowMo: options.slow,
    })
    try {
      const folder = join(options.report, walkthrough.id)
      say(`${walkthrough.id}: ${walkthrough.title} (world ${walkthrough.world})`)
      const result = await runWalkthrough(walkthrough, {
        kit,
        browser,
        folder,
        traces: true,
        onStep: (step) => say(tellStep(step)),
      })
      const page = await writeReport(result, folder)
      say(tellOutcome(result))
      say(`Report: ${page}`)
      if (options.json) out(JSON.stringify(result, null, 2))
      return result.passed
    } finally {
      await browser.close()
    }
  } finally {
    await close()
  }
}
