import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

/**
 * Hold the imports against the table of rooms (`.dependency-cruiser.mjs`). A run that saw no module is a failure: a gate that
 * cannot fail is worse than none.
 *
 * @param folders Places to cruise, relative to the working directory.
 * @returns the violations as lines, and how many modules were seen.
 */
export async function checkLayers(
  folders: readonly string[],
): Promise<{ readonly modules: number; readonly violations: readonly string[] }> {
  const rulesFile: string = new URL('../.dependency-cruiser.mjs', import.meta.url).href
  const { default: rules } = (await import(rulesFile)) as { default: ICruiseOptions & { options: ICruiseOptions } }
  const result = await cruise(
    [...folders],
    { ...rules.options, ruleSet: rules, validate: true } as ICruiseOptions,
    undefined,
    {
      tsConfig: extractTSConfig('tsconfig.json'),
    },
  )
  const output = result.output as ICruiseResult
  return {
    modules: output.summary.totalCruised,
    violations: output.summary.violations.map((each) => `${each.rule.name}: ${each.from} → ${each.to}`),
  }
}

if (process.argv[1] === import.meta.filename) {
  const folders =
    process.argv.length > 2 ? process.argv.slice(2) : ['contract', 'kit', 'idp', 'dialpad-sandbox', 'scenarios']
  const { modules, violations } = await checkLayers(folders)
  for (const line of violations) console.log(line)
  console.log(`layers: ${modules} modules, ${violations.length} violations`)
  process.exit(modules === 0 || violations.length > 0 ? 1 : 0)
}
