import { type Diagnoser, oktaPage } from '../diagnoser.ts'
import type { Sight } from '../sight.ts'

/** Groups that are pushed, and imports. */

const pushPage = (sight: Sight) => oktaPage(sight, 'push', 'Push Groups')

export const OKTA_GROUP_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'okta-pushed-group-deleted',
    source: 'okta 8.2',
    look(sight) {
      const gone = sight.okta.pushes.find(
        ({ targetGroupId }) => targetGroupId !== undefined && sight.dialpad.group(targetGroupId) === undefined,
      )
      if (gone === undefined) return undefined
      return {
        headline: `The pushed group ${gone.targetName} was deleted in Dialpad.`,
        evidence: [`Push of ${gone.targetName}: ${gone.status}. Dialpad has no group ${gone.targetGroupId}.`],
        page: pushPage(sight),
      }
    },
  },
  {
    fault: 'okta-pushed-group-renamed',
    source: 'okta 8.2',
    look(sight) {
      const { okta, dialpad } = sight
      for (const { groupId, targetGroupId, targetName, status } of okta.pushes) {
        const [group, target] = [okta.group(groupId), dialpad.group(targetGroupId ?? '')]
        if (group === undefined || target === undefined || targetName === target.displayName) continue
        return {
          headline: 'A pushed group was renamed in Okta, and Dialpad keeps the old name.',
          evidence: [
            `Okta: "${group.name}"; Dialpad: "${target.displayName}". Push of ${targetName}: ${status}; Dialpad ignores new names.`,
          ],
          page: pushPage(sight),
          isNews: true,
        }
      }
      return undefined
    },
  },
  {
    fault: 'okta-group-assigned-and-pushed',
    source: 'okta 8.1 (12), 8.2',
    look(sight) {
      const assigned = new Set(sight.okta.appGroups.map(({ groupId }) => groupId))
      const both = sight.okta.pushes.find(({ groupId, status }) => assigned.has(groupId) && status !== 'INACTIVE')
      if (both === undefined) return undefined
      return {
        headline: `${both.targetName} is assigned and pushed: its members flap, for the two do not wait for each other.`,
        evidence: [`The group ${both.targetName} is under Assignments and under Push Groups (${both.status}).`],
        page: pushPage(sight),
      }
    },
  },
  {
    fault: 'okta-import-held-back',
    source: 'okta 8.2',
    look(sight) {
      const { imported } = sight.okta
      if (imported?.state !== 'ROADBLOCK') return undefined
      return {
        headline: 'An import stopped at its safeguard: too many assignments would go.',
        evidence: [
          `State of the newest import: ${imported.state}. Assignments held back: ${imported.heldBack?.length ?? 0}.`,
        ],
        page: oktaPage(sight, 'import', 'Import'),
      }
    },
  },
]
