import { type Diagnoser, dialpadPage, entraPage } from '../diagnoser.ts'
import { named } from '../finding.ts'
import type { Sight } from '../sight.ts'

/** Where what Entra believes of an account and what Dialpad has differ. */

const usersPage = (sight: Sight) => entraPage(sight, 'users', 'Users and groups')

/** Dialpad is never left without somebody who may administer it. */
const LAST_ADMIN = /last Company Admin/i

/** Links of people in scope who may sign in, whose account the job believes to work. */
const working = ({ entra }: Sight) => {
  const inScope = new Map(
    entra.inScope.filter(({ accountEnabled }) => accountEnabled).map((person) => [person.id, person]),
  )
  return entra.links.flatMap((link) => {
    const person = inScope.get(link.sourceId)
    return link.managed && link.active && person !== undefined ? [{ link, person }] : []
  })
}

export const ENTRA_TARGET_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'entra-account-deleted-in-dialpad',
    source: 'entra-provisioning 12.2 (11), 12.3',
    look(sight) {
      if (!sight.entra.works) return undefined
      const gone = working(sight).filter(
        ({ link }) => (sight.dialpad.byId(link.targetId)?.state ?? 'deleted') === 'deleted',
      )
      if (gone.length === 0) return undefined
      return {
        headline: 'An account was deleted in Dialpad by hand, and no cycle makes it again.',
        evidence: [
          `Entra believes these accounts are there: ${named(gone.map(({ person, link }) => `${person.userPrincipalName} (${link.targetId})`))}; Dialpad has deleted them.`,
        ],
        page: entraPage(sight, 'provisioning/on-demand', 'Provisioning > Provision on demand'),
      }
    },
  },
  {
    fault: 'entra-account-suspended-in-dialpad',
    source: 'entra-provisioning 12.2 (10)',
    look(sight) {
      if (!sight.entra.works) return undefined
      const idle = working(sight).filter(({ link }) => sight.dialpad.byId(link.targetId)?.state === 'suspended')
      if (idle.length === 0) return undefined
      return {
        headline:
          'An account was suspended in Dialpad by hand; Entra does not look at it again until the person changes.',
        evidence: [
          `Assigned and enabled in Entra, suspended in Dialpad: ${named(idle.map(({ person }) => person.userPrincipalName))}.`,
        ],
        page: dialpadPage(`users/${idle[0]?.link.targetId}`, 'Users, their page'),
      }
    },
  },
  {
    fault: 'entra-leaver-refused',
    source: 'dialpad 1.4, entra-provisioning 6.2',
    look(sight) {
      const { entra } = sight
      const [first] = entra.leavers
      if (!entra.works || first === undefined) return undefined
      const failure = entra.failure(first.id) ?? ''
      const facts = [
        `Not in scope any more, and still with an account: ${named(entra.leavers.map(({ userPrincipalName }) => userPrincipalName))}.`,
        `${first.userPrincipalName}: ${failure}`,
      ] as const
      const page = usersPage(sight)
      if (entra.leavers.every(({ id }) => LAST_ADMIN.test(entra.failure(id) ?? '')))
        return {
          headline: 'Entra would suspend the last Company Admin of Dialpad, and Dialpad does not let it.',
          evidence: facts,
          page,
          isNews: true,
        }
      return {
        headline: 'Somebody has left scope, and Dialpad refuses to switch the account off.',
        evidence: facts,
        page,
      }
    },
  },
  {
    fault: 'entra-foreign-domain',
    source: 'dialpad F13',
    look(sight) {
      const { entra } = sight
      const refused = entra.inScope.filter(
        ({ id }) => entra.failureCode(id) === 'InvalidDomain' || /domain/i.test(entra.failure(id) ?? ''),
      )
      const [first] = refused
      if (!entra.works || first === undefined) return undefined
      return {
        headline: "Somebody assigned has an address of a domain that is not the company's at Dialpad.",
        evidence: [
          `${named(refused.map(({ userPrincipalName }) => userPrincipalName))}: ${entra.failure(first.id)}`,
          `Domains of the company: ${sight.dialpad.company?.domains.join(', ')}.`,
        ],
        page: entraPage(sight, 'users', 'Users and groups'),
      }
    },
  },
  {
    fault: 'entra-group-renamed',
    source: 'dialpad F16, entra-provisioning 12.2 (31)',
    look(sight) {
      const { entra, dialpad } = sight
      for (const { sourceId, targetId, managed } of entra.groupLinks) {
        const [group, target] = [entra.group(sourceId), dialpad.group(targetId)]
        if (!managed || group === undefined || target === undefined) continue
        if (group.displayName === target.displayName) continue
        return {
          headline: 'A group was renamed in Entra, and Dialpad keeps the old name.',
          evidence: [`Entra: "${group.displayName}"; Dialpad: "${target.displayName}". Dialpad ignores new names.`],
          page: { system: 'entra', path: `/admin/groups/${group.id}/properties`, label: 'Entra, Groups > Properties' },
          isNews: true,
        }
      }
      return undefined
    },
  },
]
