import type { CheckId } from '../certificate.ts'
import { type Answer, answer, type Defect, type Kind, type Request, refusal, TOKEN } from './faulty-server.ts'

/** Servers that are wrong, or odd, in one way each, and the checks that must tell, and no others. */
export interface PlantedDefect {
  readonly id: string
  readonly defect: () => Defect
  /** In the order of the catalogue. */
  readonly fails?: readonly CheckId[]
  readonly warns?: readonly CheckId[]
  /** Members of the big group; the fewest that show it. */
  readonly members?: number
  /** How long an answer is waited for, milliseconds. */
  readonly timeoutMs?: number
  /** Survived, where that cannot be taken for granted. */
  readonly reached?: readonly CheckId[]
  /** Not reached, where no failure of another check says so. */
  readonly unreached?: readonly CheckId[]
  /** Words of the first finding. */
  readonly says?: string
  /** Users there are beforehand. */
  readonly strangers?: number
  /** Nothing can be taken away. */
  readonly leavesBehind?: true
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const all = (name: string): readonly CheckId[] => [`entra.${name}`, `okta.${name}`, `okta-catalog.${name}`]

type Body = Record<string, unknown>

/** Every resource of an answer: the one, or those of a list. */
function eachResource({ body }: Answer, change: (resource: Body) => void): void {
  if (typeof body !== 'object' || body === null) return
  const { Resources } = body as { Resources?: Body[] }
  if (Resources !== undefined) Resources.forEach(change)
  else if ('id' in body) change(body as Body)
}

const isFilter = ({ method, id, query }: Request): boolean =>
  method === 'GET' && id === undefined && query.get('filter') !== null
const isList = ({ method, id }: Request): boolean => method === 'GET' && id === undefined
const isUser = ({ kind }: Request): boolean => kind === 'Users'

interface Operation {
  op?: unknown
  path?: unknown
  value?: unknown
}
const operationsOf = ({ method, body }: Request): Operation[] =>
  method === 'PATCH' && Array.isArray(body['Operations']) ? (body['Operations'] as Operation[]) : []

/** A store that drops something of what it is sent. */
const forgets = (change: (body: Body) => void): Defect => ({
  before: (request) => {
    if (request.method === 'POST' || request.method === 'PUT') change(request.body)
    return undefined
  },
})

/** A refusal of operations of one shape. */
const refuses = (kind: Request['kind'], is: (operation: Operation) => boolean): Defect => ({
  before: (request) =>
    request.kind === kind && operationsOf(request).some(is)
      ? refusal(400, 'This operation is not understood.')
      : undefined,
})

/** A store in which one attribute never changes. */
function keeps(name: string, kind: Kind = 'Users'): Defect {
  let before: unknown
  return {
    before: (request, shelf) => {
      before = shelf[request.kind].get(request.id ?? '')?.[name]
      return undefined
    },
    after: (given, request, shelf) => {
      const stored = shelf[kind].get(request.id ?? '')
      if (stored === undefined || request.kind !== kind || given.status !== 200) return
      stored[name] = before
      eachResource(given, (resource) => {
        resource[name] = before
      })
    },
  }
}

/** Operations on members of a group that are taken for others. */
const onMembers = (change: (operation: Operation) => Operation | false): Defect => ({
  before: (request) => {
    if (request.kind !== 'Groups') return undefined
    const changed = operationsOf(request).map((each) => (each.path === 'members' && change(each)) || each)
    if (changed.length > 0) request.body['Operations'] = changed
    return undefined
  },
})

const isOp = ({ op }: Operation, name: string): boolean => String(op).toLowerCase() === name

const createsAnna = ({ method, body }: Request): boolean =>
  method === 'POST' && String(body['userName']).includes('-anna@')

/** What happens to the first attempt to create each Anna. */
function atFirst(happens: () => ReturnType<NonNullable<Defect['before']>>): Defect {
  const seen = new Set<unknown>()
  return {
    before: (request) => {
      const { userName } = request.body
      if (!createsAnna(request) || seen.has(userName)) return undefined
      seen.add(userName)
      return happens()
    },
  }
}

const limits = (headers: Record<string, string>): Defect =>
  atFirst(() => ({ ...refusal(429, 'Too many requests.'), headers }))

export const DEFECTS: readonly PlantedDefect[] = [
  {
    id: 'an empty filter result is 404, without a body',
    defect: () => ({
      after: (given, request) => {
        const { totalResults } = (given.body ?? {}) as { totalResults?: number }
        if (isFilter(request) && totalResults === 0) Object.assign(given, answer(404))
      },
    }),
    fails: ['entra.test-connection'],
  },
  {
    id: 'filters are ignored',
    defect: () => ({
      before: (request) => {
        request.query.delete('filter')
        return undefined
      },
    }),
    fails: all('match-miss'),
  },
  {
    id: 'filters are case-sensitive',
    defect: () => ({
      after: (given, request) => {
        const wanted = /userName eq "(.*)"/.exec(request.query.get('filter') ?? '')?.[1]
        const body = given.body as { Resources?: Body[]; totalResults?: number }
        if (!isFilter(request) || wanted === undefined || body.Resources === undefined) return
        body.Resources = body.Resources.filter(({ userName }) => userName === wanted)
        body.totalResults = body.Resources.length
      },
    }),
    fails: all('letter-case'),
  },
  {
    id: 'totalResults is a text',
    defect: () => ({
      after: ({ body }, request) => {
        if (isList(request)) (body as Body)['totalResults'] = String((body as Body)['totalResults'])
      },
    }),
    fails: ['entra.test-connection', 'okta.test-credentials', 'okta-catalog.test-credentials'],
  },
  {
    id: 'lists are bare arrays',
    defect: () => ({
      after: (given, request) => {
        if (isList(request)) given.body = (given.body as Body)['Resources']
      },
    }),
    fails: ['entra.test-connection', 'okta.test-credentials', 'okta-catalog.test-credentials'],
  },
  {
    id: 'answers come as text/html',
    defect: () => ({
      after: (given) => {
        given.headers['content-type'] = 'text/html'
      },
    }),
    fails: ['entra.test-connection'],
    warns: ['okta.media-type', 'okta-catalog.media-type'],
  },
  {
    id: 'any token will do',
    defect: () => ({ takesAnyToken: true }),
    fails: all('wrong-token'),
  },
  {
    id: 'a creation is answered 200',
    defect: () => ({
      after: (given, { method }) => {
        if (method === 'POST' && given.status === 201) given.status = 200
      },
    }),
    warns: all('create-status'),
  },
  {
    id: 'a creation is answered without an id',
    defect: () => ({
      after: (given, request) => {
        if (request.method === 'POST' && isUser(request)) delete (given.body as Body)['id']
      },
    }),
    fails: all('create'),
  },
  {
    id: 'a creation is answered with an empty body',
    defect: () => ({
      after: (given, request) => {
        if (request.method === 'POST' && isUser(request) && given.status === 201) given.body = undefined
      },
    }),
    fails: all('create'),
  },
  {
    id: 'a refusal is an HTML page instead of SCIM',
    defect: () => ({
      after: (given) => {
        if (given.status === 409)
          Object.assign(given, answer(409, '<h1>Conflict</h1>', { 'content-type': 'text/html' }))
      },
    }),
    warns: ['okta.conflict-detail', 'okta-catalog.conflict-detail'],
  },
  {
    id: '409 comes without a body',
    defect: () => ({
      after: (given) => {
        if (given.status === 409) given.body = undefined
      },
    }),
    warns: ['okta.conflict-detail', 'okta-catalog.conflict-detail'],
  },
  {
    id: 'a name that is taken is refused with 400',
    defect: () => ({
      after: (given) => {
        if (given.status === 409) Object.assign(given, refusal(400, 'This name is taken.'))
      },
    }),
    warns: all('conflict'),
  },
  {
    id: 'two users may have one userName',
    defect: () => ({ allowsDuplicates: true }),
    fails: all('conflict'),
  },
  {
    id: 'active is ignored in a creation',
    defect: () => ({
      before: (request) => {
        if (request.method === 'POST' && isUser(request)) request.body['active'] = false
        return undefined
      },
    }),
    fails: all('active'),
  },
  {
    id: 'active cannot be changed: it is ignored',
    defect: () => ({
      before: (request, shelf) => {
        const known = shelf[request.kind].get(request.id ?? '')
        if (known === undefined || !isUser(request)) return undefined
        if (request.method === 'PUT') request.body['active'] = known['active']
        const others = operationsOf(request).filter(
          ({ path, value }) => path !== 'active' && !(typeof value === 'object' && value !== null && 'active' in value),
        )
        if (request.method === 'PATCH' && others.length === 0) return answer(200, known)
        if (request.method === 'PATCH') request.body['Operations'] = others
        return undefined
      },
    }),
    fails: ['entra.disable', 'entra.disable-flag', 'entra.soft-delete', 'okta.deactivate', 'okta-catalog.deactivate'],
  },
  {
    id: 'booleans as texts are refused',
    defect: () => refuses('Users', ({ path, value }) => path === 'active' && typeof value === 'string'),
    fails: ['entra.disable', 'entra.soft-delete'],
  },
  {
    id: 'inactive users are hidden from filters',
    defect: () => ({
      after: (given, request) => {
        const body = given.body as { Resources?: Body[]; totalResults?: number }
        if (!isFilter(request) || body.Resources === undefined) return
        body.Resources = body.Resources.filter(({ active }) => active !== false)
        body.totalResults = body.Resources.length
      },
    }),
    fails: ['okta.inactive-found', 'okta-catalog.inactive-found'],
  },
  {
    id: 'inactive users cannot be read',
    defect: () => ({
      before: ({ method, kind, id }, shelf) =>
        method === 'GET' && kind === 'Users' && shelf.Users.get(id ?? '')?.['active'] === false
          ? refusal(404, 'Not there.')
          : undefined,
    }),
    fails: ['entra.disable', 'entra.disable-flag', 'entra.soft-delete', 'okta.deactivate', 'okta-catalog.deactivate'],
  },
  {
    id: 'PATCH of users is not implemented',
    defect: () => ({
      before: (request) =>
        request.method === 'PATCH' && isUser(request) ? refusal(501, 'Not implemented.') : undefined,
    }),
    fails: [
      'entra.match-hit',
      'entra.manager',
      'entra.update',
      'entra.update-extension',
      'entra.update-multi-valued',
      'entra.update-flag',
      'entra.rename',
      'entra.disable',
      'entra.disable-flag',
      'entra.soft-delete',
      'okta-catalog.password',
      'okta-catalog.deactivate',
    ],
  },
  {
    id: 'PUT of users is not there',
    defect: () => ({
      before: (request) => (request.method === 'PUT' && isUser(request) ? refusal(405, 'No PUT here.') : undefined),
    }),
    fails: [
      ...['match-hit', 'update', 'update-extension', 'rename', 'password', 'deactivate'].map(
        (name): CheckId => `okta.${name}`,
      ),
      ...['match-hit', 'update', 'update-extension', 'rename'].map((name): CheckId => `okta-catalog.${name}`),
      // Reactivated by PATCH, and the profile that follows fails.
      'okta-catalog.reactivate',
    ],
  },
  {
    id: 'PUT is answered 204',
    defect: () => ({
      after: (given, request) => {
        if (request.method === 'PUT' && isUser(request) && given.status === 200) Object.assign(given, answer(204))
      },
    }),
    fails: [
      ...['match-hit', 'update', 'update-extension', 'rename', 'password', 'deactivate'].map(
        (name): CheckId => `okta.${name}`,
      ),
      ...['match-hit', 'update', 'update-extension', 'rename'].map((name): CheckId => `okta-catalog.${name}`),
      'okta-catalog.reactivate',
    ],
  },
  {
    id: 'PATCH without a path is refused',
    defect: () => refuses('Users', ({ path }) => path === undefined),
    fails: ['entra.update-flag', 'okta-catalog.password', 'okta-catalog.deactivate'],
  },
  {
    id: 'op is read in small letters only',
    defect: () => refuses('Users', ({ op }) => op !== String(op).toLowerCase()),
    fails: [
      'entra.match-hit',
      'entra.manager',
      'entra.update',
      'entra.update-extension',
      'entra.update-multi-valued',
      'entra.rename',
      'entra.disable',
      'entra.soft-delete',
    ],
  },
  {
    id: 'dotted keys of a value without a path are ignored',
    defect: () => ({
      before: (request) => {
        for (const { path, value } of operationsOf(request)) {
          if (path !== undefined || typeof value !== 'object' || value === null) continue
          for (const key of Object.keys(value)) if (/[.:]/.test(key)) delete (value as Body)[key]
        }
        return undefined
      },
    }),
    fails: ['entra.update-flag'],
  },
  {
    id: 'a filtered path makes no element: 400 noTarget',
    defect: () => ({
      before: (request, shelf) => {
        const phones = shelf.Users.get(request.id ?? '')?.['phoneNumbers']
        const isMissing = !JSON.stringify(phones ?? '').includes('mobile')
        return isMissing && operationsOf(request).some(({ path }) => String(path).includes('"mobile"'))
          ? refusal(400, 'noTarget')
          : undefined
      },
    }),
    fails: ['entra.update-multi-valued'],
  },
  {
    id: 'a manager as a bare id is refused',
    defect: () => refuses('Users', ({ path, value }) => String(path).endsWith(':manager') && typeof value === 'string'),
    fails: ['entra.manager'],
  },
  {
    id: 'the manager is shown as a bare id',
    defect: () => ({
      after: (given) =>
        eachResource(given, (user) => {
          const extension = user[ENTERPRISE] as { manager?: { value?: string } | string } | undefined
          if (typeof extension?.manager === 'object') extension.manager = extension.manager.value ?? ''
        }),
    }),
    fails: ['entra.manager'],
  },
  {
    id: 'externalId is lost',
    defect: () => forgets((body) => delete body['externalId']),
    fails: all('external-id'),
  },
  {
    id: 'the enterprise extension is dropped',
    defect: () => ({
      after: (given) => eachResource(given, (user) => delete user[ENTERPRISE]),
    }),
    fails: [
      'entra.enterprise-extension',
      'entra.manager',
      'okta.enterprise-extension',
      'okta-catalog.enterprise-extension',
    ],
  },
  {
    id: 'answers come as application/json',
    defect: () => ({
      after: (given) => {
        given.headers['content-type'] = 'application/json'
      },
    }),
    fails: ['entra.test-connection'],
  },
  {
    id: 'media types have a parameter: everybody copes',
    defect: () => ({
      after: (given) => {
        given.headers['content-type'] = 'application/scim+json; charset=utf-8'
      },
    }),
  },
  {
    id: 'PATCH is answered 204: everybody copes',
    defect: () => ({
      after: (given, { method }) => {
        if (method === 'PATCH' && given.status === 200) Object.assign(given, answer(204))
      },
    }),
  },
  {
    id: 'PUT of groups is answered 204',
    defect: () => ({
      after: (given, { method, kind }) => {
        if (method === 'PUT' && kind === 'Groups' && given.status === 200) Object.assign(given, answer(204))
      },
    }),
    fails: ['okta.group-members', 'okta.group-rename'],
  },
  {
    id: 'a plus sign in a query is not read as a space',
    defect: () => ({
      before: (request) => (/\+eq\+/.test(request.search) ? refusal(400, 'Invalid filter.') : undefined),
    }),
    fails: ['entra.test-connection'],
  },
  {
    id: 'a filter with an apostrophe breaks the query',
    defect: () => ({
      before: (request) => (request.query.get('filter')?.includes("'") ? refusal(500, 'Syntax error.') : undefined),
    }),
    fails: all('special-characters'),
  },
  {
    id: 'names lose what is not ASCII',
    defect: () =>
      forgets((body) => {
        if (body['name'] === undefined) return
        body['name'] = JSON.parse(JSON.stringify(body['name']).replaceAll(/[^ -~]/g, '?'))
      }),
    fails: all('unicode'),
  },
  {
    id: 'e-mail addresses lose which of them is primary',
    defect: () => ({
      after: (given) =>
        eachResource(given, (user) => {
          for (const email of (user['emails'] ?? []) as Body[]) delete email['primary']
        }),
    }),
    fails: ['okta.create', 'okta-catalog.create'],
  },
  {
    id: 'phone numbers are dropped',
    defect: () => forgets((body) => delete body['phoneNumbers']),
    fails: all('multi-valued'),
  },
  {
    id: 'a list is spelled resources',
    defect: () => ({
      after: (given, request) => {
        if (!isList(request)) return
        const { Resources, ...rest } = given.body as Body
        given.body = { ...rest, resources: Resources }
      },
    }),
    fails: ['entra.match-hit'],
  },
  {
    id: 'a wrong token is answered 500',
    defect: () => ({
      after: (given) => {
        if (given.status === 401) Object.assign(given, refusal(500, 'Unexpected token.'))
      },
    }),
    warns: all('wrong-token'),
  },
  {
    id: 'a wrong token is answered 403: everybody copes',
    defect: () => ({
      after: (given) => {
        if (given.status === 401) Object.assign(given, refusal(403, 'Forbidden.'))
      },
    }),
  },
  {
    id: 'refusals repeat the token',
    defect: () => ({
      after: (given) => {
        if (given.status === 409) Object.assign(given, refusal(400, `Not for ${TOKEN}.`))
      },
    }),
    warns: all('conflict'),
  },
  {
    id: 'the id of a creation is not the id it has',
    defect: () => ({
      after: (given, request) => {
        if (request.method === 'POST' && isUser(request) && given.status === 201) (given.body as Body)['id'] += '-new'
      },
    }),
    fails: all('stable-id'),
  },
  {
    id: 'a change of userName changes the id',
    defect: () => ({
      after: (given, request, shelf) => {
        const { id, userName } = (given.body ?? {}) as { id?: string; userName?: string }
        if (given.status !== 200 || request.id === undefined || !String(userName).includes('renamed')) return
        if (id === undefined || !shelf.Users.has(id)) return
        const moved = { ...(given.body as Body), id: `${id}-renamed` }
        shelf.Users.delete(id)
        shelf.Users.set(moved.id, moved)
        given.body = moved
      },
    }),
    fails: all('rename'),
  },
  {
    id: 'userName cannot be changed: it is ignored',
    defect: () => keeps('userName'),
    fails: all('rename'),
  },
  {
    id: 'title cannot be changed: it is ignored',
    defect: () => keeps('title'),
    fails: ['entra.update', 'entra.update-flag', 'okta.update', 'okta-catalog.update'],
  },
  {
    id: 'the department cannot be changed: it is ignored',
    defect: () => ({
      after: (given, request, shelf) => {
        const stored = shelf.Users.get(request.id ?? '')?.[ENTERPRISE] as Body | undefined
        if (request.method === 'GET' || stored?.['department'] !== 'Support') return
        stored['department'] = 'Sales'
        eachResource(given, (user) => Object.assign(user[ENTERPRISE] ?? {}, { department: 'Sales' }))
      },
    }),
    fails: ['entra.update-extension', 'entra.update-flag', 'okta.update-extension', 'okta-catalog.update-extension'],
  },
  {
    id: 'a password cannot be changed',
    defect: () => ({
      before: ({ method, body }) =>
        method !== 'POST' && JSON.stringify(body).includes('"password"')
          ? refusal(400, 'Passwords are set elsewhere.')
          : undefined,
    }),
    fails: ['okta.password', 'okta-catalog.password'],
  },
  {
    id: 'an inactive account cannot be changed',
    defect: () => ({
      before: ({ method, kind, id }, shelf) =>
        (method === 'PUT' || method === 'PATCH') && kind === 'Users' && shelf.Users.get(id ?? '')?.['active'] === false
          ? refusal(400, 'The account is inactive.')
          : undefined,
    }),
    fails: ['entra.enable', 'entra.enable-flag', 'okta.reactivate', 'okta-catalog.reactivate'],
  },
  {
    id: 'users cannot be deleted: 405',
    defect: () => ({
      before: (request) =>
        request.method === 'DELETE' && isUser(request) ? refusal(405, 'No DELETE here.') : undefined,
    }),
    fails: ['entra.delete'],
    unreached: ['entra.rematch', 'okta.unknown-id', 'okta-catalog.unknown-id'],
    leavesBehind: true,
  },
  {
    id: 'groups cannot be deleted: 405',
    defect: () => ({
      before: (request) =>
        request.method === 'DELETE' && !isUser(request) ? refusal(405, 'No DELETE here.') : undefined,
    }),
    fails: all('group-delete'),
    leavesBehind: true,
  },
  {
    id: 'DELETE is answered 204, and nothing is deleted',
    defect: () => ({ before: ({ method }) => (method === 'DELETE' ? answer(204) : undefined) }),
    fails: ['entra.delete', 'entra.rematch', 'okta.unknown-id', 'okta-catalog.unknown-id', ...all('group-delete')],
    leavesBehind: true,
  },
  {
    id: 'an unknown id is answered 500',
    defect: () => ({
      after: (given, { id }) => {
        if (given.status === 404 && id !== undefined) Object.assign(given, refusal(500, 'Null reference.'))
      },
    }),
    fails: ['entra.rematch', 'okta.unknown-id', 'okta-catalog.unknown-id'],
  },
  {
    id: 'a name that was deleted stays taken',
    defect: () => {
      const deleted = new Set<unknown>()
      return {
        before: ({ method, kind, id, body }, shelf) => {
          if (kind !== 'Users') return undefined
          if (method === 'DELETE') deleted.add(shelf.Users.get(id ?? '')?.['userName'])
          return method === 'POST' && deleted.has(body['userName']) ? refusal(409, 'The name is taken.') : undefined
        },
      }
    },
    fails: ['entra.rematch'],
  },
  {
    id: 'the answer to a creation comes too late',
    defect: () => atFirst(() => 'silence'),
    timeoutMs: 3_000,
    fails: ['entra.create'],
    says: 'within 3000 ms',
  },
  {
    id: 'the connection is cut during a creation',
    defect: () => atFirst(() => 'cut'),
    fails: all('create'),
  },
  {
    id: 'two of many who come at once get one account',
    defect: () => {
      let first: string | undefined
      return {
        after: (given, { method, body }) => {
          if (method !== 'POST' || given.status !== 201 || !/-m\d{3}@/.test(String(body['userName']))) return
          const made = given.body as Body
          first ??= String(made['id'])
          made['id'] = first
        },
      }
    },
    fails: all('many-at-once'),
  },
  {
    id: 'asks for patience in seconds: everybody waits',
    defect: () => limits({ 'retry-after': '2' }),
    reached: all('rate-limit'),
  },
  {
    id: 'asks for patience until an instant',
    defect: () => limits({ 'retry-after': 'Mon, 06 Jul 2026 10:00:02 GMT' }),
    reached: ['entra.rate-limit'],
    warns: ['okta.rate-limit', 'okta-catalog.rate-limit'],
  },
  {
    id: 'asks for patience without saying how long',
    defect: () => limits({}),
    fails: ['entra.create', 'entra.rate-limit'],
    warns: ['okta.rate-limit', 'okta-catalog.rate-limit'],
  },
  {
    id: 'there are no groups',
    defect: () => ({ before: (request) => (isUser(request) ? undefined : refusal(404, 'There is nothing here.')) }),
    fails: ['entra.test-connection', 'okta.test-credentials', 'okta-catalog.test-credentials'],
  },
  {
    id: 'PATCH of groups is not implemented',
    defect: () => ({
      before: (request) =>
        request.method === 'PATCH' && !isUser(request) ? refusal(501, 'Not implemented.') : undefined,
    }),
    fails: ['entra.group-members', 'okta-catalog.group-members', 'okta-catalog.group-rename'],
  },
  {
    id: 'PUT of groups is not there',
    defect: () => ({
      before: (request) => (request.method === 'PUT' && !isUser(request) ? refusal(405, 'No PUT here.') : undefined),
    }),
    fails: ['okta.group-members', 'okta.group-rename'],
  },
  {
    id: 'a group keeps its first hundred members alone',
    defect: () => ({
      after: (given, request, shelf) => {
        const members = shelf.Groups.get(request.id ?? '')?.['members']
        if (Array.isArray(members)) members.splice(100)
        eachResource(given, (group) => Array.isArray(group['members']) && group['members'].splice(100))
      },
    }),
    members: 101,
    // By PATCH, in batches, and by PUT, at once.
    fails: ['entra.group-members', 'okta.group-members'],
  },
  {
    id: 'members are shown as bare ids',
    defect: () => ({
      after: (given) =>
        eachResource(given, (group) => {
          const { members } = group as { members?: Body[] }
          if (members !== undefined) group['members'] = members.map(({ value }) => value)
        }),
    }),
    fails: all('group-members'),
  },
  {
    id: 'a group that is read always has its members',
    defect: () => ({
      before: ({ query }) => {
        query.delete('excludedAttributes')
        return undefined
      },
    }),
    fails: ['entra.group-read'],
  },
  {
    id: 'members that are added replace those there are',
    defect: () => onMembers((operation) => isOp(operation, 'add') && { ...operation, op: 'replace' }),
    fails: ['entra.member-add', 'okta-catalog.member-add'],
  },
  {
    id: 'members that replace are added to those there are',
    defect: () => onMembers((operation) => isOp(operation, 'replace') && { ...operation, op: 'add' }),
    fails: ['okta-catalog.push-now'],
  },
  {
    id: 'a removal of one member by value removes all',
    defect: () =>
      onMembers(
        (operation) => isOp(operation, 'remove') && operation.value !== undefined && { op: 'remove', path: 'members' },
      ),
    fails: ['entra.member-remove'],
  },
  {
    id: 'members[value eq "…"] is not understood',
    defect: () => refuses('Groups', ({ path }) => String(path).startsWith('members[')),
    fails: ['entra.member-remove-flag', 'okta-catalog.member-remove'],
  },
  {
    id: 'the name of a group cannot be changed: it is ignored',
    defect: () => keeps('displayName', 'Groups'),
    fails: all('group-rename'),
  },
  {
    id: 'startIndex is ignored',
    defect: () => ({
      before: ({ query }) => {
        query.delete('startIndex')
        return undefined
      },
    }),
    strangers: 100,
    fails: ['okta.import', 'okta-catalog.import'],
  },
  {
    id: 'pages hold fifty at most',
    defect: () => ({
      before: ({ query }) => {
        if (Number(query.get('count') ?? 0) > 50) query.set('count', '50')
        return undefined
      },
    }),
    strangers: 60,
    fails: ['okta.import', 'okta-catalog.import'],
  },
  {
    id: 'totalResults counts the page alone',
    defect: () => ({
      after: ({ body }, request) => {
        if (isList(request)) (body as Body)['totalResults'] = (body as Body)['itemsPerPage']
      },
    }),
    strangers: 100,
    fails: ['okta.import', 'okta-catalog.import'],
  },
]
