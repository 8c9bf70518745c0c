import type { OktaReader } from '../../../collections.ts'
import { ruleAttributes } from '../../../groups/rules/condition.ts'
import type { RuleCondition } from '../../../groups/rules/records.ts'

const OPERATORS = { equals: 'equals', 'starts-with': 'starts with', contains: 'contains' } as const

/** What a list shows after IF. */
export function conditionWords(reader: OktaReader, condition: RuleCondition): string {
  switch (condition.kind) {
    case 'attribute': {
      const { attribute, operator, value } = condition
      const title = ruleAttributes(reader).find(({ name }) => name === attribute)?.title ?? attribute
      return `${title} ${OPERATORS[operator]} "${value}"`
    }
    case 'group': {
      const names = condition.groupIds.map((id) => reader.get('groups', id)?.name ?? 'a deleted group')
      return `Group membership includes any of ${names.join(', ')}`
    }
    case 'expression':
      return condition.expression
  }
}
