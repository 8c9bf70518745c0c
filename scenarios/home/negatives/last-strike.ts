import type { JournalEntry } from '#kit/journal.ts'
import type { Negative, ProviderName } from '#scenarios/negatives/negative.ts'
import type { MergedEntry } from '../timeline/join-ends.ts'
import type { JournalReader } from '../timeline/read-journals.ts'

/** Newest entries of a kind that are looked at. */
const LOOKED_AT = 40

/** Wall milliseconds after a strike within which Dialpad has judged what it was sent: what comes later is another sign-in. */
const NEAR_MS = 60_000

/** The last sign-in of a provider that went wrong on purpose, and what Dialpad found. */
export interface Strike {
  readonly negative: Negative
  readonly from: ProviderName
  /** Virtual, ISO. */
  readonly at: string
  /** `undefined`: nothing of Dialpad's followed, it was another application. */
  readonly finding: Finding | undefined
}

export interface Finding {
  readonly isRefused: boolean
  /** What was found wrong, in the words of who found it. */
  readonly words: string
  /** On the timeline. */
  readonly href: string
}

/** What became of the negatives armed last, by provider. */
export async function readStrikes(reader: JournalReader, negatives: readonly Negative[]): Promise<readonly Strike[]> {
  const [faults, oidc, saml] = await Promise.all(
    (['fault', 'oidc', 'saml'] as const).map(async (kind) => (await reader.ofKind(kind, LOOKED_AT)).items),
  )
  const verdicts = { oidc: (oidc ?? []).filter(isFinding), saml: (saml ?? []).filter(isFinding) }
  const newest = new Map<ProviderName, Strike>()
  for (const fault of faults ?? []) {
    const negative = negatives.find(({ rule }) => fault.title.startsWith(`Fault on ${rule.on}: ${rule.flaw} (`))
    const from = negative?.from.find((each) => each === fault.system)
    if (negative === undefined || from === undefined) continue
    const found = isDialpadAsked(negative, from)
      ? verdicts[negative.protocol].find((entry) => isSoonAfter(entry, fault) && mayBelong(negative, entry, fault))
      : undefined
    newest.set(from, {
      negative,
      from,
      at: fault.virtualAt,
      finding: found === undefined ? undefined : findingOf(found),
    })
  }
  return [...newest.values()]
}

/** Dialpad takes answers by SAML from either, and has a button for one of them. */
function isDialpadAsked({ protocol }: Negative, from: ProviderName): boolean {
  return protocol === 'saml' || from === 'entra'
}

/** A token is asked for by the application itself, within what it judges; codes and answers come by the browser, under no trace of its. */
function mayBelong({ rule }: Negative, entry: MergedEntry, fault: MergedEntry): boolean {
  return rule.on !== 'oidc.id-token' || entry.correlationId === fault.correlationId
}

function isSoonAfter(entry: MergedEntry, fault: MergedEntry): boolean {
  const laterMs = Date.parse(entry.at) - Date.parse(fault.at)
  return laterMs >= 0 && laterMs < NEAR_MS
}

/** Dialpad's, of a message it judged or of a sign-in that did not come as far. */
function isFinding({ system, to, verdict, response }: MergedEntry): boolean {
  return (to ?? system) === 'dialpad' && (verdict !== undefined || (response?.status ?? 0) >= 400)
}

/** A token may be in order, and whom it is about still not be let in. */
function findingOf({ id, title, verdict, response }: MergedEntry): Finding {
  const failed = verdict?.checks.filter(({ passed }) => !passed) ?? []
  return {
    isRefused: verdict?.accepted !== true || (response?.status ?? 0) >= 400,
    words: failed.length === 0 ? title : failed.map(checkWords).join('; '),
    href: `/timeline/${id}`,
  }
}

function checkWords({ name, found }: NonNullable<JournalEntry['verdict']>['checks'][number]): string {
  return found === undefined ? name : `${name}: ${found}`
}
