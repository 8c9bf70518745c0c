import SCIMMY from 'scimmy'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '#kit/scim/json.ts'
import { ENTERPRISE_URN, GROUP_URN, patch, type ServedDialpad, serveDialpad, USER_URN } from './serve.ts'

/** An implementation that is not ours, asked the same as the server, where both follow the RFC. */

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('empty')
})
afterEach(() => dialpad.close())

const ADA = {
  schemas: [USER_URN],
  userName: 'ada@x.example',
  externalId: 'a-1',
  name: { formatted: 'Ada Ahmed', givenName: 'Ada', familyName: 'Ahmed' },
  displayName: 'Ada Ahmed',
  title: 'analyst',
  active: true,
  emails: [
    { value: 'ada@x.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  ims: [{ value: 'agent', type: 'xmpp' }],
}

type Message<T extends new (...args: never[]) => unknown> = ConstructorParameters<T>[0]

async function create(body: object): Promise<JsonObject> {
  const answer = await dialpad.scim('POST', '/Users', body)
  expect(answer.status).toBe(201)
  return answer.json()
}

/** Of the core schema alone, as the other implementation knows it. */
function coreOf({ meta: _, [ENTERPRISE_URN]: __, phoneNumbers: ___, ...core }: JsonObject): JsonObject {
  return { ...core, schemas: [USER_URN] }
}

describe('scimmy as oracle', () => {
  test.each([
    [[{ op: 'replace', path: 'title', value: 'lead' }]],
    [[{ op: 'add', path: 'nickName', value: 'A' }]],
    [[{ op: 'replace', path: 'name.familyName', value: 'Berg' }]],
    [[{ op: 'replace', value: { title: 'lead', nickName: 'A', active: false } }]],
    [[{ op: 'remove', path: 'title' }]],
    [[{ op: 'add', path: 'ims', value: [{ value: 'lead', type: 'xmpp' }] }]],
    [[{ op: 'remove', path: 'ims[value eq "agent"]' }]],
    [[{ op: 'replace', path: 'ims[type eq "xmpp"].value', value: 'lead' }]],
    [[{ op: 'replace', path: 'ims', value: [{ value: 'one' }, { value: 'two', primary: true }] }]],
    [
      [
        { op: 'add', path: 'nickName', value: 'A' },
        { op: 'replace', path: 'nickName', value: 'B' },
        { op: 'remove', path: 'title' },
      ],
    ],
  ])('PATCH %j', async (operations) => {
    const before = await create(ADA)
    const body = patch(...operations)
    const request = new SCIMMY.Messages.PatchOp(body as Message<typeof SCIMMY.Messages.PatchOp>)
    const theirs = await request.apply(new SCIMMY.Schemas.User(coreOf(before), 'both'), async (next) => next)
    const ours = await dialpad.scim('PATCH', `/Users/${String(before['id'])}`, body)
    expect(coreOf(ours.json())).toEqual(coreOf(JSON.parse(JSON.stringify(theirs))))
  })

  test.each([
    'userName eq "ada@x.example"',
    'userName sw "b"',
    'userName co "x.ex" and active eq true',
    'title pr',
    'not (title pr)',
    'title ne "analyst"',
    'externalId eq "a-1" or externalId eq "b-1"',
    '(active eq true and title eq "analyst") or name.familyName eq "berg"',
    'emails[type eq "home"]',
    'emails[type eq "work" and primary eq true]',
    'emails[type eq "home" and value co "home"] and title pr',
    'not (title eq "analyst") and active eq true',
    'meta.resourceType eq "User"',
  ])('filter %s', async (filter) => {
    await create(ADA)
    await create({
      schemas: [USER_URN],
      userName: 'ben@x.example',
      externalId: 'b-1',
      active: false,
      name: { familyName: 'berg' },
    })
    await create({ schemas: [USER_URN], userName: 'cy@y.example', title: 'lead' })
    const { Resources } = (await dialpad.scim('GET', '/Users')).json() as { Resources: JsonObject[] }
    const theirs = new SCIMMY.Types.Filter(filter).match(Resources as never[])
    const ours = (await dialpad.scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)).json()
    expect(ours['Resources']).toEqual(theirs)
  })

  test('takes what the server shows for users, groups and lists, and loses nothing of it', async () => {
    const ada = await create(ADA)
    const group = await dialpad.scim('POST', '/Groups', {
      schemas: [GROUP_URN],
      displayName: 'Sales',
      members: [{ value: ada['id'] }],
    })
    const user = JSON.parse(JSON.stringify(new SCIMMY.Schemas.User(coreOf(ada), 'out')))
    expect(coreOf(user)).toEqual(coreOf(ada))
    const shown = JSON.parse(JSON.stringify(new SCIMMY.Schemas.Group(group.json(), 'out')))
    expect(shown).toMatchObject({ displayName: 'Sales', members: [{ value: ada['id'], type: 'User' }] })
    const listed = (await dialpad.scim('GET', '/Users')).json()
    const list = new SCIMMY.Messages.ListResponse(listed as never)
    expect(JSON.parse(JSON.stringify(list))).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1 })
  })

  test('takes the server’s refusals for SCIM Errors', async () => {
    for (const [method, path, body] of [
      ['GET', '/Users/none'],
      ['POST', '/Users', {}],
      ['GET', '/Users?filter=userName+is+1'],
    ] as const) {
      const answer = (await dialpad.scim(method, path, body)).json()
      // It throws the error that the body tells of.
      const read = () => new SCIMMY.Messages.Error(answer as Message<typeof SCIMMY.Messages.Error>)
      expect(read).toThrow(expect.objectContaining({ status: answer['status'], message: answer['detail'] }))
    }
  })
})
