import { ENTERPRISE_URN, GROUP_URN, PATCH_URN, USER_URN } from './serve.ts'

/** Requests from good to absurd, the same ones for the same seed. */
export interface FuzzRequest {
  readonly method: string
  /** Below `/scim`. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Dice {
  /** From 0 up to, and without, `limit`. */
  below(limit: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
}

/** The generator known as mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'QUERY'] as const
const SEARCH_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
const TYPES = [
  'application/json',
  'application/scim+json; charset=utf-8',
  'application/scim+json; charset=klingon',
  'application/x-www-form-urlencoded; charset=klingon',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data',
  'application/scim+jsonish',
  '',
] as const

const NAMES = [
  'userName',
  'USERNAME',
  'active',
  'emails',
  'emails.value',
  'emails[type eq "work"].value',
  'emails[',
  'name.familyName',
  'members',
  'members.value',
  'members[value eq "1"]',
  'displayName',
  'externalId',
  'id',
  'meta.created',
  'password',
  'schemas',
  `${ENTERPRISE_URN}:department`,
  `${ENTERPRISE_URN}:manager`,
  `${ENTERPRISE_URN}.manager.value`,
  ENTERPRISE_URN,
  USER_URN,
  'urn:x:y',
  'shoeSize',
  'a.b.c',
  '$ref',
  '__proto__',
  'constructor.prototype',
  '',
  ' ',
  '💥',
] as const

const WORDS = [
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'ge',
  'lt',
  'le',
  'pr',
  'and',
  'or',
  'not',
  '(',
  ')',
  '[',
  ']',
  '"x"',
  '"',
  'true',
  'null',
  '7',
  '1e999',
  '"2026-01-01T00:00:00Z"',
  '\\u0000',
] as const

const junkValues = (): readonly [unknown, ...unknown[]] => [
  null,
  '',
  'x',
  '\u0000',
  '\ud800',
  'True',
  -1,
  1e308,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  [{ value: null }],
  { value: '' },
  { constructor: { prototype: 1 } },
  'x'.repeat(10_000),
  nested(40),
  '{"value":',
  '2026-13-45T99:99:99Z',
]

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** @param known Addresses of resources that are there, or were: `/Users/1`. Half of the requests are sound. */
export function makeRequest(dice: Dice, number: number, known: readonly string[]): FuzzRequest {
  const sound = soundRequest(dice, number, known)
  const text = sound.body === undefined ? undefined : JSON.stringify(sound.body)
  if (dice.chance(0.5)) {
    const body = text === undefined ? {} : { body: text }
    return { method: sound.method, path: sound.path, headers: headersFor(text), ...body }
  }
  const body = text === undefined && dice.chance(0.8) ? undefined : junkBody(dice, sound.body)
  return {
    method: dice.chance(0.15) ? dice.pick(METHODS) : sound.method,
    path: `${dice.chance(0.08) ? dice.pick(STRANGE_PATHS) : sound.path}${query(dice)}`,
    headers: { ...headersFor(body), ...strangeHeaders(dice, body !== undefined) },
    ...(body === undefined ? {} : { body }),
  }
}

function junkBody(dice: Dice, sound: unknown): string {
  const text = JSON.stringify(mutate(dice, sound ?? {}, dice.below(4)))
  return dice.chance(0.12) ? brokenText(dice, text) : text
}

function headersFor(body: string | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-type': 'application/scim+json' }
}

const STRANGE_PATHS = [
  '',
  '/',
  '//',
  '/Users/',
  '/users',
  '/Users/%zz',
  '/Users/%00',
  '/Users/..%2f..%2fGroups',
  '/Users/1/2/3',
  '/Groups/%F0%9F%92%A5',
  '/Me',
  '/Bulk',
  '/Nothing',
  '/v2/v2/Users',
  '/Schemas/x',
  '/.search/x',
] as const

function junkId(dice: Dice): string {
  return dice.pick(['0', '-1', 'x', '%20', '__proto__', 'constructor', '9'.repeat(300), '%C3%A9'])
}

interface SoundRequest {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

function soundRequest(dice: Dice, number: number, known: readonly string[]): SoundRequest {
  const endpoint = dice.pick(['/Users', '/Groups'])
  const there = known.filter((path) => path.startsWith(endpoint))
  const one = dice.chance(0.95) ? (there[dice.below(there.length)] ?? endpoint) : `${endpoint}/${junkId(dice)}`
  const members = known
    .filter((path) => path.startsWith('/Users/'))
    .slice(0, dice.below(4))
    .map((path) => ({ value: path.slice('/Users/'.length) }))
  const person = {
    schemas: [USER_URN, ENTERPRISE_URN],
    userName: `person${number}@x.example`,
    externalId: `n${number}`,
    name: { givenName: 'Per', familyName: 'Son' },
    emails: [{ value: `person${number}@x.example`, type: 'work', primary: true }],
    active: dice.chance(0.8),
    [ENTERPRISE_URN]: { department: 'Main', licenseType: 'dialpad_talk', manager: { value: 'nobody' } },
  }
  const group = { schemas: [GROUP_URN], displayName: `Group ${number}`, members }
  const resource = endpoint === '/Users' ? person : group
  switch (dice.below(9)) {
    case 0:
    case 1:
      return { method: 'POST', path: endpoint, body: resource }
    case 2:
      return { method: 'PUT', path: one, body: resource }
    case 3:
    case 4:
      return { method: 'PATCH', path: one, body: { schemas: [PATCH_URN], Operations: operations(dice, members) } }
    case 5:
      return { method: 'DELETE', path: one }
    case 6:
      return { method: 'GET', path: dice.chance(0.5) ? endpoint : one }
    case 7: {
      const search = { schemas: [SEARCH_URN], filter: filter(dice), sortBy: dice.pick(NAMES), count: dice.below(5) }
      return { method: 'POST', path: `${dice.pick(['', '/Users', '/Groups'])}/.search`, body: search }
    }
    default:
      return { method: 'GET', path: dice.pick(['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', '/']) }
  }
}

function operations(dice: Dice, members: readonly object[]): readonly unknown[] {
  return Array.from({ length: 1 + dice.below(3) }, () => {
    const op = dice.pick(['add', 'replace', 'remove', 'Add', 'Replace', 'Remove', 'move'])
    const path = dice.chance(0.8) ? { path: dice.pick(NAMES) } : {}
    const value = dice.chance(0.5)
      ? dice.pick(junkValues())
      : dice.pick<unknown>(['text', members, { displayName: 'x' }])
    return dice.chance(0.85) ? { op, ...path, value } : { op, ...path }
  })
}

function filter(dice: Dice): string {
  if (dice.chance(0.4)) return `${dice.pick(NAMES)} ${dice.pick(WORDS)} ${dice.pick(WORDS)}`
  return Array.from({ length: 1 + dice.below(12) }, () => dice.pick(dice.chance(0.4) ? NAMES : WORDS)).join(' ')
}

function query(dice: Dice): string {
  if (dice.chance(0.6)) return ''
  const number = dice.pick(['0', '-1', '1', '3', '', 'x', '1e3', '9'.repeat(40), '0x10', '%zz'])
  const parts: readonly [string, ...string[]] = [
    `filter=${encodeURIComponent(filter(dice))}`,
    `startIndex=${number}`,
    `count=${number}`,
    `sortBy=${encodeURIComponent(dice.pick(NAMES))}`,
    `sortOrder=${dice.pick(['ascending', 'DESCENDING', 'up'])}`,
    `attributes=${encodeURIComponent(dice.pick(NAMES))}`,
    `excludedAttributes=${encodeURIComponent(dice.pick(NAMES))},${number}`,
    'filter=a&filter=b',
    'filter[a]=b&__proto__=1&%',
  ]
  return `?${Array.from({ length: 1 + dice.below(3) }, () => dice.pick(parts)).join('&')}`
}

function strangeHeaders(dice: Dice, hasBody: boolean): Readonly<Record<string, string>> {
  return {
    ...(hasBody && dice.chance(0.12) ? { 'content-type': dice.pick(TYPES) } : {}),
    ...(dice.chance(0.04) ? { authorization: dice.pick(['', 'Bearer', 'Bearer x', 'Basic eDp4', 'Bearer  ']) } : {}),
    ...(dice.chance(0.08) ? { 'if-match': dice.pick(['*', 'W/"1"', '"', 'x', ',,,']) } : {}),
    ...(dice.chance(0.08) ? { 'if-none-match': dice.pick(['*', 'W/"1"', '"', 'x']) } : {}),
    ...(dice.chance(0.03) && hasBody ? { 'content-encoding': dice.pick(['gzip', 'br', 'x', 'identity']) } : {}),
    ...(dice.chance(0.05) ? { accept: dice.pick(['text/html', 'image/png', '*/*', 'x']) } : {}),
    ...(dice.chance(0.03) ? { traceparent: 'x', cookie: 'session=%', 'x-http-method-override': 'DELETE' } : {}),
  }
}

/** The value with so many parts of it gone wrong. */
function mutate(dice: Dice, value: unknown, times: number): unknown {
  let result = value
  for (let time = 0; time < times; time += 1) result = mutateOnce(dice, result)
  return result
}

function mutateOnce(dice: Dice, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || dice.chance(0.15)) return dice.pick(junkValues())
  if (Array.isArray(value)) {
    if (value.length === 0 || dice.chance(0.2)) return [...value, dice.pick(junkValues())]
    const at = dice.below(value.length)
    return value.map((item, index) => (index === at ? mutateOnce(dice, item) : item))
  }
  const entries = Object.entries(value)
  const at = dice.below(entries.length + 1)
  if (at === entries.length) return { ...value, [dice.pick(NAMES)]: dice.pick(junkValues()) }
  return Object.fromEntries(
    entries.flatMap(([name, member], index) => {
      if (index !== at) return [[name, member]]
      if (dice.chance(0.2)) return []
      if (dice.chance(0.2)) return [[dice.chance(0.5) ? name.toUpperCase() : dice.pick(NAMES), member]]
      return [[name, mutateOnce(dice, member)]]
    }),
  )
}

function brokenText(dice: Dice, text: string): string {
  return dice.pick([
    text.slice(0, dice.below(text.length)),
    `${text}${text}`,
    '',
    'null',
    '7',
    '"text"',
    '['.repeat(50_000),
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
    `\ufeff${text}`,
    text.replace('{', '{"__proto__":{"polluted":true},'),
    'x'.repeat(300_000),
  ])
}
