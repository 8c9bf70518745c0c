import { z } from 'zod'
import type { Dossier, FoundSubject } from '#kit/control/dossier.ts'
import { isUnreachable, type Neighbour } from '../neighbours.ts'

/** What one system knows of a subject. */
export interface Known {
  readonly system: string
  readonly label: string
  readonly url: string
  readonly dossiers: readonly Dossier[]
  /** It did not answer. */
  readonly isUnreachable: boolean
}

const Reason = z.object({
  code: z.string(),
  words: z.string(),
  rule: z.object({ words: z.string(), source: z.string(), id: z.string().optional() }),
})
const DossierAnswer = z.object({
  dossiers: z.array(
    z.object({
      kind: z.enum(['person', 'group']),
      id: z.string(),
      name: z.string(),
      subjects: z.array(z.string()),
      related: z.array(z.string()),
      standing: z.enum(['working', 'pending', 'stopped', 'deleted']),
      words: z.string(),
      path: z.string().optional(),
      facts: z.array(z.object({ label: z.string(), value: z.string() })),
      apps: z.array(
        z.object({
          app: z.string(),
          id: z.string(),
          assigned: z.array(z.string()),
          account: z.enum(['working', 'off', 'none']),
          accountId: z.string().optional(),
          reason: Reason.optional(),
        }),
      ),
      reason: Reason.optional(),
    }),
  ),
})
const SubjectsAnswer = z.object({
  subjects: z.array(z.object({ kind: z.enum(['person', 'group']), name: z.string(), subject: z.string() })),
})

/** Names asked for at each system at most: what somebody is called elsewhere leads to what they are called here. */
const MOST_ASKED = 6

/**
 * Everything the systems know of a subject. A system that does not know it by this name is asked again by the names the others
 * gave: an address that was changed, the id of an account.
 */
export async function askDossiers(neighbours: readonly Neighbour[], subject: string): Promise<readonly Known[]> {
  const first = await Promise.all(neighbours.map((neighbour) => ask(neighbour, [subject])))
  const kinds = new Set(first.flatMap(({ dossiers }) => dossiers.map(({ kind }) => kind)))
  const names = [
    ...new Set(
      first.flatMap(({ dossiers }) =>
        dossiers.flatMap(({ subjects, apps }) => [...apps.flatMap(({ accountId }) => accountId ?? []), ...subjects]),
      ),
    ),
  ]
    .filter((name) => name !== subject)
    .slice(0, MOST_ASKED)
  return Promise.all(
    neighbours.map(async (neighbour, index): Promise<Known> => {
      const known = first[index]
      if (known === undefined || known.dossiers.length > 0 || known.isUnreachable || names.length === 0) {
        return known ?? ask(neighbour, [subject])
      }
      const again = await ask(neighbour, names)
      return { ...again, dossiers: again.dossiers.filter(({ kind }) => kinds.has(kind)) }
    }),
  )
}

async function ask({ name, label, url, client }: Neighbour, subjects: readonly string[]): Promise<Known> {
  try {
    const answers = await Promise.all(
      subjects.map((subject) => client.call('GET', `/dossiers?${new URLSearchParams({ of: subject })}`)),
    )
    const dossiers = new Map(
      answers
        .flatMap((answer) => DossierAnswer.catch({ dossiers: [] }).parse(answer).dossiers as readonly Dossier[])
        .map((dossier) => [dossier.id, dossier]),
    )
    return { system: name, label, url, dossiers: [...dossiers.values()], isUnreachable: false }
  } catch (error) {
    // A system without such a call refuses it: it knows nobody.
    return { system: name, label, url, dossiers: [], isUnreachable: isUnreachable(error) }
  }
}

/** Somebody found, and where. */
export interface FoundAnywhere extends FoundSubject {
  readonly systems: readonly string[]
}

/** People and groups whose name or address begins with the text, each once, whoever knows them. */
export async function searchSubjects(
  neighbours: readonly Neighbour[],
  text: string,
): Promise<readonly FoundAnywhere[]> {
  const answers = await Promise.all(
    neighbours.map(async ({ label, client }) => {
      const answer = await client.call('GET', `/subjects?${new URLSearchParams({ text })}`).catch(() => undefined)
      return { label, subjects: SubjectsAnswer.catch({ subjects: [] }).parse(answer).subjects }
    }),
  )
  const found = new Map<string, FoundAnywhere>()
  for (const { label, subjects } of answers) {
    for (const each of subjects) {
      const key = `${each.kind} ${each.subject.toLowerCase()}`
      found.set(key, { ...each, systems: [...(found.get(key)?.systems ?? []), label] })
    }
  }
  return [...found.values()]
}
