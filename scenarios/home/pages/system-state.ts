import type { System } from '#kit/system/system.ts'
import { formatRelative } from '#kit/ui/time-text.tsx'
import type { Neighbour } from '../neighbours.ts'
import type { HomeShape } from '../records.ts'
import { SummaryAnswer, type SystemSummary } from '../summary.ts'

/** How a system is at present. */
export type SystemState =
  | {
      readonly kind: 'up'
      readonly world: string
      /** One line: `26 people, 5 assigned. Incremental cycle in 31 minutes`. */
      readonly line: string
      readonly figures: SystemSummary['figures']
    }
  | { readonly kind: 'down'; readonly line: string; readonly advice: string }

/** Ask a system how it is. Never throws: a system that does not answer is `down`. */
export async function readState(own: System<HomeShape>, { client, label, url }: Neighbour): Promise<SystemState> {
  try {
    const [{ world, now }, due, summary] = await Promise.all([
      client.health(),
      client.due(),
      // A system that has no summary to give refuses the call.
      client.call('GET', '/summary').catch(() => undefined),
    ])
    const { line, figures } = SummaryAnswer.catch({ line: 'Up', figures: [] }).parse(summary)
    const [next] = due
    const dueLine =
      next === undefined ? 'nothing scheduled' : `${lowerFirst(next.what)} ${formatRelative(next.at, now)}`
    const worldLine =
      world === own.world() ? '' : ` In world ${world}, not ${own.world()}: reset to bring them together.`
    return { kind: 'up', world, line: `${line}, ${dueLine}.${worldLine}`, figures }
  } catch {
    return {
      kind: 'down',
      line: 'Not reachable',
      advice: `${label} does not answer at ${url}. Start all systems with npm start, or this one alone, and wait a moment.`,
    }
  }
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
