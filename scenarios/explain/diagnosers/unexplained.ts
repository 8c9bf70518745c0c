import { type Diagnoser, entraPage } from '../diagnoser.ts'
import { named } from '../finding.ts'

/** What fails without a known cause: told when nothing else is, in the words of the product that keeps trying. */

export const UNEXPLAINED_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'entra-object-fails',
    source: 'entra-provisioning 6.2',
    look(sight) {
      const { entra } = sight
      const inScope = new Map(entra.inScope.map(({ id, userPrincipalName }) => [id, userPrincipalName]))
      const failing = entra.failures.flatMap(({ sourceId, kind, error }) => {
        const name = kind === 'Group' ? entra.group(sourceId)?.displayName : inScope.get(sourceId)
        return name === undefined ? [] : [{ name, error }]
      })
      const [first] = failing
      if (!entra.works || first === undefined) return undefined
      return {
        headline: 'Something fails in Entra and is tried again, less and less often.',
        evidence: [
          `Failing: ${named(failing.map(({ name }) => name))}.`,
          `${first.name}: ${first.error.code}, ${first.error.message}`,
        ],
        page: entraPage(sight, 'provisioning/logs', 'Provisioning > Provisioning logs'),
      }
    },
  },
  {
    fault: 'okta-task-open',
    source: 'okta 2.9',
    look(sight) {
      const { okta } = sight
      const [first] = okta.openTasks
      if (first === undefined) return undefined
      return {
        headline: 'Something failed in Okta and waits for an administrator.',
        evidence: [`Open tasks: ${okta.openTasks.length}. The first: ${first.message}`],
        page: { system: 'okta', path: '/admin/tasks', label: 'Okta, Dashboard > Tasks' },
      }
    },
  },
]
