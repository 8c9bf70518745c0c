import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { openMemoryStore } from '#kit/store/create-store.ts'
import type { Store, Writer } from '#kit/store/store.ts'
import {
  createApplication,
  createServicePrincipal,
  deleteServicePrincipal,
  updateServicePrincipal,
} from './applications.ts'
import { assign, assignableRoles, unassign } from './assignments.ts'
import { newestChange } from './change-feed.ts'
import { DIRECTORY_COLLECTIONS } from './collections.ts'
import { grantPermissions, revokePermissions } from './grants.ts'
import { createGroup, deleteGroup, hardDeleteGroup, restoreGroup, updateGroup } from './groups.ts'
import { addMember, removeMember } from './members.ts'
import { type Application, DEFAULT_ACCESS_ROLE_ID, type DirectoryShape } from './records.ts'
import { pendingHardDeletes } from './recycle-bin.ts'
import { DirectoryRefusal } from './refusal.ts'
import { searchGroups, searchUsers } from './search.ts'
import type { TenantFacts } from './user-rules.ts'
import {
  createUser,
  hardDeleteUser,
  type NewUser,
  restoreUser,
  setAccountEnabled,
  softDeleteUser,
  updateUser,
} from './users.ts'

const NOW = '2026-03-02T09:00:00.000Z'
const TENANT: TenantFacts = { id: 't1', verifiedDomains: ['home.example'] }
const OTHER: TenantFacts = { id: 't2', verifiedDomains: ['away.example', 'home.example'] }

let store: Store<DirectoryShape>
const act = <R>(change: (tx: Writer<DirectoryShape>) => R): Promise<R> => store.transact(change)

function addUser(id: string, fields: Partial<NewUser> = {}, tenant = TENANT): Promise<unknown> {
  return act((tx) =>
    createUser(tx, tenant, { id, now: NOW }, { userPrincipalName: `${id}@home.example`, displayName: id, ...fields }),
  )
}

function addGroup(id: string, displayName = id): Promise<unknown> {
  return act((tx) => createGroup(tx, TENANT.id, { id, now: NOW }, { displayName }))
}

async function refusalOf(work: Promise<unknown>): Promise<Pick<DirectoryRefusal, 'code' | 'field'>> {
  const problem = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(problem instanceof DirectoryRefusal)) throw new Error(`Not refused: ${String(problem)}`)
  return { code: problem.code, ...(problem.field === undefined ? {} : { field: problem.field }) }
}

/** Object names in the feed after a watermark. */
function changedSince(seq: number): readonly string[] {
  return [...store.entries('directoryChanges')]
    .filter(([, change]) => change.seq > seq)
    .map(([, change]) => `${change.objectType}/${change.objectId}/${change.change}`)
}

const APPLICATION: Application = {
  id: 'app-object',
  appId: 'app',
  displayName: 'Phone',
  tenantId: 'publisher',
  signInAudience: 'AzureADMultipleOrgs',
  publisherName: 'Phone Co',
  web: { redirectUris: [] },
  spa: { redirectUris: [] },
  publicClient: { redirectUris: [] },
  secrets: [],
  requiredScopes: ['openid'],
  appRoles: [],
  firstParty: false,
  createdDateTime: NOW,
}

const ROLE = {
  id: 'role-agent',
  value: 'agent',
  displayName: 'Agent',
  description: 'Takes calls',
  isEnabled: true,
  allowedMemberTypes: ['User'],
} as const

async function addApp(appRoles: Application['appRoles'] = []): Promise<void> {
  await act((tx) => {
    createApplication(tx, { ...APPLICATION, appRoles })
    createServicePrincipal(tx, { id: 'sp', now: NOW, tenantId: TENANT.id, appId: 'app' })
  })
}

beforeEach(() => {
  store = openMemoryStore(DIRECTORY_COLLECTIONS)
})

describe('users', () => {
  test('a new user gets a nickname, is a member and may sign in', async () => {
    await addUser('ada')
    expect(store.get('users', 'ada')).toMatchObject({
      mailNickname: 'ada',
      userType: 'Member',
      accountEnabled: true,
      changeSeq: 1,
    })
  })

  test.each([
    ['without @', { userPrincipalName: 'ada' }, 'userPrincipalName'],
    ['with a blank', { userPrincipalName: 'a da@home.example' }, 'userPrincipalName'],
    ['ending in a dot', { userPrincipalName: 'ada.@home.example' }, 'userPrincipalName'],
    ['in a domain that is not verified', { userPrincipalName: 'ada@elsewhere.example' }, 'userPrincipalName'],
    ['without a display name', { displayName: ' ' }, 'displayName'],
    ['with a bracket in the nickname', { mailNickname: 'a(da)' }, 'mailNickname'],
    ['with a broken mail', { mail: 'nowhere' }, 'mail'],
    ['with a country spelt out', { usageLocation: 'USA' }, 'usageLocation'],
    ['with an unknown manager', { managerId: 'nobody' }, 'managerId'],
  ] as const)('a user %s is refused', async (_what, fields, field) => {
    expect(await refusalOf(addUser('ada', fields))).toEqual({ code: 'Request_BadRequest', field })
    expect(store.count('users')).toBe(0)
  })

  test('a principal name is unique among live users of all tenants, whatever its case', async () => {
    await addUser('ada')
    const again = addUser('eda', { userPrincipalName: 'ADA@home.example' }, OTHER)
    expect(await refusalOf(again)).toEqual({ code: 'ObjectConflict', field: 'userPrincipalName' })
  })

  test('the name of a deleted user can be given away, and then the deleted one cannot come back', async () => {
    await addUser('ada')
    await act((tx) => softDeleteUser(tx, 't1', 'ada', NOW))
    await addUser('eda', { userPrincipalName: 'ada@home.example' })
    expect(await refusalOf(act((tx) => restoreUser(tx, TENANT, 'ada')))).toMatchObject({ code: 'ObjectConflict' })
  })

  test('a patch sets, clears and leaves alone; one that changes nothing leaves no trace in the feed', async () => {
    await addUser('ada', { jobTitle: 'Agent', department: 'Support' })
    await act((tx) => updateUser(tx, TENANT, 'ada', { jobTitle: 'Lead', department: null }))
    const saved = store.get('users', 'ada')
    expect(saved).toMatchObject({ jobTitle: 'Lead', changeSeq: 2 })
    expect(saved).not.toHaveProperty('department')
    await act((tx) => updateUser(tx, TENANT, 'ada', { jobTitle: 'Lead' }))
    expect(newestChange(store)).toBe(2)
  })

  test('what is required cannot be cleared', async () => {
    await addUser('ada')
    const cleared = act((tx) => updateUser(tx, TENANT, 'ada', { displayName: null }))
    expect(await refusalOf(cleared)).toEqual({ code: 'Request_BadRequest', field: 'displayName' })
  })

  test('users of another tenant and of the recycle bin cannot be changed', async () => {
    await addUser('ada')
    const foreign = act((tx) => updateUser(tx, OTHER, 'ada', { jobTitle: 'x' }))
    expect(await refusalOf(foreign)).toEqual({ code: 'Request_ResourceNotFound' })
    await act((tx) => softDeleteUser(tx, 't1', 'ada', NOW))
    const gone = act((tx) => setAccountEnabled(tx, 't1', 'ada', false))
    expect(await refusalOf(gone)).toEqual({ code: 'Request_ResourceNotFound' })
  })

  test('a hard delete takes memberships, assignments, consents and manager lines along and leaves the last names', async () => {
    await addUser('ada')
    await addUser('ben', { managerId: 'ada' })
    await addGroup('g')
    await addApp()
    await act((tx) => {
      addMember(tx, 't1', 'g', 'ada')
      assign(tx, {
        id: 'a1',
        now: NOW,
        tenantId: 't1',
        principalId: 'ada',
        resourceId: 'sp',
        appRoleId: DEFAULT_ACCESS_ROLE_ID,
      })
      grantPermissions(tx, {
        id: 'c1',
        now: NOW,
        tenantId: 't1',
        clientId: 'sp',
        principalId: 'ada',
        scopes: ['openid'],
      })
      updateServicePrincipal(tx, 't1', 'sp', { ownerIds: ['ada', 'ben'] })
      softDeleteUser(tx, 't1', 'ada', NOW)
    })
    const before = newestChange(store)
    await act((tx) => hardDeleteUser(tx, 't1', 'ada'))
    expect([store.count('groupMembers'), store.count('appRoleAssignments'), store.count('permissionGrants')]).toEqual([
      0, 0, 0,
    ])
    expect(store.get('users', 'ben')).not.toHaveProperty('managerId')
    expect(store.get('servicePrincipals', 'sp')?.ownerIds).toEqual(['ben'])
    expect(changedSince(before)).toEqual([
      'group/g/changed',
      'assignment/a1/hard-deleted',
      'user/ben/changed',
      'user/ada/hard-deleted',
    ])
    expect(store.find('directoryChanges', 'object', 'user/ada')[0]?.last).toEqual({
      displayName: 'ada',
      userPrincipalName: 'ada@home.example',
    })
  })

  test('a live user is not hard-deleted', async () => {
    await addUser('ada')
    expect(await refusalOf(act((tx) => hardDeleteUser(tx, 't1', 'ada')))).toEqual({ code: 'Request_ResourceNotFound' })
  })
})

describe('groups and members', () => {
  test('adding a member is a change of the group and of the member', async () => {
    await addUser('ada')
    await addGroup('g')
    const before = newestChange(store)
    await act((tx) => addMember(tx, 't1', 'g', 'ada'))
    expect(changedSince(before)).toEqual(['group/g/changed', 'user/ada/changed'])
    expect(await refusalOf(act((tx) => addMember(tx, 't1', 'g', 'ada')))).toMatchObject({ code: 'Request_BadRequest' })
    await act((tx) => removeMember(tx, 't1', 'g', 'ada'))
    expect(await refusalOf(act((tx) => removeMember(tx, 't1', 'g', 'ada')))).toMatchObject({
      code: 'Request_ResourceNotFound',
    })
  })

  test('groups may be nested, but never in a circle', async () => {
    for (const id of ['a', 'b', 'c']) await addGroup(id)
    await act((tx) => addMember(tx, 't1', 'a', 'b'))
    await act((tx) => addMember(tx, 't1', 'b', 'c'))
    expect(await refusalOf(act((tx) => addMember(tx, 't1', 'c', 'a')))).toMatchObject({ field: 'members' })
    expect(await refusalOf(act((tx) => addMember(tx, 't1', 'a', 'a')))).toMatchObject({ field: 'members' })
  })

  test('a group keeps its members in the recycle bin and loses them for good 30 days later', async () => {
    await addUser('ada')
    await addGroup('g')
    await act((tx) => addMember(tx, 't1', 'g', 'ada'))
    await act((tx) => deleteGroup(tx, 't1', 'g', NOW))
    await act((tx) => restoreGroup(tx, 't1', 'g'))
    expect(store.count('groupMembers')).toBe(1)
    await act((tx) => deleteGroup(tx, 't1', 'g', NOW))
    const before = newestChange(store)
    await act((tx) => hardDeleteGroup(tx, 't1', 'g'))
    expect(changedSince(before)).toEqual(['user/ada/changed', 'group/g/hard-deleted'])
  })

  test('a group is renamed, its description cleared', async () => {
    await act((tx) => createGroup(tx, 't1', { id: 'g', now: NOW }, { displayName: ' Phone people ', description: 'x' }))
    expect(store.get('groups', 'g')).toMatchObject({ displayName: 'Phone people', mailNickname: 'Phonepeople' })
    await act((tx) => updateGroup(tx, 't1', 'g', { displayName: 'Callers', description: null }))
    expect(store.get('groups', 'g')).not.toHaveProperty('description')
    expect(await refusalOf(act((tx) => updateGroup(tx, 't1', 'g', { displayName: ' ' })))).toMatchObject({
      field: 'displayName',
    })
  })
})

describe('apps', () => {
  const assignment = {
    id: 'a1',
    now: NOW,
    tenantId: 't1',
    principalId: 'ada',
    resourceId: 'sp',
    appRoleId: DEFAULT_ACCESS_ROLE_ID,
  }

  test('Default Access is for apps without roles only', async () => {
    await addUser('ada')
    await addApp([ROLE])
    expect(await refusalOf(act((tx) => assign(tx, assignment)))).toMatchObject({ field: 'appRoleId' })
    await act((tx) => assign(tx, { ...assignment, appRoleId: ROLE.id }))
    const principal = store.get('servicePrincipals', 'sp')
    expect(principal && assignableRoles(principal).map((role) => role.displayName)).toEqual(['Agent'])
  })

  test('the same assignment is refused twice; taking it back is noted with what it was', async () => {
    await addUser('ada')
    await addApp()
    await act((tx) => assign(tx, assignment))
    expect(await refusalOf(act((tx) => assign(tx, { ...assignment, id: 'a2' })))).toMatchObject({
      field: 'principalId',
    })
    await act((tx) => unassign(tx, 't1', 'a1'))
    expect(store.find('directoryChanges', 'object', 'assignment/a1')).toEqual([
      expect.objectContaining({
        change: 'hard-deleted',
        assignment: { resourceId: 'sp', principalId: 'ada', principalType: 'User' },
      }),
    ])
  })

  test('an app comes into a tenant once, and leaves with its assignments and consents', async () => {
    await addUser('ada')
    await addApp()
    const again = act((tx) => createServicePrincipal(tx, { id: 'sp2', now: NOW, tenantId: 't1', appId: 'app' }))
    expect(await refusalOf(again)).toEqual({ code: 'ObjectConflict', field: 'appId' })
    await act((tx) => {
      assign(tx, assignment)
      grantPermissions(tx, { id: 'c1', now: NOW, tenantId: 't1', clientId: 'sp', scopes: ['openid', 'profile'] })
      grantPermissions(tx, { id: 'c2', now: NOW, tenantId: 't1', clientId: 'sp', scopes: ['profile', 'mail'] })
    })
    expect([...store.entries('permissionGrants')].map(([id, grant]) => [id, grant.scope, grant.consentType])).toEqual([
      ['c1', 'openid profile mail', 'AllPrincipals'],
    ])
    expect(await refusalOf(act((tx) => revokePermissions(tx, 't2', 'c1')))).toEqual({
      code: 'Request_ResourceNotFound',
    })
    await act((tx) => deleteServicePrincipal(tx, 't1', 'sp'))
    expect([store.count('appRoleAssignments'), store.count('permissionGrants')]).toEqual([0, 0])
  })

  test('an app of one organization is refused elsewhere', async () => {
    await act((tx) => createApplication(tx, { ...APPLICATION, signInAudience: 'AzureADMyOrg' }))
    const elsewhere = act((tx) => createServicePrincipal(tx, { id: 'sp', now: NOW, tenantId: 't1', appId: 'app' }))
    expect(await refusalOf(elsewhere)).toEqual({ code: 'Request_BadRequest', field: 'appId' })
  })
})

describe('recycle bin', () => {
  test('30 times 24 hours, to the millisecond', async () => {
    await addUser('ada')
    await act((tx) => softDeleteUser(tx, 't1', 'ada', NOW))
    const end = Date.parse('2026-04-01T09:00:00.000Z')
    expect(pendingHardDeletes(store, 't1')).toEqual([{ kind: 'user', id: 'ada', displayName: 'ada', at: end }])
    expect(pendingHardDeletes(store, 't2')).toEqual([])
  })
})

describe('search', () => {
  beforeEach(async () => {
    await addUser('zoe.obrien', { displayName: "Zoë O'Brien" })
    await addUser('naomi.clarke', { displayName: 'Naomi Clarke', mail: 'clarke@else.example' })
    await addUser('ben.castillo', { displayName: 'Ben Castillo' })
    await addGroup('g1', 'All Staff')
  })
  const names = (text: string): readonly string[] =>
    searchUsers(store, 't1', { text, offset: 0, limit: 10 }).items.map((user) => user.id)

  test.each([
    ['zoe', ['zoe.obrien']],
    ['CLARKE', ['naomi.clarke']],
    ['naomi c', ['naomi.clarke']],
    ['naomi.clarke@home', ['naomi.clarke']],
    ['clarke@else', ['naomi.clarke']],
    ['c', ['naomi.clarke', 'ben.castillo']],
    ['larke', []],
    ['', ['zoe.obrien', 'naomi.clarke', 'ben.castillo']],
  ])('%j finds %j', (text, found) => {
    expect(names(text)).toEqual(found)
  })

  test('deleted users and other tenants are not found', async () => {
    await act((tx) => softDeleteUser(tx, 't1', 'ben.castillo', NOW))
    expect(names('ben')).toEqual([])
    expect(searchUsers(store, 't2', { text: 'zoe', offset: 0, limit: 10 }).items).toEqual([])
  })

  test('groups are found by any word', () => {
    expect(searchGroups(store, 't1', { text: 'sta', offset: 0, limit: 10 }).items).toHaveLength(1)
  })

  test('law: paging visits everybody once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.constantFrom('', 'c', 'naomi'), (limit, text) => {
        const seen: string[] = []
        for (let hasMore = true; hasMore; ) {
          const page = searchUsers(store, 't1', { text, offset: seen.length, limit })
          seen.push(...page.items.map((user) => user.id))
          hasMore = page.hasMore
        }
        expect(seen).toEqual(names(text))
      }),
    )
  })
})

test('law: the feed holds one entry per object, in ascending order, and the record knows its number', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('ada', 'ben', 'g'), { maxLength: 20 }), async (touched) => {
      store = openMemoryStore(DIRECTORY_COLLECTIONS)
      await addUser('ada')
      await addUser('ben')
      await addGroup('g')
      let turn = 0
      for (const id of touched) {
        turn += 1
        const text = `turn ${turn}`
        await act((tx) =>
          id === 'g'
            ? updateGroup(tx, 't1', id, { description: text })
            : updateUser(tx, TENANT, id, { jobTitle: text }),
        )
      }
      const feed = [...store.entries('directoryChanges')].map(([, change]) => change)
      expect(feed.map((change) => change.objectId).sort()).toEqual(['ada', 'ben', 'g'])
      expect(feed.map((change) => change.seq)).toEqual(feed.map((change) => change.seq).toSorted((a, b) => a - b))
      for (const { objectId, seq } of feed) {
        expect((store.get('users', objectId) ?? store.get('groups', objectId))?.changeSeq).toBe(seq)
      }
    }),
    { numRuns: 30 },
  )
})
