/**
 * The server as `certify` itself sees it: to put accounts there beforehand, to look what has become of one, and to clean up.
 * None of this is counted as a client's behaviour.
 */

export type Json = Readonly<Record<string, unknown>>

export interface ServerUnderTest {
  readonly url: string
  /** A user put there by hand. @returns its id; `undefined` when the server takes none. */
  make(userName: string): Promise<string | undefined>
  /** What is there under an id; `undefined` when it is not there, or not readable. */
  read(kind: 'Users' | 'Groups', id: string): Promise<Json | undefined>
  remove(kind: 'Users' | 'Groups', id: string): Promise<boolean>
  /** Ids of users or groups of exactly this name, whatever the filter does. */
  named(kind: 'Users' | 'Groups', name: string): Promise<readonly string[]>
}

/** Nobody answers at the address. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable'
}

const MEDIA_TYPE = 'application/scim+json'
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'

export interface ServerAddress {
  readonly url: string
  readonly token: string
  /** How long an answer is waited for. */
  readonly timeoutMs: number
}

export function createServerUnderTest({ url, token, timeoutMs }: ServerAddress): ServerUnderTest {
  async function call(method: string, path: string, body?: object): Promise<{ status: number; body?: Json }> {
    let response: Response
    let text: string
    try {
      response = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          accept: MEDIA_TYPE,
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': MEDIA_TYPE }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      text = await response.text()
    } catch {
      return { status: 0 }
    }
    try {
      const parsed: unknown = JSON.parse(text)
      return typeof parsed === 'object' && parsed !== null
        ? { status: response.status, body: parsed as Json }
        : { status: response.status }
    } catch {
      return { status: response.status }
    }
  }
  const at = (kind: string, id: string): string => `/${kind}/${encodeURIComponent(id)}`
  const isDone = ({ status }: { readonly status: number }): boolean => status >= 200 && status < 300

  return {
    url,
    async make(userName) {
      const name = { givenName: 'Made', familyName: 'Beforehand', formatted: 'Made Beforehand' }
      const emails = [{ value: userName, type: 'work', primary: true }]
      const made = await call('POST', '/Users', {
        schemas: [USER],
        userName,
        name,
        displayName: 'Made',
        emails,
        active: true,
      })
      const id = made.body?.['id']
      return isDone(made) && typeof id === 'string' ? id : undefined
    },
    async read(kind, id) {
      const answer = await call('GET', at(kind, id))
      return isDone(answer) ? answer.body : undefined
    },
    remove: async (kind, id) => {
      const { status } = await call('DELETE', at(kind, id))
      return status === 404 || isDone({ status })
    },
    async named(kind, name) {
      const attribute = kind === 'Users' ? 'userName' : 'displayName'
      const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(name)}`)
      const { body } = await call('GET', `/${kind}?filter=${filter}`)
      const resources = body?.['Resources']
      if (!Array.isArray(resources)) return []
      return (resources as Json[]).flatMap((each) =>
        typeof each['id'] === 'string' && String(each[attribute]).toLowerCase() === name.toLowerCase()
          ? [each['id']]
          : [],
      )
    },
  }
}

/** @throws {ServerUnreachable} when there is no answer of any kind. */
export async function mustAnswer({ url, timeoutMs }: Omit<ServerAddress, 'token'>): Promise<void> {
  try {
    await fetch(`${url}/Users?count=1`, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    throw new ServerUnreachable(`No SCIM server answers at ${url}.${cause === '' ? '' : ` ${cause}`}`)
  }
}
