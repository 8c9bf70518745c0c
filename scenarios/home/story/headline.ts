import type { AppStanding, Dossier, DossierReason, Rule } from '#kit/control/dossier.ts'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { labelOf } from '../neighbours.ts'
import type { MergedEntry } from '../timeline/join-ends.ts'
import type { Known } from './ask-dossiers.ts'
import type { StoryChange } from './changes.ts'

/** The answer to "why is it as it is", in a sentence, with the rules and the entries it rests on. */
export interface Headline {
  readonly text: string
  readonly rules: readonly Rule[]
  readonly evidence: readonly MergedEntry[]
}

/** The system accounts are provisioned to; the others are directories. */
const TARGET = 'dialpad'

/** Reasons of the target that no directory has a part in. */
const BY_HAND: ReadonlySet<string> = new Set(['by-hand', 'by-api', 'by-kit'])

interface Facts {
  readonly name: string
  readonly target: Dossier | undefined
  readonly directories: readonly { readonly label: string; readonly system: string; readonly dossier: Dossier }[]
  readonly changes: readonly StoryChange[]
}

/** Computed from what each system knows now, and from what the journals say of how it came about. Pure. */
export function headlineOf(known: readonly Known[], changes: readonly StoryChange[], subject: string): Headline {
  const first = known.flatMap(({ dossiers }) => dossiers)[0]
  if (first === undefined) {
    const last = changes.at(-1)
    return last === undefined
      ? { text: `Nobody knows ${subject}, and no journal speaks of it.`, rules: [], evidence: [] }
      : { text: `No system has ${subject} any more. Last: ${sentence(last.entry)}.`, rules: [], evidence: [last.entry] }
  }
  const facts: Facts = {
    name: first.name,
    target: known.find(({ system }) => system === TARGET)?.dossiers[0],
    directories: known.flatMap(({ system, label, dossiers: [dossier] }) =>
      system === TARGET || dossier === undefined ? [] : [{ system, label, dossier }],
    ),
    changes,
  }
  if (facts.target === undefined) return absent(facts)
  switch (facts.target.standing) {
    case 'stopped':
      return gone(facts, facts.target, 'Suspended', 'suspended', 'active=false')
    case 'deleted':
      return gone(facts, facts.target, 'Deleted', 'deleted', 'DELETE')
    case 'working':
    case 'pending':
      return present(facts, facts.target)
  }
}

/** Suspended or deleted: since when, who sent it, and what had happened there before. */
function gone(
  { name, directories, changes }: Facts,
  target: Dossier,
  word: string,
  verb: string,
  sent: string,
): Headline {
  const change = changes.findLast(({ entry }) => entry.system === TARGET && entry.title.endsWith(` ${verb}`))
  const since = change === undefined ? '' : ` since ${timeOf(change.entry)}`
  const opening = `${word} in Dialpad${since}, because`
  const request = change?.request
  const sender = directories.find(({ system }) => system === request?.from)
  const isByHand = target.reason !== undefined && BY_HAND.has(target.reason.code)
  if (isByHand || (request !== undefined && request.from === undefined)) {
    const words = isByHand ? target.reason?.words : `was ${verb} by hand, and no directory asked for it`
    return told(`${opening} ${name} ${words}`, [target.reason], [change?.entry, request])
  }
  const reasons = reasonsOf(directories)
  const decisive = reasons.find(({ system }) => system === (sender?.system ?? request?.from)) ?? reasons[0]
  if (request?.from === undefined) {
    const because =
      decisive === undefined
        ? 'a directory asked for it; the journals no longer say which'
        : `${decisive.label}: ${name} ${decisive.reason.words}`
    return told(`${opening} ${because}`, [decisive?.reason, target.reason], [change?.entry])
  }
  const after =
    change?.source === undefined ? '' : ` after "${change.source.title}"${besides(change.source, change.entry)}`
  const why = decisive === undefined || decisive.system !== request.from ? '' : `: ${name} ${decisive.reason.words}`
  return told(
    `${opening} ${labelOf(request.from)} sent ${sent}${besides(request, change?.entry)}${after}${why}`,
    [decisive?.reason, target.reason],
    [change?.entry, request, change?.source],
  )
}

/** Nothing of them in the target. */
function absent({ name, directories, changes }: Facts): Headline {
  const reasons = reasonsOf(directories)
  if (directories.every(({ dossier }) => dossier.apps.length === 0)) {
    return told(`${name} is not in Dialpad, because no directory provisions it yet`, [], [])
  }
  const refused = changes.findLast(({ entry }) => (entry.response?.status ?? 0) >= 400)
  // A reason of somebody assigned says more than that of a directory which has nothing to do with them.
  const decisive = reasons.find(({ app }) => app.assigned.length > 0) ?? reasons[0]
  if (decisive === undefined) return unexplained(name, directories)
  const others = reasons.filter((each) => each !== decisive && each.reason.code === decisive.reason.code)
  const where = [decisive, ...others].map(({ label }) => label).join(' and ')
  const attempt =
    decisive.reason.code === 'failed' && refused !== undefined
      ? `; Dialpad answered ${refused.entry.response?.status} at ${timeOf(refused.entry)}`
      : ''
  return told(
    `${name} is not in Dialpad, because in ${where} ${name} ${decisive.reason.words}${attempt}`,
    [decisive.reason],
    [attempt === '' ? undefined : refused?.entry],
  )
}

/** A group without a counterpart is nothing odd; an account that the directory counts on is. */
function unexplained(name: string, directories: Facts['directories']): Headline {
  const isGroup = directories.some(({ dossier }) => dossier.kind === 'group')
  const apps = directories.flatMap(({ dossier }) => dossier.apps)
  if (isGroup && apps.every(({ account }) => account === 'none')) {
    const assigned = apps.some((app) => app.assigned.length > 0)
      ? 'is assigned, which gives its people accounts, and'
      : ''
    return told(`The group ${name} ${assigned} is not pushed to Dialpad itself`.replace('  ', ' '), [], [])
  }
  return told(`${name} is not in Dialpad although the directories count on it: it was deleted there`, [], [])
}

/** There and working: why, and what is odd about it. */
function present({ name, directories, changes }: Facts, target: Dossier): Headline {
  const change = changes.findLast(
    ({ entry }) => entry.system === TARGET && / (reactivated|created .*|restored.*)$/.test(entry.title),
  )
  const since = change === undefined ? '' : ` since ${timeOf(change.entry)}`
  const opening = `${name} is ${target.words.toLowerCase()} in Dialpad${since}`
  const managed = directories.filter(({ dossier }) => dossier.apps.some(({ assigned }) => assigned.length > 0))
  const odd = reasonsOf(directories).find(
    ({ app, reason }) => app.account === 'working' || reason.code === 'suspended-still-rings',
  )
  if (odd !== undefined) {
    const happened = changes.findLast(({ entry }) => entry.system === odd.system && entry.kind === 'state')
    const stopped = odd.dossier.standing === 'stopped' && happened !== undefined
    return told(
      `${opening} although ${odd.label} says: ${name} ${odd.reason.words}${stopped ? ` (${odd.dossier.words.toLowerCase()} since ${timeOf(happened.entry)})` : ''}`,
      [odd.reason],
      [change?.entry, stopped ? happened.entry : undefined],
    )
  }
  if (target.reason !== undefined) {
    return told(`${opening}; ${target.reason.words}`, [target.reason], [change?.entry, change?.request])
  }
  if (managed.length === 0) {
    return told(`${opening}; no directory manages the account`, [], [change?.entry])
  }
  const ways = managed.map(({ label, dossier }) => {
    const assigned = [...new Set(dossier.apps.flatMap((app) => app.assigned))]
    return `${label} (assigned ${assigned.map((way) => (way === 'directly' ? way : `by the group ${way}`)).join(' and ')})`
  })
  return told(`${opening}, by ${ways.join(' and ')}`, [], [change?.entry, change?.request])
}

interface ReasonAt {
  readonly system: string
  readonly label: string
  readonly dossier: Dossier
  readonly app: AppStanding
  readonly reason: DossierReason
}

function reasonsOf(directories: Facts['directories']): readonly ReasonAt[] {
  return directories.flatMap(({ system, label, dossier }) =>
    dossier.apps.flatMap((app) =>
      app.reason === undefined ? [] : [{ system, label, dossier, app, reason: app.reason }],
    ),
  )
}

function told(
  text: string,
  reasons: readonly (DossierReason | undefined)[],
  evidence: readonly (MergedEntry | undefined)[],
): Headline {
  const rules = new Map(reasons.flatMap((reason) => (reason === undefined ? [] : [[reason.rule.words, reason.rule]])))
  const entries = new Map(evidence.flatMap((entry) => (entry === undefined ? [] : [[entry.id, entry]])))
  return { text: text.endsWith('.') ? text : `${text}.`, rules: [...rules.values()], evidence: [...entries.values()] }
}

const timeOf = ({ virtualAt }: MergedEntry): string => formatDateTime(virtualAt)

/** When, beside an instant told already: nothing within the same minute, the time alone on the same day. */
function besides({ virtualAt }: MergedEntry, told: MergedEntry | undefined): string {
  const [at, known] = [formatDateTime(virtualAt), told === undefined ? '' : formatDateTime(told.virtualAt)]
  if (at === known) return ''
  return virtualAt.slice(0, 10) === told?.virtualAt.slice(0, 10) ? ` at ${virtualAt.slice(11, 16)}` : ` at ${at}`
}
const sentence = (entry: MergedEntry): string => `${entry.title} (${labelOf(entry.system)}, ${timeOf(entry)})`
