import type { MergedEntry } from './join-ends.ts'
import type { JournalReader } from './read-journals.ts'
import type { SamlVerdict } from './saml-cards.tsx'
import { type SamlMessage, samlMessageOf } from './saml-message.ts'

/** Newest entries about somebody among which the receiver's is looked for. */
const LOOKED_AT = 60

const verdictIn = ({ title, response }: MergedEntry): SamlVerdict | undefined => {
  if (!/ (accepted|refused)/.test(title)) return undefined
  return {
    accepted: / accepted/.test(title),
    words: title,
    ...(response?.error === undefined ? {} : { detail: response.error }),
  }
}

/** What the receiver of a message found: in the entry itself, or in the receiver's entry of the same message. */
export async function findVerdict(
  reader: JournalReader,
  entry: MergedEntry,
  message: SamlMessage,
): Promise<SamlVerdict | undefined> {
  const own = verdictIn(entry)
  if (own !== undefined || entry.subject === undefined || message.name !== 'Response') return own
  const { items } = await reader.about([entry.subject], LOOKED_AT)
  for (const other of items) {
    const verdict = other.kind === 'saml' ? verdictIn(other) : undefined
    if (verdict !== undefined && samlMessageOf(other)?.id === message.id) {
      return { ...verdict, href: `/timeline/${other.id}` }
    }
  }
  return undefined
}
