import { type Diagnoser, entraPage } from '../diagnoser.ts'
import { named } from '../finding.ts'
import type { Sight } from '../sight.ts'

/** What the mapping of people does to everybody. */

const mappingPage = (sight: Sight) => entraPage(sight, 'provisioning/mapping/users', 'Provisioning > Attribute mapping')

/** Attributes of the directory that hold an address. */
const ADDRESSES = new Set(['userPrincipalName', 'mail', 'originalUserPrincipalName'])

/** People in scope, who may sign in, without an account as far as the job knows. */
export const waiting = ({ entra }: Sight) =>
  entra.inScope.filter(({ id, accountEnabled }) => accountEnabled && entra.link(id) === undefined)

export const ENTRA_MAPPING_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'entra-create-unticked',
    source: 'entra-provisioning 12.3',
    look(sight) {
      const actions = sight.entra.job?.schema.users.actions
      const people = waiting(sight).map(({ userPrincipalName }) => userPrincipalName)
      if (actions?.create !== false || people.length === 0) return undefined
      return {
        headline: 'Nobody new gets an account: the mapping does not create.',
        evidence: [
          'Target object actions: Create is not ticked.',
          `Assigned and without an account: ${named(people)}.`,
        ],
        page: mappingPage(sight),
      }
    },
  },
  {
    fault: 'entra-update-unticked',
    source: 'entra-provisioning 5.1',
    look(sight) {
      const { entra, dialpad } = sight
      const stale = entra.links.flatMap(({ sourceId, targetId }) => {
        const [source, target] = [entra.person(sourceId), dialpad.byId(targetId)]
        return source?.jobTitle !== undefined && target !== undefined && source.jobTitle !== target.title
          ? [`${source.userPrincipalName} is "${source.jobTitle}" in Entra and "${target.title ?? ''}" in Dialpad`]
          : []
      })
      if (entra.job?.schema.users.actions.update !== false || stale.length === 0) return undefined
      return {
        headline: 'Changes do not reach accounts: the mapping does not update.',
        evidence: ['Target object actions: Update is not ticked.', `${named(stale)}.`],
        page: mappingPage(sight),
      }
    },
  },
  {
    fault: 'entra-delete-unticked',
    source: 'entra-provisioning 12.3',
    look(sight) {
      const { entra, orphans: left } = sight
      if (entra.job?.schema.users.actions.delete !== false || left.length === 0) return undefined
      return {
        headline: 'Accounts of people deleted for good stay in Dialpad: the mapping does not delete.',
        evidence: [
          'Target object actions: Delete is not ticked.',
          `In Dialpad, and not in the directory any more: ${named(left.map(({ emails, state }) => `${emails[0]} (${state})`))}.`,
        ],
        page: mappingPage(sight),
      }
    },
  },
  {
    fault: 'entra-active-unmapped',
    source: 'entra-provisioning 12.3',
    look(sight) {
      const { job } = sight.entra
      const mapped = job?.schema.users.attributeMappings.map(({ targetAttributeName }) => targetAttributeName)
      if (mapped === undefined || mapped.includes('active')) return undefined
      return {
        headline: 'Leavers keep working accounts: nothing is mapped to active.',
        evidence: [`${mapped.length} attributes are mapped; active is not among them.`],
        page: mappingPage(sight),
      }
    },
  },
  {
    fault: 'entra-user-name-not-an-address',
    source: 'dialpad F12',
    look(sight) {
      const source = sight.entra.sourceOf('userName')
      if (source === undefined || ADDRESSES.has(source)) return undefined
      return {
        headline: 'userName is filled from an attribute that is no e-mail address.',
        evidence: [
          `userName is mapped from ${source}.`,
          ...sight.entra.inScope
            .slice(0, 1)
            .map(({ userPrincipalName }) => `Dialpad expects, for example, ${userPrincipalName}.`),
        ],
        page: mappingPage(sight),
      }
    },
  },
  {
    fault: 'entra-match-value-missing',
    source: 'entra-provisioning 12.3',
    look(sight) {
      const matching = sight.entra.job?.schema.users.attributeMappings.filter(
        ({ matchingPriority }) => matchingPriority > 0,
      )
      if (matching?.length !== 1 || matching[0]?.source.name !== 'mail') return undefined
      const people = waiting(sight).filter(({ mail }) => mail === undefined)
      if (people.length === 0) return undefined
      return {
        headline: 'People without a mailbox are skipped: accounts are matched by mail, which they do not have.',
        evidence: [
          `The only matching attribute is ${matching[0].targetAttributeName}, from mail.`,
          `Assigned, without mail: ${named(people.map(({ userPrincipalName }) => userPrincipalName))}.`,
        ],
        page: mappingPage(sight),
      }
    },
  },
]
