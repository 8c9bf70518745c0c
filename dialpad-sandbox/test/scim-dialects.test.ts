import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '#kit/test/call.ts'
import { DIALECTS, LENIENT_HABITS } from '../scim/dialects/all.ts'
import { switchOf } from '../scim/dialects/tolerated.ts'
import { ENTERPRISE_URN, GROUP_URN, ines, patch, type ServedDialpad, serveDialpad, userByEmail } from './serve.ts'

/** Each habit of a client's, understood by its own switch alone, and what the client meets without it. */

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

const tomas = (): string => userByEmail(dialpad.system, 'tomas.berg@brightwave.example').id
const marta = (): string => userByEmail(dialpad.system, 'marta.silva@brightwave.example').id
const change = (...operations: readonly object[]): Promise<Answer> =>
  dialpad.scim('PATCH', `/Users/${tomas()}`, patch(...operations))

const GROUP = { schemas: [GROUP_URN], displayName: 'Sales' }

/** A group that Tomas is in. */
async function groupPath(): Promise<string> {
  const answer = await dialpad.scim('POST', '/Groups', { ...GROUP, members: [{ value: tomas() }] })
  return `/Groups/${String(answer.json()['id'])}`
}

interface LenientCase {
  readonly id: string
  readonly send: () => Promise<Answer>
  readonly shows: object
  readonly refusedWith: string
  /** Where success is not 200. */
  readonly status?: number
}

const LENIENT: readonly LenientCase[] = [
  {
    id: 'capitalised-operations',
    send: () => change({ op: 'Replace', path: 'title', value: 'Lead' }),
    shows: { title: 'Lead' },
    refusedWith: 'invalidSyntax',
  },
  {
    id: 'string-booleans',
    send: () => change({ op: 'replace', path: 'active', value: 'False' }),
    shows: { active: false },
    refusedWith: 'invalidValue',
  },
  {
    id: 'create-missing-element',
    send: () => change({ op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '+33600000042' }),
    shows: { phoneNumbers: expect.arrayContaining([{ type: 'mobile', value: '+33600000042' }]) },
    refusedWith: 'noTarget',
  },
  {
    id: 'remove-by-value-list',
    send: async () =>
      dialpad.scim('PATCH', await groupPath(), patch({ op: 'remove', path: 'members', value: [{ value: tomas() }] })),
    shows: { displayName: 'Sales' },
    refusedWith: 'invalidValue',
  },
  {
    id: 'paths-as-keys',
    send: () =>
      change({ op: 'replace', value: { 'name.familyName': 'Bergman', [`${ENTERPRISE_URN}:costCenter`]: 'C-7' } }),
    shows: { name: { givenName: 'Tomas', familyName: 'Bergman' }, [ENTERPRISE_URN]: { costCenter: 'C-7' } },
    refusedWith: 'invalidSyntax',
  },
  {
    id: 'bare-manager',
    send: () => change({ op: 'add', path: `${ENTERPRISE_URN}:manager`, value: marta() }),
    shows: { [ENTERPRISE_URN]: { manager: { value: expect.stringMatching(/^\d+$/) } } },
    refusedWith: 'invalidValue',
  },
  {
    id: 'role-as-text',
    send: () =>
      change({ op: 'add', path: 'roles', value: [JSON.stringify({ value: 'agent', display: 'Agent', type: 'App' })] }),
    shows: { roles: [{ value: 'agent', display: 'Agent', type: 'App' }] },
    refusedWith: 'invalidValue',
  },
  {
    id: 'unquoted-filter-values',
    send: () => dialpad.scim('GET', '/Users?filter=userName+eq+tomas.berg@brightwave.example'),
    shows: { totalResults: 1 },
    refusedWith: 'invalidFilter',
  },
  {
    id: 'foreign-schemas',
    send: () =>
      dialpad.scim('POST', '/Groups', {
        ...GROUP,
        schemas: [GROUP_URN, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      }),
    shows: { schemas: [GROUP_URN] },
    refusedWith: 'invalidSyntax',
    status: 201,
  },
  {
    id: 'undescribed-attributes',
    send: () => dialpad.scim('POST', '/Users', ines({ shoeSize: 43, 'urn:example:desk:2.0:User': { floor: 3 } })),
    shows: { shoeSize: 43, 'urn:example:desk:2.0:User': { floor: 3 } },
    refusedWith: 'invalidSyntax',
    status: 201,
  },
  {
    id: 'placeholder-password',
    send: () => dialpad.scim('POST', '/Users', ines({ password: '7hT3qzWv' })),
    shows: { userName: 'ines.moreau@brightwave.example' },
    refusedWith: 'invalidValue',
    status: 201,
  },
  {
    id: 'empty-groups',
    send: () => dialpad.scim('POST', '/Users', ines({ groups: [] })),
    shows: { userName: 'ines.moreau@brightwave.example' },
    refusedWith: 'invalidSyntax',
    status: 201,
  },
  {
    id: 'name-beside-members',
    send: async () =>
      dialpad.scim(
        'PATCH',
        await groupPath(),
        patch(
          { op: 'add', path: 'members', value: [{ value: marta(), display: 'marta.silva@brightwave.example' }] },
          { op: 'replace', value: { displayName: 'Key Accounts' } },
        ),
      ),
    shows: { displayName: 'Sales', members: [{}, {}] },
    refusedWith: 'mutability',
  },
  {
    id: 'id-in-value',
    send: async () => {
      const path = await groupPath()
      const value = { id: path.slice('/Groups/'.length), displayName: 'Sales' }
      return dialpad.scim('PATCH', path, patch({ op: 'replace', value }))
    },
    shows: { displayName: 'Sales' },
    refusedWith: 'mutability',
  },
]

interface PlainCase {
  readonly id: string
  readonly send: () => Promise<Answer>
  readonly shows: object
}

const PLAIN: readonly PlainCase[] = [
  {
    id: 'one-operation-per-attribute',
    send: () =>
      change(
        { op: 'replace', path: 'displayName', value: 'Tomas B.' },
        { op: 'replace', path: 'name.familyName', value: 'Bergman' },
        { op: 'add', path: 'nickName', value: 'Tom' },
        { op: 'replace', path: `${ENTERPRISE_URN}:costCenter`, value: 'C-7' },
      ),
    shows: {
      displayName: 'Tomas B.',
      name: { familyName: 'Bergman' },
      nickName: 'Tom',
      [ENTERPRISE_URN]: { costCenter: 'C-7' },
    },
  },
  {
    id: 'remove-by-filter',
    send: async () =>
      dialpad.scim('PATCH', await groupPath(), patch({ op: 'remove', path: `members[value eq "${tomas()}"]` })),
    shows: { displayName: 'Sales' },
  },
  {
    id: 'active-without-path',
    send: () => change({ op: 'replace', value: { active: false } }),
    shows: { active: false },
  },
  {
    id: 'full-put',
    send: async () => {
      const read = await dialpad.scim('GET', `/Users/${tomas()}`)
      return dialpad.scim('PUT', `/Users/${tomas()}`, { ...read.json(), title: 'Lead' })
    },
    shows: { title: 'Lead', active: true },
  },
]

async function startAnew(switches: Readonly<Record<string, string>>): Promise<void> {
  await dialpad.close()
  dialpad = await serveDialpad('brightwave')
  await dialpad.system.control.setSwitches(switches)
}

const OFF = Object.fromEntries(LENIENT_HABITS.map((habit) => [switchOf(habit), 'off']))

describe('the dialects', () => {
  test('every habit of the tables is shown below, under its own name', () => {
    const ids = DIALECTS.flatMap(({ habits }) => habits.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
    expect([...LENIENT, ...PLAIN].map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })

  test.each(LENIENT.map((row) => [row.id, row] as const))('%s', async (id, row) => {
    const own = `dialect-${id}`
    for (const switches of [{}, { ...OFF, [own]: 'on' }]) {
      await startAnew(switches)
      const answer = await row.send()
      expect([answer.status, answer.text]).toEqual([row.status ?? 200, expect.any(String)])
      expect(answer.json()).toMatchObject(row.shows)
    }
    await startAnew({ [own]: 'off' })
    const refused = await row.send()
    expect([refused.status, refused.json()['scimType']]).toEqual([400, row.refusedWith])
  })

  test.each(PLAIN.map((row) => [row.id, row] as const))('%s', async (_id, row) => {
    await dialpad.system.control.setSwitches(OFF)
    const answer = await row.send()
    expect(answer.json()).toMatchObject(row.shows)
  })

  test('with scim-dialect at strict no habit counts, whatever its own switch says', async () => {
    for (const row of LENIENT) {
      await startAnew({ 'scim-dialect': 'strict' })
      const answer = await row.send()
      expect([row.id, answer.status, answer.json()['scimType']]).toEqual([row.id, 400, row.refusedWith])
    }
  })
})
