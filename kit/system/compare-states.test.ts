import { describe, expect, test } from 'vitest'
import type { StateDocument } from '#kit/store/store.ts'
import { compareStates } from './compare-states.ts'
import { wordsOf } from './record-names.ts'

type Collections = StateDocument['collections']

const compare = (before: Collections, after: Collections, limit = 20) =>
  compareStates(state(before), state(after), { limit })
const state = (collections: Collections): StateDocument => ({ version: 1, revision: 1, collections })

const ADA = { id: '1b00778d-6461-447c', userPrincipalName: 'ada@brightwave.example', displayName: 'Ada', enabled: true }
const SALES = { id: '9f6c2a10-0000-4444', displayName: 'Sales' }

describe('states that differ', () => {
  test('people by address, fields in words, the later state last', () => {
    const [users, ...others] = compare(
      { users: { [ADA.id]: { ...ADA, profile: { title: 'Agent' } } } },
      { users: { [ADA.id]: { ...ADA, enabled: false, profile: { title: 'Lead', city: 'Denver' } } } },
    )
    expect(others).toEqual([])
    expect(users).toMatchObject({ title: 'Users', added: 0, removed: 0, changed: 1, more: 0 })
    expect(users?.records).toEqual([
      {
        name: 'ada@brightwave.example',
        change: 'changed',
        fields: [
          { field: 'enabled', title: 'Enabled', before: 'true', after: 'false' },
          { field: 'profile.title', title: 'Profile, title', before: 'Agent', after: 'Lead' },
          { field: 'profile.city', title: 'Profile, city', after: 'Denver' },
        ],
        moreFields: 0,
      },
    ])
  })

  test('what ties records together is named by them, also when they are gone since', () => {
    const records = { users: { [ADA.id]: ADA }, groups: { [SALES.id]: SALES } }
    const pair = { groupId: SALES.id, memberId: ADA.id }
    const all = compare({ ...records, groupMembers: { [`${SALES.id}/${ADA.id}`]: pair } }, { groupMembers: {} })
    expect(all.find(({ collection }) => collection === 'groupMembers')?.records).toEqual([
      { name: 'Sales · ada@brightwave.example', change: 'removed', fields: [], moreFields: 0 },
    ])
  })

  test('an id becomes the name of what it stands for', () => {
    const users = { [ADA.id]: ADA }
    const [groups] = compare(
      { users, groups: { [SALES.id]: SALES } },
      { users, groups: { [SALES.id]: { ...SALES, owner: ADA.id } } },
    )
    expect(groups?.records[0]?.fields).toEqual([{ field: 'owner', title: 'Owner', after: 'ada@brightwave.example' }])
  })

  test('counts are exact where lists are not', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`n${n}`, { name: `Note ${n}` }]))
    expect(compare({}, { notes: many }, 3)).toMatchObject([
      { added: 50, more: 47, records: [{ name: 'Note 0' }, { name: 'Note 1' }, { name: 'Note 2' }] },
    ])
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`field${n}`, n]))
    const [notes] = compare({ notes: { a: { name: 'A' } } }, { notes: { a: { name: 'A', ...wide } } })
    expect(notes?.records[0]?.fields).toHaveLength(12)
    expect(notes?.records[0]?.moreFields).toBe(18)
  })

  test('records that differ in times alone are counted apart; clock, world and visits do not count', () => {
    const at = (created: string): Collections => ({
      users: { a: { name: 'A', created } },
      kitClock: { clock: { created } },
      kitMeta: { world: { created } },
      kitSessions: { [created]: { created } },
    })
    expect(compare(at('2026-01-01T00:00:00.000Z'), at('2026-01-02T00:00:00.000Z'))).toEqual([
      { collection: 'users', title: 'Users', added: 0, removed: 0, changed: 0, timesOnly: 1, records: [], more: 0 },
    ])
    expect(compare(at('2026-01-01T00:00:00.000Z'), at('2026-01-01T00:00:00.000Z'))).toEqual([])
  })
})

describe('secrets are never told', () => {
  const KEY = 'k3yThatNobodyShouldSee0123456789'
  test.each([
    ['password', 'Practice-2026!'],
    ['passwordHash', 'scrypt$16384$8$1$salt$AbCdEf'],
    ['settings.clientSecret', 'tiny'],
    ['token', 'short'],
    ['hash', 'c6839a63bc937da9'],
    ['privateJwk.d', 'abc'],
    ['note', `use ${KEY} for it`],
    ['link', `http://localhost/reset/${KEY}`],
    ['sealedToken', 'sealed.v1.AAAA'],
    ['value', 'sealed.v1.AAAA'],
    ['keys', [{ secret: 'tiny-secret', hash: KEY }]],
  ])('%s', (path, value) => {
    const record = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object
    const text = JSON.stringify(
      compare({ things: { a: { name: 'Thing' } } }, { things: { a: { name: 'Thing', ...record } } }),
    )
    expect(text).toContain('"changed":1')
    for (const secret of [KEY, 'Practice-2026!', 'scrypt', 'tiny', 'short', 'c6839a63', 'abc', 'sealed.v1']) {
      expect(text).not.toContain(secret)
    }
  })

  test('a record without a name is counted, its key not told', () => {
    const compared = compare({ signInTokens: {} }, { signInTokens: { [KEY]: { payload: { kind: 'x' } } } })
    expect(compared).toMatchObject([{ added: 1, more: 1, records: [] }])
    expect(JSON.stringify(compared)).not.toContain(KEY)
  })

  test('long texts are told by their length', () => {
    const [mails] = compare({ mails: { a: { subject: 'Hi' } } }, { mails: { a: { subject: 'Hi', text: 'one\ntwo' } } })
    expect(mails?.records[0]?.fields).toEqual([{ field: 'text', title: 'Text', after: 'a text of 7 characters' }])
  })
})

test('names of code in words', () => {
  expect(['groupMembers', 'profile.jobTitle', 'kitSwitches'].map(wordsOf)).toEqual([
    'Group members',
    'Profile, job title',
    'Switches',
  ])
})
