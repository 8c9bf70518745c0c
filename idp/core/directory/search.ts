import type { Reader } from '#kit/store/store.ts'
import type { DirectoryGroup, DirectoryShape, DirectoryUser } from './records.ts'
import { foldText, prefixKey } from './search-words.ts'

/** What to list: `text` empty or absent lists everything, by position. */
export interface SearchRequest {
  readonly text?: string
  readonly offset: number
  readonly limit: number
}

export interface SearchPage<T> {
  readonly items: readonly T[]
  /** How many there are altogether; absent for a search, where counting would mean reading every candidate. */
  readonly total?: number
  readonly hasMore: boolean
  /** False when the search gave up after {@link EXAMINED_AT_MOST} candidates: ask for a longer text. */
  readonly isComplete: boolean
}

/** Candidates one search looks at before it gives up, so that no request walks a large directory. */
export const EXAMINED_AT_MOST = 10_000

/**
 * Live users of a tenant, or those whose display name, one of its words, user principal name or mail begins with `text`
 * (case and accents ignored). In order of creation.
 *
 * Cost: without text, stepping over `offset` keys and reading `limit` records. With three letters or more, the users who
 * share the first three letters (nine, for a long text without spaces) up to the page asked for; with one or two letters,
 * live users up to the page asked for; never more than {@link EXAMINED_AT_MOST}.
 */
export function searchUsers(
  reader: Reader<DirectoryShape>,
  tenantId: string,
  request: SearchRequest,
): SearchPage<DirectoryUser> {
  const text = foldText(request.text ?? '')
  return searchIn(reader, 'users', tenantId, text, request, (user: DirectoryUser) =>
    [user.displayName, user.userPrincipalName, user.mail ?? ''].some((value) => beginsWith(value, text)),
  )
}

/** The same for live groups, by display name and its words. */
export function searchGroups(
  reader: Reader<DirectoryShape>,
  tenantId: string,
  request: SearchRequest,
): SearchPage<DirectoryGroup> {
  const text = foldText(request.text ?? '')
  return searchIn(reader, 'groups', tenantId, text, request, (group: DirectoryGroup) =>
    beginsWith(group.displayName, text),
  )
}

function searchIn<C extends 'users' | 'groups'>(
  reader: Reader<DirectoryShape>,
  collection: C,
  tenantId: string,
  text: string,
  { offset, limit }: SearchRequest,
  matches: (record: DirectoryShape[C]) => boolean,
): SearchPage<DirectoryShape[C]> {
  if (text === '') return listLive(reader, collection, tenantId, offset, limit)
  const key = prefixKey(tenantId, text)
  const candidates =
    key === undefined ? reader.findKeys(collection, 'live', tenantId) : reader.findKeys(collection, 'words', key)
  const items: DirectoryShape[C][] = []
  let examined = 0
  let found = 0
  for (const candidate of candidates) {
    if (examined === EXAMINED_AT_MOST) return { items, hasMore: false, isComplete: false }
    examined += 1
    const record = reader.get(collection, candidate)
    if (record === undefined || !matches(record)) continue
    found += 1
    if (found <= offset) continue
    if (items.length === limit) return { items, hasMore: true, isComplete: true }
    items.push(record)
  }
  return { items, hasMore: false, isComplete: true }
}

function listLive<C extends 'users' | 'groups'>(
  reader: Reader<DirectoryShape>,
  collection: C,
  tenantId: string,
  offset: number,
  limit: number,
): SearchPage<DirectoryShape[C]> {
  const total = reader.count(collection, 'live', tenantId)
  const items: DirectoryShape[C][] = []
  let position = 0
  for (const key of reader.findKeys(collection, 'live', tenantId)) {
    if (items.length === limit) break
    position += 1
    if (position <= offset) continue
    const record = reader.get(collection, key)
    if (record !== undefined) items.push(record)
  }
  return { items, total, hasMore: offset + items.length < total, isComplete: true }
}

/** Whether the value, or the rest of it from one of its words on, begins with the folded text. */
function beginsWith(value: string, text: string): boolean {
  const folded = foldText(value)
  return folded.startsWith(text) || folded.includes(` ${text}`)
}
