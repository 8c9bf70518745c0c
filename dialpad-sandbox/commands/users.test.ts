import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenedSystem } from '#kit/system/open-system.ts'
import { type Actor, SYSTEM_ACTOR } from '../domain/change-log.ts'
import { numberStatus } from '../domain/numbers.ts'
import { isSignInAllowed } from '../domain/user-states.ts'
import type { Company, DialpadShape, DialpadUser, Office } from '../records.ts'
import { type HandClock, MORNING, openDialpad, userByEmail } from '../test/serve.ts'
import { numbersOf } from './assign-numbers.ts'
import { createUser, type NewUser } from './create-user.ts'
import { deleteUser, restoreUser } from './delete-user.ts'
import { createGroup } from './groups.ts'
import { seatsUsed } from './place-users.ts'
import { updateScimSettings } from './scim-settings.ts'
import { reactivateUser, setCompanyAdmin, suspendUser, updateUser } from './update-user.ts'

const HOUR = 3_600_000
const KEY: Actor = { type: 'api_key', id: '1', name: 'Entra' }

let clock: HandClock
let system: OpenedSystem<DialpadShape>
let company: Company
beforeEach(async () => {
  clock = { nowMs: MORNING }
  system = await openDialpad('brightwave', clock)
  const [found] = system.store.page('companies', 0, 1)
  if (found === undefined) throw new Error('The world has no company.')
  company = found
})
afterEach(() => system.close())

function office(name: string): Office {
  const [found] = system.store.find('offices', 'name', `${company.id}/${name}`)
  if (found === undefined) throw new Error(`No office ${name}.`)
  return found
}

function add(handle: string, more: Partial<NewUser> = {}): Promise<DialpadUser> {
  return createUser(system, KEY, {
    companyId: company.id,
    email: `${handle}@brightwave.example`,
    givenName: 'Ada',
    familyName: 'Okafor',
    placement: { kind: 'request', request: { officeName: 'Denver' } },
    state: 'active',
    origin: 'scim',
    ...more,
  })
}

const numbers = (user: DialpadUser): readonly string[] => numbersOf(system.store, user.id).map((each) => each.number)
const used = (name: string): number => seatsUsed(system.store, office(name).id, 'talk')
const log = (user: DialpadUser): readonly string[] =>
  system.store.find('changeLog', 'target', user.id).map((entry) => `${entry.action}: ${entry.note}`)

describe('creating', () => {
  test('takes a seat, gives a number and writes the change log', async () => {
    const before = used('Denver')
    const ada = await add('ada')
    expect(ada).toMatchObject({ state: 'active', licence: 'talk', officeId: office('Denver').id, version: 1 })
    expect(used('Denver')).toBe(before + 1)
    expect(log(ada)).toEqual([
      'scim_user_created: ada@brightwave.example added to Denver with license Connect',
      `number_assigned: ${numbers(ada)[0]} assigned from the reserved numbers`,
    ])
  })

  test('the reserved pool is used before new numbers', async () => {
    // Marta and Tomas, who were there before, have had the first two of six.
    const given: (string | undefined)[] = []
    for (const handle of ['a', 'b', 'c', 'd', 'e', 'f']) given.push(numbers(await add(handle))[0])
    expect(given.slice(0, 4)).toEqual(['+17205550144', '+17205550145', '+17205550146', '+17205550147'])
    expect(given.slice(4)).toEqual(['+17205550106', '+17205550107'])
  })

  test('the Support licence brings no number', async () => {
    expect(numbers(await add('ada', { licence: 'lite_support_agents' }))).toEqual([])
  })

  test('somebody created as suspended takes neither seat nor number until reactivated', async () => {
    const before = used('Denver')
    const ada = await add('ada', { state: 'suspended' })
    expect([used('Denver'), numbers(ada)]).toEqual([before, []])
    await reactivateUser(system, KEY, ada.id)
    expect([used('Denver'), numbers(ada)]).toEqual([before + 1, ['+17205550144']])
  })

  test('an office that matches nothing is noted', async () => {
    const ada = await add('ada', { placement: { kind: 'request', request: { officeName: 'Lyon' } }, country: 'gb' })
    expect(ada.officeId).toBe(office('London').id)
    expect(log(ada)).toContain('office_not_matched: No office named "Lyon": placed in London (by country)')
  })

  test('with the setting "purchase" a missing licence is bought', async () => {
    await updateScimSettings(system, KEY, company.id, { ...company.scim, exhaustion: 'purchase' })
    await add('ada', { licence: 'lite_support_agents', placement: { kind: 'office', officeId: office('London').id } })
    expect(office('London').seats).toEqual({ talk: 8, agents: 2, lite_support_agents: 1 })
  })

  test('a refused creation leaves nothing behind', async () => {
    const before = system.store.dump().collections
    await expect(add('ada', { email: 'ada@elsewhere.example' })).rejects.toMatchObject({ code: 'foreign-domain' })
    expect(system.store.dump().collections).toEqual(before)
  })

  test('the same clicks give the same ids', async () => {
    const other = await openDialpad('brightwave')
    const first = await add('ada')
    const mine = system
    system = other
    const second = await add('ada')
    system = mine
    await other.close()
    expect(second.id).toBe(first.id)
    expect(first.id).toMatch(/^5\d{15}$/)
  })
})

describe('suspending and deleting', () => {
  test('suspending frees the seat and keeps the number', async () => {
    const ada = await add('ada')
    const [before, number] = [used('Denver'), numbers(ada)]
    const suspended = await suspendUser(system, KEY, ada.id)
    expect(suspended.state).toBe('suspended')
    expect(isSignInAllowed(suspended)).toBe(false)
    expect([used('Denver'), numbers(ada)]).toEqual([before - 1, number])
    expect(log(ada)).toContain('scim_user_suspended: Suspended: Connect license in Denver released')
  })

  test('a deleted number is on hold for 72 hours, then reserved', async () => {
    const ada = await add('ada')
    const [number = ''] = numbers(ada)
    await deleteUser(system, KEY, ada.id)
    const kept = system.store.get('numbers', number)
    expect(kept).toMatchObject({ status: 'hold', lastOwner: 'ada@brightwave.example' })
    expect(numbers(ada)).toEqual([])
    clock.nowMs += 72 * HOUR
    if (kept !== undefined) expect(numberStatus(kept, system.clock.now())).toBe('reserved')
  })

  test('a held number is given out again after 72 hours and not before', async () => {
    for (const handle of ['a', 'b', 'c', 'd']) await add(handle)
    const leaver = await add('leaver')
    const [number] = numbers(leaver)
    await deleteUser(system, KEY, leaver.id)
    expect(numbers(await add('early'))[0]).not.toBe(number)
    clock.nowMs += 72 * HOUR
    expect(numbers(await add('late'))[0]).toBe(number)
  })

  test('the number of somebody pending is destroyed at once', async () => {
    const ada = await add('ada', { state: 'pending' })
    const [number = ''] = numbers(ada)
    await deleteUser(system, KEY, ada.id)
    expect(system.store.get('numbers', number)).toBeUndefined()
  })

  test('somebody deleted is out of all groups, and the address is free again', async () => {
    const ada = await add('ada')
    const group = await createGroup(system, KEY, { companyId: company.id, displayName: 'Team', memberIds: [ada.id] })
    await deleteUser(system, KEY, ada.id)
    expect(system.store.count('groupMembers', 'group', group.id)).toBe(0)
    const again = await add('ada')
    expect(again.id).not.toBe(ada.id)
  })

  test('within 72 hours somebody deleted can be restored, with seat and number', async () => {
    const ada = await add('ada')
    const [before, number] = [used('Denver'), numbers(ada)]
    await deleteUser(system, KEY, ada.id)
    clock.nowMs += 71 * HOUR
    const restored = await restoreUser(system, SYSTEM_ACTOR, ada.id)
    expect([restored.state, used('Denver'), numbers(ada)]).toEqual(['active', before, number])
  })

  test('after 72 hours nobody can be restored', async () => {
    const ada = await add('ada')
    await deleteUser(system, KEY, ada.id)
    clock.nowMs += 72 * HOUR
    await expect(restoreUser(system, SYSTEM_ACTOR, ada.id)).rejects.toMatchObject({ code: 'gone' })
  })

  test('the last Company Admin is protected', async () => {
    const marta = userByEmail(system, 'marta.silva@brightwave.example')
    await expect(suspendUser(system, KEY, marta.id)).rejects.toMatchObject({ code: 'last-company-admin' })
    await expect(deleteUser(system, KEY, marta.id)).rejects.toMatchObject({ code: 'last-company-admin' })
    await expect(setCompanyAdmin(system, KEY, marta.id, false)).rejects.toMatchObject({ code: 'last-company-admin' })
    await setCompanyAdmin(system, KEY, userByEmail(system, 'tomas.berg@brightwave.example').id, true)
    expect((await suspendUser(system, KEY, marta.id)).state).toBe('suspended')
  })
})

describe('changing', () => {
  test('a new address keeps the old one as secondary', async () => {
    const ada = await add('ada')
    const changed = await updateUser(system, KEY, ada.id, { email: 'ada.stone@brightwave.example' })
    expect(changed.emails).toEqual(['ada.stone@brightwave.example', 'ada@brightwave.example'])
    await expect(add('ada')).rejects.toMatchObject({ code: 'duplicate-email' })
  })

  test('moving to an office in another country leaves the number behind', async () => {
    const ada = await add('ada')
    const [old = ''] = numbers(ada)
    await updateUser(system, KEY, ada.id, { placement: { kind: 'request', request: { officeName: 'London' } } })
    expect(system.store.get('numbers', old)).toMatchObject({ status: 'reserved', officeId: office('Denver').id })
    expect(numbers(ada)[0]).toMatch(/^\+4420/)
    expect(log(ada)).toContain('user_moved: Moved from Denver to London')
  })

  test('moving needs a free licence there', async () => {
    await system.store.transact((tx) =>
      tx.put('offices', office('Toronto').id, { ...office('Toronto'), seats: { talk: 0 } }),
    )
    const ada = await add('ada')
    const move = updateUser(system, KEY, ada.id, { placement: { kind: 'request', request: { officeName: 'Toronto' } } })
    await expect(move).rejects.toMatchObject({ message: 'No available Connect licenses in office Toronto' })
    expect(system.store.get('users', ada.id)).toEqual(ada)
  })

  test('an office name that nobody has moves nobody', async () => {
    const ada = await add('ada', { country: 'US' })
    const placement = { kind: 'request', request: { officeName: 'Lyon' } } as const
    expect((await updateUser(system, KEY, ada.id, { placement, country: 'GB' })).officeId).toBe(office('Denver').id)
    expect(log(ada)).toContain('office_not_matched: No office named "Lyon": stays in Denver')
  })

  test('changing the licence frees the old seat and takes a new one, and brings the missing number', async () => {
    const ada = await add('ada', { licence: 'lite_support_agents' })
    const before = used('Denver')
    await updateUser(system, KEY, ada.id, { licence: 'talk' })
    expect(used('Denver')).toBe(before + 1)
    expect(seatsUsed(system.store, office('Denver').id, 'lite_support_agents')).toBe(0)
    expect(numbers(ada)).toHaveLength(1)
  })

  test('no difference writes nothing', async () => {
    const ada = await add('ada')
    const { revision } = system.store
    expect(await updateUser(system, KEY, ada.id, { givenName: 'Ada', active: true })).toEqual(ada)
    expect(system.store.revision).toBe(revision)
  })
})
