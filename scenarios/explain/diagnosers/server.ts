import { type Diagnoser, kitPage } from '../diagnoser.ts'
import type { Diagnosis } from '../finding.ts'
import type { Sight } from '../sight.ts'

/** Answers of the target that a fault rule has changed: what a server in trouble, or one of the wrong kind, would say. */

const SCIM = 'scim.'

type Rule = Sight['dialpad']['faults'][number]

function rule(wanted: (rule: Rule) => boolean, headline: string): (sight: Sight) => Diagnosis | undefined {
  return (sight) => {
    const { faults } = sight.dialpad
    const left = faults.filter(({ on, times, used }) => on.startsWith(SCIM) && (times === undefined || used < times))
    const found = left.filter(wanted)
    if (found.length === 0) return undefined
    const refused = sight.refused.find((each) => each.includes('/scim/'))
    return {
      headline,
      evidence: [
        `Changed answers: ${found.map(({ on, effect }) => `${on} (${effect.html ? 'a web page' : (effect.status ?? 'none')})`).join(', ')}; so far ${found.reduce((sum, { used }) => sum + used, 0)} times.`,
        ...(refused === undefined ? [] : [`The newest call that failed: ${refused}.`]),
      ],
      page: kitPage('/faults', 'Faults'),
    }
  }
}

export const SERVER_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'target-throttles',
    source: 'okta 8.2, dialpad F27',
    look: rule(({ effect }) => effect.status === 429, 'Dialpad answers 429: it is asked more often than it allows.'),
  },
  {
    fault: 'empty-filter-is-404',
    source: 'entra-provisioning 12.3',
    look: rule(
      ({ on, effect }) => on.endsWith('.list') && effect.status === 404,
      'A search that finds nobody is answered 404 instead of an empty list.',
    ),
  },
  {
    fault: 'target-answers-a-web-page',
    source: 'dialpad F4',
    look: rule(({ effect }) => effect.html === true, 'Something in front of Dialpad answers SCIM with a web page.'),
  },
  {
    fault: 'target-down',
    source: 'entra-provisioning 6.2',
    look: rule(
      ({ effect }) => effect.drop === true || (effect.status !== undefined && effect.status >= 500),
      "Dialpad's SCIM service is down.",
    ),
  },
]
