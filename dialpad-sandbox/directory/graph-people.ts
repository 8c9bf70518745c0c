import { z } from 'zod'
import { type Outbound, OutboundFailure } from '#kit/http/outbound.ts'

/** Somebody in the Microsoft directory, as far as basic profiles tell. */
export interface DirectoryPerson {
  readonly id: string
  readonly name: string
  /** `mail`; where there is none, the user name. */
  readonly email: string
}

export type GraphAnswer =
  | { readonly kind: 'people'; readonly people: readonly DirectoryPerson[]; readonly hasMore: boolean }
  /** The token is no good (any more). */
  | { readonly kind: 'unauthorized' }
  /** The token is good, but does not reach so far; Graph's code for it. */
  | { readonly kind: 'denied'; readonly code: string }
  | { readonly kind: 'unreachable'; readonly reason: string }

export interface GraphPeople {
  /** People whose name or address begins with `text`; the first of all for an empty text. Never all of them. */
  search(accessToken: string, text: string, subject: string): Promise<GraphAnswer>
}

/** Wall milliseconds an answer may take. */
const TIMEOUT_MS = 5_000

/** People asked for at once, by each property; no further page is fetched: a longer text finds those. */
const TOP = 20

const SEARCHED = ['displayName', 'surname', 'mail', 'userPrincipalName']

const People = z.looseObject({
  value: z.array(
    z.looseObject({
      id: z.string().min(1),
      displayName: z.string().nullish(),
      mail: z.string().nullish(),
      userPrincipalName: z.string().min(1),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
})

const Problem = z.looseObject({ error: z.looseObject({ code: z.string().regex(/^[\w.-]{1,80}$/) }) })

/**
 * Microsoft Graph, as far as a directory picker needs it: `GET /users` with `$filter=startswith(…)`, in the name of a person who has
 * consented to `User.ReadBasic.All` (permissions reference).
 *
 * @param graph Address in front of `/v1.0`.
 */
export function createGraphPeople(graph: string, outbound: Outbound): GraphPeople {
  async function list(accessToken: string, filter: string | undefined, subject: string): Promise<GraphAnswer> {
    const query = new URLSearchParams({
      ...(filter === undefined ? {} : { $filter: filter }),
      $select: 'id,displayName,mail,userPrincipalName',
      $top: String(TOP),
    })
    try {
      const { status, body } = await outbound.send({
        method: 'GET',
        url: `${graph}/v1.0/users?${query}`,
        headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
        timeoutMs: TIMEOUT_MS,
        subject,
      })
      return readAnswer(status, parseJson(body))
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error
      return { kind: 'unreachable', reason: error.message }
    }
  }

  return {
    async search(accessToken, text, subject) {
      const sought = text.trim().replaceAll("'", "''")
      const filters = sought === '' ? [undefined] : SEARCHED.map((property) => `startswith(${property},'${sought}')`)
      const answers = await Promise.all(filters.map((filter) => list(accessToken, filter, subject)))
      return joined(answers)
    },
  }
}

function readAnswer(status: number, body: unknown): GraphAnswer {
  if (status === 401) return { kind: 'unauthorized' }
  const problem = Problem.safeParse(body)
  if (status === 403) return { kind: 'denied', code: problem.success ? problem.data.error.code : 'Forbidden' }
  const people = People.safeParse(body)
  if (status !== 200 || !people.success) {
    const code = problem.success ? ` (${problem.data.error.code})` : ''
    return { kind: 'unreachable', reason: `Microsoft Graph answered with status ${status}${code}.` }
  }
  return {
    kind: 'people',
    hasMore: people.data['@odata.nextLink'] !== undefined,
    people: people.data.value.map(({ id, displayName, mail, userPrincipalName }) => ({
      id,
      name: displayName || userPrincipalName,
      email: mail || userPrincipalName,
    })),
  }
}

/** Each person once, by name; what went wrong with any of the answers goes for all. */
function joined(answers: readonly GraphAnswer[]): GraphAnswer {
  const people = new Map<string, DirectoryPerson>()
  let hasMore = false
  for (const answer of answers) {
    if (answer.kind !== 'people') return answer
    hasMore ||= answer.hasMore
    for (const person of answer.people) people.set(person.id, person)
  }
  const byName = (one: DirectoryPerson, other: DirectoryPerson): number =>
    one.name.localeCompare(other.name, 'en') || one.email.localeCompare(other.email, 'en')
  return { kind: 'people', people: [...people.values()].sort(byName), hasMore }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No JSON: whoever reads it sees that what it needs is missing.
    return undefined
  }
}
