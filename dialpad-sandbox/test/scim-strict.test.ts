import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LENIENT_HABITS } from '../scim/dialects/all.ts'
import { switchOf } from '../scim/dialects/tolerated.ts'
import { ENTERPRISE_URN, GROUP_URN, patch, type ServedDialpad, serveDialpad, USER_URN } from './serve.ts'

/** The life of a person and a group by a client that keeps to the letter of RFC 7644. */

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('empty')
})
afterEach(() => dialpad.close())

const EACH_OFF = Object.fromEntries(LENIENT_HABITS.map((habit) => [switchOf(habit), 'off']))

describe.each([
  ['every habit understood', {}],
  ['every habit switched off', EACH_OFF],
  ['scim-dialect at strict', { 'scim-dialect': 'strict' }],
])('a client of the RFC, with %s', (_name, switches) => {
  test('creates, finds, replaces, patches, groups and deletes', async () => {
    await dialpad.system.control.setSwitches(switches)
    const created = await dialpad.scim('POST', '/Users', {
      schemas: [USER_URN, ENTERPRISE_URN],
      userName: 'bjensen@example.com',
      externalId: 'bjensen',
      name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
      emails: [
        { value: 'bjensen@example.com', type: 'work', primary: true },
        { value: 'babs@jensen.example', type: 'home' },
      ],
      [ENTERPRISE_URN]: { employeeNumber: '701984', manager: { value: '26118915' } },
    })
    expect(created.status).toBe(201)
    const { location = '', etag = '' } = created.headers
    const path = location.slice(`${dialpad.origin}/scim`.length)
    expect((await dialpad.scim('GET', path)).json()).toEqual(created.json())

    const found = await dialpad.scim(
      'GET',
      '/Users?filter=emails[type%20eq%20%22home%22%20and%20value%20co%20%22jensen%22]',
    )
    expect(found.json()).toMatchObject({ totalResults: 1, Resources: [{ externalId: 'bjensen' }] })

    const replaced = await dialpad.scim('PUT', path, { ...created.json(), nickName: 'Babs' }, { 'if-match': etag })
    expect([replaced.status, replaced.json()['nickName']]).toEqual([200, 'Babs'])
    expect((await dialpad.scim('PUT', path, created.json(), { 'if-match': etag })).status).toBe(412)

    const patched = await dialpad.scim(
      'PATCH',
      path,
      patch(
        { op: 'add', path: 'emails', value: [{ value: 'barbara@example.com', type: 'other' }] },
        { op: 'remove', path: 'emails[type eq "home"]' },
        { op: 'replace', value: { name: { familyName: 'Stone' }, active: false } },
      ),
    )
    expect(patched.json()).toMatchObject({ name: { givenName: 'Barbara', familyName: 'Stone' }, active: false })
    expect(JSON.stringify(patched.json()['emails'])).toContain('barbara@example.com')

    const id = String(created.json()['id'])
    const group = await dialpad.scim('POST', '/Groups', {
      schemas: [GROUP_URN],
      displayName: 'Tour Guides',
      members: [{ value: id }],
    })
    const groupPath = `/Groups/${String(group.json()['id'])}`
    const emptied = await dialpad.scim('PATCH', groupPath, patch({ op: 'remove', path: `members[value eq "${id}"]` }))
    expect([emptied.status, emptied.json()['members']]).toEqual([200, undefined])

    expect((await dialpad.scim('DELETE', path)).status).toBe(204)
    expect((await dialpad.scim('GET', path)).status).toBe(404)
  })
})
