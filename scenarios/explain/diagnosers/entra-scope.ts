import { DEFAULT_ACCESS } from '../default-access.ts'
import { type Diagnoser, entraPage, kitPage } from '../diagnoser.ts'
import { named } from '../finding.ts'
import type { Sight } from '../sight.ts'

/** Who is meant, and who the job sees. */

const usersPage = (sight: Sight) => entraPage(sight, 'users', 'Users and groups')

export const ENTRA_SCOPE_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'entra-nobody-assigned',
    source: 'entra-provisioning 12.3',
    look(sight) {
      const { entra } = sight
      if (!entra.works || entra.job?.scope !== 'assigned' || entra.assignments.length > 0) return undefined
      if (entra.heldBack.length > 0) return undefined
      const evidence = `Scope: sync only assigned users and groups. Assignments: 0. Cycles begun: ${entra.run?.begun ?? 0}.`
      const { deletionGuard: guard } = entra.job
      const gone = entra.accounts.all - entra.accounts.working
      // The guard asks an administrator before so many go.
      if (!guard.enabled || gone <= guard.threshold) {
        return {
          headline: 'Provisioning runs, and nobody is assigned to Dialpad.',
          evidence: [evidence],
          page: usersPage(sight),
        }
      }
      return {
        headline: 'Nobody is assigned to Dialpad any more, and an administrator has allowed it.',
        evidence: [
          evidence,
          `Accounts switched off: ${gone}. The deletion guard asks from ${guard.threshold + 1} on, and holds nothing back.`,
        ],
        page: usersPage(sight),
        isNews: true,
      }
    },
  },
  {
    fault: 'entra-filter-case',
    source: 'entra-provisioning 12.2 (16), 12.3',
    look(sight) {
      const { entra } = sight
      for (const { title, clauses } of entra.job?.schema.users.scopingFilters ?? []) {
        for (const { attribute, operator, value } of clauses) {
          if (operator !== 'EQUALS') continue
          const values = entra.inScope.flatMap((person) => {
            const held = person[attribute]
            return typeof held === 'string' ? [held] : []
          })
          const close = values.find((held) => held !== value && held.toLowerCase() === value.toLowerCase())
          if (close === undefined || values.includes(value)) continue
          return {
            headline: 'The scoping filter leaves everybody out: it compares with case.',
            evidence: [
              `Filter "${title}": ${attribute} EQUALS "${value}".`,
              `The directory says "${close}"; nobody has "${value}".`,
            ],
            page: entraPage(sight, 'provisioning/mapping/users/scoping', 'Provisioning > Scoping filters'),
          }
        }
      }
      return undefined
    },
  },
  {
    fault: 'entra-sign-in-blocked',
    source: 'entra-provisioning 12.3',
    look(sight) {
      const { entra, dialpad } = sight
      const people = entra.inScope.filter(
        ({ id, accountEnabled, userPrincipalName }) =>
          !accountEnabled && entra.link(id) === undefined && dialpad.byAddress(userPrincipalName) === undefined,
      )
      if (!entra.works || people.length === 0) return undefined
      return {
        headline: 'Somebody assigned is skipped: their sign-in is blocked, and they never had an account.',
        evidence: [
          `Assigned, accountEnabled false, no account: ${named(people.map(({ userPrincipalName }) => userPrincipalName))}.`,
        ],
        page: { system: 'entra', path: `/admin/users/${people[0]?.id}`, label: 'Entra, Users, their page' },
        isNews: true,
      }
    },
  },
  {
    fault: 'entra-nested-group',
    source: 'entra-provisioning 12.2 (17), dialpad F17',
    look(sight) {
      const [nested] = sight.entra.nested
      if (nested === undefined) return undefined
      const { outer, inner, missed } = nested
      return {
        headline: `Members of ${inner.displayName} get nothing: it is only inside the assigned group ${outer.displayName}.`,
        evidence: [
          `Assigned: ${outer.displayName}. Inside it: the group ${inner.displayName}, which is not assigned.`,
          `Not in scope: ${named(missed.map(({ userPrincipalName }) => userPrincipalName))}.`,
        ],
        page: usersPage(sight),
      }
    },
  },
  {
    fault: 'entra-deletions-held',
    source: 'entra-provisioning 6.3, dialpad F19',
    look(sight) {
      const { entra } = sight
      if (entra.heldBack.length === 0) return undefined
      const people = entra.heldBack.map(({ sourceId }) => entra.person(sourceId)?.userPrincipalName ?? sourceId)
      return {
        headline: 'The deletion guard holds departures back until somebody decides.',
        evidence: [
          `Held back: ${entra.heldBack.length}, more than the threshold of ${entra.job?.deletionGuard.threshold}: ${named(people)}.`,
        ],
        page: entraPage(sight, 'provisioning', 'Provisioning > Overview'),
      }
    },
  },
  {
    fault: 'entra-default-access-excluded',
    source: 'entra-provisioning 12.1, dialpad F5',
    look(sight) {
      const { entra } = sight
      const held = entra.assignments.filter(({ appRoleId }) => appRoleId === DEFAULT_ACCESS)
      if (entra.defaultAccess !== 'excluded' || held.length === 0) return undefined
      return {
        headline: 'Whoever is assigned with the role Default Access is not provisioned.',
        evidence: [`Switch default-access: excluded. Assignments with Default Access: ${held.length}.`],
        page: kitPage('/switches', 'Switches'),
      }
    },
  },
]
