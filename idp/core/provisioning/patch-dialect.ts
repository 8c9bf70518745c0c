import { listPathOf, wireElement } from './target-list.ts'
import { isBooleanPath, isFilteredPath, isReferencePath } from './target-path.ts'
import type { AttributeChange, PatchDialect } from './types.ts'

/** One operation of a SCIM PATCH, as sent. */
export interface PatchOperation {
  readonly op: string
  readonly path?: string
  readonly value?: unknown
}

/** A SCIM PATCH body (RFC 7644 §3.5.2). */
export interface PatchBody {
  readonly schemas: readonly ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
  readonly Operations: readonly PatchOperation[]
}

function patchBody(operations: readonly PatchOperation[]): PatchBody {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }
}

/**
 * The PATCH that makes the changes. `legacy` (reference 2.6): one operation per attribute in the order given, verbs
 * capitalised, `Add` where the target showed no value, booleans as the texts `True` and `False`. `compliant` (reference 2.7):
 * verbs in lower case, real booleans, filtered paths, booleans, references and lists as operations of their own, everything
 * else in one operation without path whose keys are the dotted paths; one for what is added, one for what is replaced.
 *
 * Lists are written as a whole under their own path. App roles in the legacy dialect are added as the JSON text of each role,
 * in another shape than at creation, and asserted ones replaced with a verb in lower case (reference 2.8).
 */
export function buildPatch(changes: readonly AttributeChange[], dialect: PatchDialect): PatchBody {
  switch (dialect) {
    case 'legacy':
      return patchBody(changes.map(legacyOperation))
    case 'compliant':
      return patchBody(compliantOperations(changes))
  }
}

function legacyOperation({ path, before, after }: AttributeChange): PatchOperation {
  const op = before === undefined ? 'Add' : 'Replace'
  if (typeof after !== 'object') return { op, path, value: capitalised(after) }
  const listPath = listPathOf(path)
  switch (after.mode) {
    case 'add': {
      const value = after.elements.map((element) =>
        element.legacyText === undefined ? wireElement(path, element) : { value: element.legacyText },
      )
      return { op: 'Add', path: listPath, value }
    }
    case 'replace':
      return { op, path: listPath, value: after.elements.map((element) => wireElement(path, element)) }
    case 'assert':
      return { op: 'replace', path: listPath, value: after.elements.map((element) => wireElement(path, element)) }
  }
}

function capitalised(value: string | number | boolean): string | number {
  if (typeof value !== 'boolean') return value
  return value ? 'True' : 'False'
}

function compliantVerb({ before, after }: AttributeChange): 'add' | 'replace' {
  if (typeof after === 'object' && after.mode !== 'replace') return after.mode === 'add' ? 'add' : 'replace'
  return before === undefined ? 'add' : 'replace'
}

function standsAlone({ path, after }: AttributeChange): boolean {
  return (
    isFilteredPath(path) ||
    isBooleanPath(path) ||
    isReferencePath(path) ||
    typeof after === 'boolean' ||
    typeof after === 'object'
  )
}

function compliantOperations(changes: readonly AttributeChange[]): readonly PatchOperation[] {
  const operations: PatchOperation[] = changes.filter(standsAlone).map((change) => {
    const { path, after } = change
    const op = compliantVerb(change)
    return typeof after === 'object'
      ? { op, path: listPathOf(path), value: after.elements.map((element) => wireElement(path, element)) }
      : { op, path, value: after }
  })
  for (const op of ['add', 'replace'] as const) {
    const folded = changes.filter((change) => !standsAlone(change) && compliantVerb(change) === op)
    if (folded.length === 0) continue
    operations.push({ op, value: Object.fromEntries(folded.map(({ path, after }) => [path, after])) })
  }
  return operations
}

/**
 * The PATCH of a group's members, by target id (reference 2.10): additions first. `legacy` removes with a list of values,
 * `compliant` with one filtered path per member.
 */
export function buildMemberPatch(
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
  dialect: PatchDialect,
): PatchBody {
  const operations: PatchOperation[] = []
  if (add.length > 0) {
    operations.push({
      op: dialect === 'legacy' ? 'Add' : 'add',
      path: 'members',
      value: add.map((value) => ({ $ref: null, value })),
    })
  }
  if (remove.length === 0) return patchBody(operations)
  switch (dialect) {
    case 'legacy':
      operations.push({ op: 'Remove', path: 'members', value: remove.map((value) => ({ value })) })
      break
    case 'compliant':
      // JSON's string form is the filter's (RFC 7644 §3.4.2.2: attribute values follow JSON).
      for (const id of remove) operations.push({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` })
      break
  }
  return patchBody(operations)
}
