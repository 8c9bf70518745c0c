import { badRequest } from './errors.ts'
import type { Filter, PatchPath } from './filter.ts'
import { isObject, isUnassigned, ownKey } from './json.ts'
import type { PatchOperation } from './patch-request.ts'

/** What a PATCH does to a group's members, with no need to have them at hand. `add` and `remove` share no id. */
export interface MemberChanges {
  readonly add: readonly string[]
  readonly remove: readonly string[]
  /** The whole new membership; `add` and `remove` are then empty. */
  readonly replaceAll?: readonly string[]
}

export interface MemberOperations {
  readonly members: MemberChanges
  /** The operations that are about something else, in their order. */
  readonly rest: readonly PatchOperation[]
}

export interface MemberOptions {
  /** A removal with a list of values removes those; else it is refused. */
  readonly removeByValue?: boolean
  /** `"7c0d"` for `{"value": "7c0d"}`. */
  readonly bareComplexValues?: boolean
}

/** Folds operations in their order: the last word on an id counts. */
class Membership {
  private all: Set<string> | undefined
  private readonly added = new Set<string>()
  private readonly removed = new Set<string>()

  add(id: string): void {
    if (this.all !== undefined) {
      this.all.add(id)
      return
    }
    this.removed.delete(id)
    this.added.add(id)
  }

  remove(id: string): void {
    if (this.all !== undefined) {
      this.all.delete(id)
      return
    }
    this.added.delete(id)
    this.removed.add(id)
  }

  replaceAll(ids: readonly string[]): void {
    this.all = new Set(ids)
    this.added.clear()
    this.removed.clear()
  }

  changes(): MemberChanges {
    return {
      add: [...this.added],
      remove: [...this.removed],
      ...(this.all === undefined ? {} : { replaceAll: [...this.all] }),
    }
  }
}

function idOf(value: unknown, options: MemberOptions): string {
  if (typeof value === 'string' && options.bareComplexValues && value !== '') return value
  if (isObject(value)) {
    const key = ownKey(value, 'value')
    const id = key === undefined ? undefined : value[key]
    if (typeof id === 'string' && id !== '') return id
  }
  throw badRequest('invalidValue', 'A member must be an object with a "value", the id of the member.')
}

function idsOf(value: unknown, options: MemberOptions): readonly string[] {
  if (isUnassigned(value)) return []
  return (Array.isArray(value) ? value : [value]).map((item) => idOf(item, options))
}

/** The ids `value eq "a" or value eq "b"` selects; `type` beside `value` is passed over. */
function selectedIds(filter: Filter): readonly string[] {
  const name = filter.kind === 'compare' ? filter.path.name.toLowerCase() : undefined
  if (filter.kind === 'compare' && name === 'value' && filter.operator === 'eq' && typeof filter.value === 'string') {
    return [filter.value]
  }
  if (filter.kind === 'or') return filter.filters.flatMap(selectedIds)
  if (filter.kind === 'and') {
    const isKind = (part: Filter) => part.kind === 'compare' && part.path.name.toLowerCase() === 'type'
    const [only, ...more] = filter.filters.filter((part) => !isKind(part))
    if (only !== undefined && more.length === 0) return selectedIds(only)
  }
  throw badRequest('invalidFilter', 'Members can be selected by value eq "…" only.')
}

function isMembersPath(path: PatchPath): path is PatchPath & { readonly kind: 'attribute' } {
  return path.kind === 'attribute' && path.name.toLowerCase() === 'members'
}

function applyToMembers(
  membership: Membership,
  op: PatchOperation['op'],
  path: (PatchPath & { readonly kind: 'attribute' }) | undefined,
  value: unknown,
  options: MemberOptions,
): void {
  if (path?.sub !== undefined) {
    throw badRequest('mutability', 'What a member is cannot be changed; remove the member and add another.')
  }
  if (path?.filter !== undefined) {
    const selected = selectedIds(path.filter)
    if (op !== 'add') for (const id of selected) membership.remove(id)
    if (op !== 'remove') for (const id of idsOf(value, options)) membership.add(id)
    return
  }
  switch (op) {
    case 'add':
      for (const id of idsOf(value, options)) membership.add(id)
      return
    case 'replace':
      membership.replaceAll(idsOf(value, options))
      return
    case 'remove':
      if (value === undefined || value === null) membership.replaceAll([])
      else if (options.removeByValue) for (const id of idsOf(value, options)) membership.remove(id)
      else throw badRequest('invalidValue', 'A removal takes no value; use the path members[value eq "…"].')
  }
}

/**
 * Splits a PATCH of a group into changes of membership and the rest, so that a server that keeps members as pairs works in
 * proportion to the change and not to the group. Removing someone who is no member changes nothing. That ids exist is for
 * the caller to check.
 * @throws ScimError invalidValue (a member without id), invalidFilter (a selection by something else), mutability (a part of a member)
 */
export function extractMemberOperations(
  operations: readonly PatchOperation[],
  options: MemberOptions = {},
): MemberOperations {
  const membership = new Membership()
  const rest: PatchOperation[] = []
  for (const operation of operations) {
    const { op, path, value } = operation
    if (path !== undefined) {
      if (isMembersPath(path)) applyToMembers(membership, op, path, value, options)
      else rest.push(operation)
      continue
    }
    const key = isObject(value) ? ownKey(value, 'members') : undefined
    if (!isObject(value) || key === undefined) {
      rest.push(operation)
      continue
    }
    const { [key]: members, ...others } = value
    applyToMembers(membership, op, undefined, members, options)
    if (Object.keys(others).length > 0) rest.push({ ...operation, value: others })
  }
  return { members: membership.changes(), rest }
}
