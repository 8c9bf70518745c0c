import type { AttributeMapping, ObjectMapping } from '#idp/core/provisioning/types.ts'

/** How two states of a mapping differ, for somebody who is about to save the second. */
export interface MappingChanges {
  /** Rows added, removed or changed. */
  readonly rows: number
  /** Each difference in a few words, rows first. */
  readonly lines: readonly string[]
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const ACTIONS = [
  ['create', 'Create'],
  ['update', 'Update'],
  ['delete', 'Delete'],
] as const

/** `Create, Update, Delete`; `none` for a mapping that does nothing. */
function actionWords({ actions }: Pick<ObjectMapping, 'actions'>): string {
  const words = ACTIONS.filter(([name]) => actions[name]).map(([, word]) => word)
  return words.length === 0 ? 'none' : words.join(', ')
}

function rowLines(before: readonly AttributeMapping[], after: readonly AttributeMapping[]): readonly string[] {
  const byTarget = new Map(before.map((row) => [row.targetAttributeName, row]))
  const lines = after.flatMap((row) => {
    const old = byTarget.get(row.targetAttributeName)
    byTarget.delete(row.targetAttributeName)
    if (old === undefined) return [`Added: ${row.targetAttributeName}`]
    return isSame(old, row) ? [] : [`Changed: ${row.targetAttributeName}`]
  })
  return [...lines, ...[...byTarget.keys()].map((name) => `Removed: ${name}`)]
}

/** What saving `after` in place of `before` changes. Rows are told apart by the attribute they write. */
export function mappingChanges(before: ObjectMapping, after: ObjectMapping): MappingChanges {
  const rows = rowLines(before.attributeMappings, after.attributeMappings)
  const isReordered = rows.length === 0 && !isSame(before.attributeMappings, after.attributeMappings)
  const others = [
    before.name !== after.name && `Name: ${after.name}`,
    before.enabled !== after.enabled && `Enabled: ${after.enabled ? 'Yes' : 'No'}`,
    !isSame(before.scopingFilters, after.scopingFilters) && 'Source Object Scope',
    before.targetObjectName !== after.targetObjectName && `Target Object: ${after.targetObjectName}`,
    !isSame(before.actions, after.actions) && `Target Object Actions: ${actionWords(after)}`,
    !isSame(before.targetAttributes, after.targetAttributes) && 'Attribute list',
    isReordered && 'Order of the rows',
  ]
  return { rows: rows.length, lines: [...rows, ...others.filter((line) => line !== false)] }
}
