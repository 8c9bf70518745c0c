import {
  type Dossier,
  type DossierKeeper,
  type DossierReason,
  type FoundSubject,
  ruleOf,
} from '#kit/control/dossier.ts'
import type { DialpadSystem } from '../commands/work.ts'
import { licenceName } from '../domain/licences.ts'
import { displayName, primaryEmail } from '../domain/user-states.ts'
import { DIALPAD_LEDGER } from '../fidelity.ts'
import { groupPath, userPath } from '../portal/addresses.ts'
import type { ChangeLogEntry, DialpadUser, DirectoryGroup, UserState } from '../records.ts'

type Reader = DialpadSystem['store']

/** People looked at for a name: there is no list by name, and no request walks a large company. */
const MOST_LOOKED_AT = 2_000

const STANDINGS: Readonly<Record<UserState, Pick<Dossier, 'standing' | 'words'>>> = {
  active: { standing: 'working', words: 'Active' },
  pending: { standing: 'pending', words: 'Pending' },
  suspended: { standing: 'stopped', words: 'Suspended' },
  deleted: { standing: 'deleted', words: 'Deleted' },
}

const rule = (id: string) => ruleOf(DIALPAD_LEDGER, id)

/** What Dialpad knows of people and directory groups, and by whom they came to where they are: its change log says so. */
export function dialpadDossiers({ store }: Pick<DialpadSystem, 'store'>): DossierKeeper {
  return {
    search: (text, limit) => searchSubjects(store, text.toLowerCase(), limit),
    of: (subject) => [
      ...usersNamed(store, subject).map((user) => personDossier(store, user)),
      ...groupsNamed(store, subject).map((group) => groupDossier(store, group)),
    ],
  }
}

function searchSubjects(store: Reader, text: string, limit: number): readonly FoundSubject[] {
  const found: FoundSubject[] = []
  const begins = (value: string): boolean => value.toLowerCase().startsWith(text)
  for (const user of store.page('users', 0, MOST_LOOKED_AT)) {
    if (found.length >= limit) return found
    const names = [user.givenName, user.familyName, displayName(user), ...user.emails]
    if (names.some(begins)) found.push({ kind: 'person', name: displayName(user), subject: primaryEmail(user) })
  }
  for (const { displayName: name } of store.page('groups', 0, MOST_LOOKED_AT)) {
    if (found.length >= limit) return found
    if (begins(name)) found.push({ kind: 'group', name, subject: name })
  }
  return found
}

function usersNamed(store: Reader, subject: string): readonly DialpadUser[] {
  const known = store.get('users', subject)
  if (known !== undefined) return [known]
  const address = subject.toLowerCase()
  const present = store.find('users', 'email', address)
  if (present.length > 0) return present
  return store
    .page('companies', 0, 10)
    .flatMap(({ id }) => store.findPage('users', 'state', `${id}/deleted`, 0, MOST_LOOKED_AT))
    .filter(({ emails }) => emails.some((email) => email.toLowerCase() === address))
}

function groupsNamed(store: Reader, subject: string): readonly DirectoryGroup[] {
  const known = store.get('groups', subject)
  if (known !== undefined) return [known]
  const name = subject.toLowerCase()
  return store.page('groups', 0, MOST_LOOKED_AT).filter((group) => group.displayName.toLowerCase() === name)
}

function personDossier(store: Reader, user: DialpadUser): Dossier {
  const log = store.find('changeLog', 'target', user.id)
  const reason = reasonOf(user, log)
  const office = store.get('offices', user.officeId)?.name ?? ''
  const numbers = store.find('numbers', 'user', user.id).filter(({ status }) => status === 'assigned')
  const by = newest(log, (entry) => /_(created|suspended|reactivated|deleted)$/.test(entry.action))
  return {
    kind: 'person',
    id: user.id,
    name: displayName(user),
    subjects: [...user.emails, user.id],
    related: [],
    ...STANDINGS[user.state],
    path: userPath(user.id),
    facts: [
      { label: 'Office', value: office },
      { label: 'License', value: licenceName(user.licence) },
      { label: 'Number', value: numbers.map(({ number }) => number).join(', ') },
      { label: 'Last change by', value: by === undefined ? '' : actorWords(by) },
      { label: 'Last change', value: by?.date ?? '' },
    ].filter(({ value }) => value !== ''),
    apps: [],
    ...(reason === undefined ? {} : { reason }),
  }
}

/** What explains the present state, from the newest line of the change log that speaks of it. */
function reasonOf(user: DialpadUser, log: readonly ChangeLogEntry[]): DossierReason | undefined {
  switch (user.state) {
    case 'suspended': {
      const line = newest(log, ({ action }) => action.endsWith('user_suspended'))
      return { ...suspendedBy(line), rule: rule('FID-DIALPAD-USER-01') }
    }
    case 'deleted':
      return { code: 'deleted', words: 'was deleted', rule: rule('FID-DIALPAD-USER-02') }
    case 'active':
    case 'pending': {
      const line = newest(log, ({ action }) => action === 'office_not_matched' || action === 'user_moved')
      return line?.action === 'office_not_matched'
        ? { code: 'office-mismatch', words: lowerFirst(line.note), rule: rule('FID-DIALPAD-OFFICE-01') }
        : undefined
    }
  }
}

/** By whom, as the change log names them: `by-directory` is a key that was used with SCIM. */
function suspendedBy(line: ChangeLogEntry | undefined): Pick<DossierReason, 'code' | 'words'> {
  const by = line?.changedBy
  switch (by?.type) {
    case 'user':
      return { code: 'by-hand', words: `was suspended by ${by.name} in the portal` }
    case 'system':
      return { code: 'by-kit', words: 'was suspended by a call of the kit, as an admin would' }
    case 'api_key':
      return by.via === 'rest'
        ? { code: 'by-api', words: `was suspended over the REST API with the key ${by.name}` }
        : { code: 'by-directory', words: `was suspended over SCIM with the key ${by.name}` }
    case undefined:
      return { code: 'before', words: 'was suspended before the change log begins' }
  }
}

function groupDossier(store: Reader, group: DirectoryGroup): Dossier {
  const members = store.count('groupMembers', 'group', group.id)
  return {
    kind: 'group',
    id: group.id,
    name: group.displayName,
    subjects: [group.displayName, group.id],
    related: [],
    standing: 'working',
    words: 'Directory group',
    path: groupPath(group.id),
    facts: [
      { label: 'Members', value: String(members) },
      { label: 'Last change', value: group.modifiedAt },
    ],
    apps: [],
  }
}

function newest(
  log: readonly ChangeLogEntry[],
  wanted: (entry: ChangeLogEntry) => boolean,
): ChangeLogEntry | undefined {
  return log.findLast(wanted)
}

function actorWords({ changedBy }: ChangeLogEntry): string {
  if (changedBy.type === 'api_key') return `API key ${changedBy.name}`
  return changedBy.type === 'user' ? changedBy.name : 'Dialpad'
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
