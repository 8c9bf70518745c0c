import { expect, test } from 'vitest'
import { createDirectorySource } from '#idp/engine/directory-source.ts'
import { openSystem } from '#kit/system/open-system.ts'
import { PARTNER_APP, TENANT_ID } from '#kit/world/constants.ts'
import { ENTRA_SPEC } from '../spec.ts'
import { seededServicePrincipalIdOf } from '../world.ts'
import { SOURCE_ATTRIBUTES } from './source-attributes.ts'

test('every attribute the directory gives can be chosen, under the name and with the type it has', async () => {
  const urls = { entra: 'http://localhost:9', dialpad: 'http://localhost:9', kit: 'http://localhost:9' }
  const system = await openSystem(ENTRA_SPEC, { dataDir: null, world: 'connected-entra', urls })
  const source = createDirectorySource(system.store)
  const servicePrincipalId = seededServicePrincipalIdOf(PARTNER_APP.appId)
  const scope = { tenantId: TENANT_ID, servicePrincipalId, scope: 'all', defaultRoleCounts: true } as const
  for (const kind of ['User', 'Group'] as const) {
    const known = new Map(SOURCE_ATTRIBUTES[kind].map((each) => [each.name, each]))
    const objects = source.candidates(scope, kind, null, 100).ids.map((id) => source.read(scope, kind, id))
    expect(objects.length).toBeGreaterThan(3)
    for (const { attributes } of objects.filter((each) => each !== undefined)) {
      for (const [name, value] of Object.entries(attributes)) {
        const definition = known.get(name)
        expect([name, definition?.type === 'Boolean'], name).toEqual([name, typeof value === 'boolean'])
        expect([name, definition?.multiValued]).toEqual([name, Array.isArray(value)])
      }
      for (const each of known.values()) {
        if (each.required) expect(Object.keys(attributes)).toContain(each.name)
      }
    }
  }
  await system.close()
})
