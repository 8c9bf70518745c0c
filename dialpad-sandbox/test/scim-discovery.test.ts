import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENTERPRISE_URN, GROUP_URN, type ServedDialpad, serveDialpad, USER_URN } from './serve.ts'

let dialpad: ServedDialpad
beforeEach(async () => {
  dialpad = await serveDialpad('brightwave')
})
afterEach(() => dialpad.close())

interface Described {
  readonly name: string
  readonly subAttributes?: readonly Described[]
}

describe('discovery', () => {
  test('the configuration says what the server does', async () => {
    const answer = await dialpad.scim('GET', '/ServiceProviderConfig')
    expect(answer.headers['content-type']).toBe('application/scim+json')
    expect(answer.json()).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }],
      meta: { location: `${dialpad.origin}/scim/ServiceProviderConfig` },
    })
  })

  test('two resource types, one with the enterprise extension', async () => {
    expect((await dialpad.scim('GET', '/ResourceTypes')).json()).toMatchObject({
      totalResults: 2,
      Resources: [
        {
          id: 'User',
          endpoint: '/Users',
          schema: USER_URN,
          schemaExtensions: [{ schema: ENTERPRISE_URN, required: false }],
        },
        { id: 'Group', endpoint: '/Groups', schema: GROUP_URN, schemaExtensions: [] },
      ],
    })
    expect((await dialpad.scim('GET', '/ResourceTypes/User')).json()).toMatchObject({ id: 'User' })
  })

  test('the schemas describe what a resource shows, and nothing it never will', async () => {
    const { Resources } = (await dialpad.scim('GET', '/Schemas')).json() as {
      Resources: readonly { id: string; attributes: readonly Described[] }[]
    }
    expect(Resources.map(({ id }) => id)).toEqual([USER_URN, ENTERPRISE_URN, GROUP_URN])
    const names = (urn: string): readonly string[] =>
      (Resources.find(({ id }) => id === urn)?.attributes ?? []).map(({ name }) => name)
    expect(names(ENTERPRISE_URN)).toEqual(
      expect.arrayContaining(['department', 'officeName', 'physicalDeliveryOfficeName', 'licenseType', 'manager']),
    )
    expect(names(USER_URN)).not.toContain('groups')
    const shown = (await dialpad.scim('GET', '/Users?count=1')).json() as {
      Resources: readonly Record<string, unknown>[]
    }
    const common = ['schemas', 'id', 'externalId', 'meta', ENTERPRISE_URN]
    const described = new Set([...common, ...names(USER_URN)])
    expect(Object.keys(shown.Resources[0] ?? {}).filter((name) => !described.has(name))).toEqual([])
    expect((await dialpad.scim('GET', `/Schemas/${ENTERPRISE_URN}`)).json()).toMatchObject({ id: ENTERPRISE_URN })
  })
})
