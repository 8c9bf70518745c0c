import { attributesIn, callsOf, readableExpression } from './expression/walk.ts'
import type { ObjectMapping } from './types.ts'

/** What a log shows in place of a value a mapping hides. */
export const REDACTED = '[Redact]'

/** What a mapping hides from logs with `Redact`; the values flow all the same (reference 5.3). */
export interface Redaction {
  /** Paths of the target that are written through a Redact. */
  readonly targets: ReadonlySet<string>
  /** Attributes of the source that are read inside one, hidden wherever they are shown. */
  readonly sources: ReadonlySet<string>
}

/** Find out what a mapping hides. A row that only copies one of the hidden attributes is hidden as well. */
export function redactionOf({ attributeMappings }: ObjectMapping): Redaction {
  const targets = new Set<string>()
  const sources = new Set<string>()
  for (const { source, targetAttributeName } of attributeMappings) {
    if (source.type !== 'Function' || !source.expression.includes('Redact')) continue
    const expression = readableExpression(source.expression)
    const calls = expression === undefined ? [] : callsOf(expression, 'Redact')
    if (calls.length > 0) targets.add(targetAttributeName)
    for (const call of calls) for (const name of attributesIn(call).keys()) sources.add(name)
  }
  if (sources.size === 0) return { targets, sources }
  for (const { source, targetAttributeName } of attributeMappings) {
    if (source.type === 'Attribute' && sources.has(source.name)) targets.add(targetAttributeName)
  }
  return { targets, sources }
}
