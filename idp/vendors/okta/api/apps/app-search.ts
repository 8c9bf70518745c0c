import type { OktaApp } from '../../apps/records.ts'
import type { OktaReader } from '../../collections.ts'
import { ApiError, invalidValue } from '../api-error.ts'
import { type Listing, listingOf } from '../paging.ts'

/** Finding apps (reference sheet 6.3): one comparison, or the beginning of the label or the name. */

const FILTERS = ['status', 'name', 'user.id', 'group.id'] as const

export interface AppFilter {
  readonly attribute: (typeof FILTERS)[number]
  readonly value: string
}

const COMPARISON = /^([\w.]+)\s+eq\s+"((?:[^"\\]|\\.)*)"$/i

/** @throws {ApiError} E0000031 for anything but one `eq` on status, name, user.id or group.id. */
export function parseAppFilter(filter: string): AppFilter {
  const [, given, value] = COMPARISON.exec(filter) ?? []
  const attribute = FILTERS.find((each) => each === given)
  if (attribute === undefined || value === undefined) {
    throw new ApiError('E0000031', {
      causes: [`filter: One comparison of ${FILTERS.join(', ')} by eq, with the value in quotation marks`],
    })
  }
  if (attribute === 'status' && value !== 'ACTIVE' && value !== 'INACTIVE') {
    throw new ApiError('E0000031', { causes: ['filter: A status is ACTIVE or INACTIVE'] })
  }
  return { attribute, value: value.replaceAll(/\\(.)/g, '$1') }
}

const EXPAND = /^user\/(\w{1,40})$/

/** The person of `expand=user/{id}`. @throws {ApiError} E0000001 for another expansion. */
export function expandedUserId(expand: string | undefined): string | undefined {
  if (expand === undefined || expand === '') return undefined
  const userId = EXPAND.exec(expand)?.[1]
  if (userId === undefined) throw invalidValue('expand', 'Only user/{userId} can be expanded')
  return userId
}

/** The apps that pass, in order of creation; those of one person or group by index. */
export function appListing(
  reader: OktaReader,
  { q, filter }: { readonly q: string; readonly filter: AppFilter | undefined },
): Listing<OktaApp> {
  const keep = ({ label, name, status }: OktaApp): boolean =>
    (q === '' || [label, name].some((text) => text.toLowerCase().startsWith(q.toLowerCase()))) &&
    (filter?.attribute !== 'status' || status === filter.value) &&
    (filter?.attribute !== 'name' || name === filter.value)
  const keyOf = ({ id }: OktaApp): string => id
  const ofIds = (ids: readonly string[]): Listing<OktaApp> =>
    listingOf(ids.flatMap((id) => reader.get('apps', id) ?? []).filter(keep), keyOf)
  switch (filter?.attribute) {
    case 'user.id':
      return ofIds(reader.find('appUsers', 'user', filter.value).map(({ appId }) => appId))
    case 'group.id':
      return ofIds(reader.find('appGroups', 'group', filter.value).map(({ appId }) => appId))
    default:
      return {
        count: () => reader.count('apps'),
        page: (offset, limit) => reader.page('apps', offset, limit),
        keyOf,
        keep,
      }
  }
}
