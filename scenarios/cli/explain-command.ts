import type { Command } from 'commander'
import { type Explanation, explain } from '#scenarios/explain/explain.ts'
import type { Finding } from '#scenarios/explain/finding.ts'
import { lookAtWorld } from '#scenarios/explain/sight.ts'
import type { CommandDeps } from './command-deps.ts'
import { EXIT } from './exit-codes.ts'
import { againstOption, caOption, type NamedKit, reachNamedKit } from './kit-address.ts'

interface ExplainOptions extends NamedKit {
  readonly json?: true
}

/** `explain`: what is wrong in a kit that runs. Ends with 0 when nothing is, 1 when something is, 3 when there is no kit. */
export function addExplainCommand(program: Command, { out, endWith }: CommandDeps): void {
  program
    .command('explain')
    .description('name what is wrong in a running world, with the evidence and the page to mend it on')
    .addOption(againstOption())
    .addOption(caOption())
    .option('--json', 'print the findings as JSON')
    .action(async ({ json, ...named }: ExplainOptions) => {
      const { control, urls } = await reachNamedKit(named)
      const explanation = explain(await lookAtWorld(control))
      out(json ? JSON.stringify(explanation, null, 2) : tell(explanation, urls))
      endWith(explanation.findings.length === 0 ? EXIT.passed : EXIT.checkFailed)
    })
}

function tell({ findings, news, partly }: Explanation, urls: Readonly<Record<string, string>>): string {
  const about =
    (remedy: string) =>
    ({ fault, headline, evidence, page, source }: Finding): readonly string[] => [
      `${fault}: ${headline}`,
      ...evidence.map((fact) => `  - ${fact}`),
      `  ${remedy}: ${page.label}, ${urls[page.system]}${page.path}`,
      `  Source: ${source}`,
      '',
    ]
  const wrong = findings.length === 0 ? ['Nothing is known to be wrong.', ''] : findings.flatMap(about('Mend it'))
  const worth = news.length === 0 ? [] : ['Worth knowing, though nothing is broken:', ...news.flatMap(about('Look at'))]
  const looked = partly.length === 0 ? [] : [`Looked at a part only: ${partly.join('; ')}.`]
  return [...wrong, ...worth, ...looked].join('\n').trimEnd()
}
