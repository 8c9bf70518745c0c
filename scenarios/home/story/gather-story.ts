import type { Neighbour } from '../neighbours.ts'
import { joinEnds, type MergedEntry } from '../timeline/join-ends.ts'
import type { JournalReader } from '../timeline/read-journals.ts'
import { askDossiers, type Known } from './ask-dossiers.ts'
import { changesOf, type StoryChange } from './changes.ts'
import { type ClosedDoors, closedDoors } from './doors.ts'
import { type Headline, headlineOf } from './headline.ts'

/** One person's or group's story over all systems. */
export interface Story {
  readonly subject: string
  readonly name: string
  readonly headline: Headline
  readonly known: readonly Known[]
  /** Newest first. */
  readonly changes: readonly StoryChange[]
  /** What said no since they were suspended or deleted. */
  readonly doors: ClosedDoors | undefined
  readonly unreachable: readonly string[]
  /** There was more than is told. */
  readonly isCut: boolean
}

/** Entries read for each name and system. */
const MOST_ENTRIES = 150
/** Names a story looks for: addresses old and new, ids in targets; and groups and apps that concern it. */
const MOST_SUBJECTS = 10
const MOST_RELATED = 12
/** Changes shown, and changes whose own request is looked for. */
const MOST_CHANGES = 60

/** Gather a story: bounded in names, entries and look-ups, whatever the size of the journals and of the company. */
export async function gatherStory(
  { neighbours, reader }: { readonly neighbours: readonly Neighbour[]; readonly reader: JournalReader },
  subject: string,
): Promise<Story> {
  const known = await askDossiers(neighbours, subject)
  const dossiers = known.flatMap((each) => each.dossiers)
  const subjects = [
    ...new Set([
      subject,
      ...dossiers.flatMap(({ subjects: names, apps }) => [
        ...names,
        ...apps.flatMap(({ accountId }) => accountId ?? []),
      ]),
    ]),
  ].slice(0, MOST_SUBJECTS)
  const names = [...new Set(dossiers.flatMap(({ related }) => related))]
    .filter((name) => !subjects.includes(name))
    .slice(0, MOST_RELATED)
  const [own, related] = await Promise.all([reader.about(subjects, MOST_ENTRIES), reader.about(names, MOST_ENTRIES)])
  const changes = changesOf(
    own.items,
    related.items.filter(({ kind }) => kind === 'state'),
  )
  const shown = await Promise.all(changes.slice(-MOST_CHANGES).map((change) => withRequest(reader, change)))
  return {
    subject,
    name: dossiers[0]?.name ?? subject,
    headline: headlineOf(known, shown, subject),
    known,
    doors: closedDoors(own.items, shown),
    changes: shown.toReversed(),
    unreachable: own.unreachable,
    isCut: own.isCut || changes.length > MOST_CHANGES,
  }
}

/** What somebody did on a page or by a call is noted without a name: it is found by its trace, beside the change. */
async function withRequest(reader: JournalReader, change: StoryChange): Promise<StoryChange> {
  if (change.request !== undefined || change.entry.kind !== 'state') return change
  const beside = await reader.beside(change.entry).catch(() => [])
  const request = joinEnds(beside).find(isCause)
  return request === undefined ? change : { ...change, request }
}

function isCause({ kind, request }: MergedEntry): boolean {
  return kind !== 'state' && request?.method !== undefined && request.method !== 'GET'
}
