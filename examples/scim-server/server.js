import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { patched } from './patch.js'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** A refusal, as RFC 7644 section 3.12 has it. */
class ScimError extends Error {
  constructor(status, detail, scimType) {
    super(detail)
    this.status = status
    this.scimType = scimType
  }
}

/**
 * A SCIM server for users, in memory: what Entra and Okta need to create, find, change and deactivate people.
 *
 * @param {{ token: string }} settings the bearer token clients have to send
 * @returns {{ server: import('node:http').Server, users: Map<string, object> }} not listening yet, and what it holds, by id
 */
export function createScimServer({ token }) {
  const users = new Map()

  function known(id) {
    const user = users.get(id)
    if (user === undefined) throw new ScimError(404, `There is no user ${id}.`)
    return user
  }

  function saved(user, id) {
    if (typeof user.userName !== 'string' || user.userName === '') {
      throw new ScimError(400, 'A user has a userName.', 'invalidValue')
    }
    // userName is unique without regard to case (RFC 7643 section 4.1.1).
    const name = user.userName.toLowerCase()
    for (const other of users.values()) {
      if (other.id !== id && other.userName.toLowerCase() === name) {
        throw new ScimError(409, `${user.userName} is there already.`, 'uniqueness')
      }
    }
    const now = new Date().toISOString()
    const { password: _never, ...rest } = user
    const meta = { resourceType: 'User', created: users.get(id)?.meta.created ?? now, lastModified: now }
    const record = { schemas: [USER], active: true, ...rest, id, meta }
    users.set(id, record)
    return record
  }

  async function answer(request) {
    if (request.headers.authorization !== `Bearer ${token}`) throw new ScimError(401, 'This token is not known.')
    const { pathname, searchParams } = new URL(request.url, 'http://scim.invalid')
    const [, version, resource, id] = pathname.split('/')
    // Entra's connection test looks for a group, too; this server has none.
    const isGroups = version === 'scim' && resource === 'Groups' && request.method === 'GET' && id === undefined
    if (isGroups) return [200, listOf([], searchParams)]
    if (version !== 'scim' || resource !== 'Users') throw new ScimError(404, `There is nothing at ${pathname}.`)
    switch (`${request.method} ${id === undefined ? 'all' : 'one'}`) {
      case 'GET all':
        return [200, listOf([...users.values()].filter(filterOf(searchParams.get('filter'))), searchParams)]
      case 'POST all':
        return [201, saved(await bodyOf(request), randomUUID())]
      case 'GET one':
        return [200, known(id)]
      case 'PUT one':
        return [200, saved(await bodyOf(request), known(id).id)]
      case 'PATCH one':
        return [200, saved(patched(known(id), (await bodyOf(request)).Operations ?? []), id)]
      case 'DELETE one':
        users.delete(known(id).id)
        return [204]
      default:
        throw new ScimError(405, `${request.method} is not for ${pathname}.`)
    }
  }

  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request).catch((error) => refusal(error))
    response.writeHead(status, { 'content-type': 'application/scim+json' })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  })
  return { server, users }
}

/** One page of what was found. */
function listOf(found, query) {
  const startIndex = Math.max(1, Number(query.get('startIndex') ?? 1))
  const count = Math.min(100, Math.max(0, Number(query.get('count') ?? 100)))
  const Resources = found.slice(startIndex - 1, startIndex - 1 + count)
  return { schemas: [LIST], totalResults: found.length, startIndex, itemsPerPage: Resources.length, Resources }
}

function refusal(error) {
  if (!(error instanceof ScimError)) return [500, { schemas: [ERROR], status: '500', detail: 'Something broke here.' }]
  const { status, scimType, message } = error
  return [status, { schemas: [ERROR], status: String(status), detail: message, ...(scimType && { scimType }) }]
}

async function bodyOf(request) {
  try {
    return JSON.parse(await text(request))
  } catch {
    throw new ScimError(400, 'The body is not JSON.', 'invalidSyntax')
  }
}

/** `userName eq "ada@…"` and the like: the one form both clients look people up with. */
function filterOf(filter) {
  if (filter === null) return () => true
  const [, attribute, value] = /^(userName|externalId|id) eq "([^"]*)"$/i.exec(filter) ?? []
  if (attribute === undefined) throw new ScimError(400, `This filter is not known: ${filter}`, 'invalidFilter')
  const name = { username: 'userName', externalid: 'externalId', id: 'id' }[attribute.toLowerCase()]
  const isExact = name !== 'userName'
  return (user) => {
    const held = user[name] ?? ''
    return isExact ? held === value : held.toLowerCase() === value.toLowerCase()
  }
}
