import type { Request, Response } from 'express'
import { type FilterClause, parseFilter } from './filter.ts'
import { contextOf, type GraphPlace } from './graph-call.ts'
import { badRequest, GraphError, unsupportedQuery } from './graph-error.ts'

/** A request for a list, its options read. */
export interface ListQuery {
  readonly top: number
  /** Where the page begins, in the words of the list. */
  readonly position: number
  readonly select: readonly string[]
  readonly filter: readonly FilterClause[]
  readonly orderBy: string | undefined
  readonly count: boolean
}

/** What a list understands. */
export interface ListAbilities {
  readonly filter?: boolean
  readonly orderBy?: boolean
  readonly count?: boolean
  /** Page size without `$top`, and the largest `$top`. */
  readonly pageSize?: number
  readonly largestPage?: number
}

const OPTIONS = ['$top', '$skiptoken', '$select', '$filter', '$orderby', '$count']
const TOKEN = /^p(\d{1,15})$/

/** Each query option once, as text. @throws {GraphError} for one that is repeated, unknown or not supported. */
function optionsOf(req: Request, understood: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const [given, value] of Object.entries(req.query)) {
    // A dollar sign may be left out (OData 4.01 §11.2.1); what else is in the query belongs to the caller.
    const name = given.startsWith('$') ? given.toLowerCase() : `$${given.toLowerCase()}`
    if (!given.startsWith('$') && !OPTIONS.includes(name)) continue
    if (typeof value !== 'string') throw badRequest(`The query option '${given}' is given more than once.`)
    if (!understood.includes(name)) throw unsupportedQuery(`The query option '${given}' is not supported here.`)
    options.set(name, value)
  }
  return options
}

function namesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** `$select` of a call for one object. @throws {GraphError} for any other option. */
export function readSelect(req: Request): readonly string[] {
  return namesOf(optionsOf(req, ['$select']).get('$select'))
}

/** The query of a list. @throws {GraphError} `Request_BadRequest`, `BadRequest` or `Request_UnsupportedQuery` for what it cannot mean. */
export function readListQuery(req: Request, abilities: ListAbilities = {}): ListQuery {
  const { pageSize = 100, largestPage = 999 } = abilities
  const options = optionsOf(req, [
    '$top',
    '$skiptoken',
    '$select',
    ...(abilities.filter ? ['$filter'] : []),
    ...(abilities.orderBy ? ['$orderby'] : []),
    ...(abilities.count ? ['$count'] : []),
  ])
  const top = options.get('$top')
  if (top !== undefined && !(/^\d{1,6}$/.test(top) && Number(top) >= 1 && Number(top) <= largestPage)) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${largestPage} inclusive.`)
  }
  const token = options.get('$skiptoken')
  const position = token === undefined ? '0' : TOKEN.exec(decodedToken(token))?.[1]
  if (position === undefined) throw badRequest('The value of $skiptoken is not one this service has given.')
  const count = options.get('$count') ?? 'false'
  if (count !== 'true' && count !== 'false') throw badRequest("The value of $count is 'true' or 'false'.")
  const filter = options.get('$filter')
  return {
    top: top === undefined ? pageSize : Number(top),
    position: Number(position),
    select: namesOf(options.get('$select')),
    filter: filter === undefined || filter.trim() === '' ? [] : parseFilter(filter),
    orderBy: options.get('$orderby'),
    count: count === 'true',
  }
}

const decodedToken = (token: string): string => Buffer.from(token, 'base64url').toString('utf8')
const encodedToken = (position: number): string => Buffer.from(`p${position}`).toString('base64url')

/** A page of a list. */
export interface ListPage {
  readonly items: readonly object[]
  /** Where the next page begins; absent on the last. */
  readonly next?: number
  readonly total?: number
}

/**
 * The members of `$select`; all of them without one.
 * @throws {GraphError} `BadRequest` for a property the resource does not have.
 */
export function selected(resource: object, select: readonly string[], type: string): object {
  if (select.length === 0 || select.includes('*')) return resource
  const properties = resource as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    select.map((name) => {
      if (Object.hasOwn(properties, name)) return [name, properties[name]]
      throw new GraphError(
        'BadRequest',
        400,
        `Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
      )
    }),
  )
}

/** Answer with a page: context, the items, and the address of the next page where there is one. */
export function sendPage(
  req: Request,
  res: Response,
  call: Pick<GraphPlace, 'base'>,
  { context, page, query }: { readonly context: string; readonly page: ListPage; readonly query: ListQuery },
): void {
  const [path = ''] = req.originalUrl.split('?')
  const kept = Object.entries(req.query).filter(([name]) => name.toLowerCase() !== '$skiptoken')
  const link = (next: number): string => {
    const options = [...kept, ['$skiptoken', encodedToken(next)]].map(
      ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
    )
    return `${new URL(call.base).origin}${path}?${options.join('&')}`
  }
  const names = query.select.length === 0 ? '' : `(${query.select.join(',')})`
  res.json({
    ...contextOf(call, `${context}${names}`),
    ...(query.count && page.total !== undefined ? { '@odata.count': page.total } : {}),
    ...(page.next === undefined ? {} : { '@odata.nextLink': link(page.next) }),
    value: page.items,
  })
}

/** Records one request looks at before it answers with what it has and a link to go on: no request walks a large directory. */
const EXAMINED_AT_MOST = 2_000
const BATCH = 200

/**
 * A page of those records that pass, read by position. A page may be short, or even empty, and have a next one: the link
 * goes on behind what was examined.
 */
export function collectPage<T>(
  { position, top }: Pick<ListQuery, 'position' | 'top'>,
  read: (offset: number, limit: number) => readonly T[],
  render: (record: T) => object | undefined,
  examinedAtMost = EXAMINED_AT_MOST,
): ListPage {
  const items: object[] = []
  let at = position
  while (items.length < top && at - position < examinedAtMost) {
    const batch = read(at, BATCH)
    for (const record of batch) {
      if (items.length === top) break
      at += 1
      const item = render(record)
      if (item !== undefined) items.push(item)
    }
    if (batch.length < BATCH && items.length < top) return { items }
  }
  return read(at, 1).length === 0 ? { items } : { items, next: at }
}
