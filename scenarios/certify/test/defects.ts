import type { CheckId } from '../certificate.ts'
import { type Answer, answer, type Defect, type Request, refusal } from './faulty-server.ts'

/** Servers that are wrong in one way each, and the checks that must tell, and no others. */
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
]
