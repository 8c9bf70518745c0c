import type { JournalVerdict } from '#kit/journal.ts'
import type { MergedEntry } from './join-ends.ts'
import type { JournalReader } from './read-journals.ts'
import { type SamlMessage, samlMessageOf } from './saml-message.ts'

/** What whoever received a message found out about it. */
export interface FoundVerdict {
  readonly verdict: JournalVerdict
  /** The system whose journal tells it. */
  readonly system: string
  /** `SAML answer refused: audience`. */
  readonly words: string
  /** The receiver's entry, when it is another one. */
  readonly href?: string
}

/** Newest entries about somebody, and of SAML altogether, among which the receiver's is looked for. */
const LOOKED_AT = 60

/** What the receiver of a message found: in the entry itself, or in the receiver's entry of the same message. */
export async function findVerdict(
  reader: JournalReader,
  entry: MergedEntry,
  message: SamlMessage | undefined,
): Promise<FoundVerdict | undefined> {
  const { verdict, system, title } = entry
  if (verdict !== undefined) return { verdict, system: entry.to ?? system, words: title }
  if (message?.name !== 'Response') return undefined
  for (const other of await candidates(reader, entry)) {
    if (other.verdict === undefined || samlMessageOf(other)?.id !== message.id) continue
    return { verdict: other.verdict, system: other.system, words: other.title, href: `/timeline/${other.id}` }
  }
  return undefined
}

/** About the same person; a message that was refused names nobody, and is looked for among what was noted last. */
async function candidates(reader: JournalReader, { subject }: MergedEntry): Promise<readonly MergedEntry[]> {
  const about = subject === undefined ? [] : (await reader.about([subject], LOOKED_AT)).items
  const { items } = await reader.ofKind('saml', LOOKED_AT)
  return [...about, ...items].filter(({ kind }) => kind === 'saml')
}
