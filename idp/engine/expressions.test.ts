import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AttributeMapping, ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { type Fixture, JOB_ID, openFixture, SCHEMA } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

function calculated(expression: string, targetAttributeName: string): AttributeMapping {
  return { source: { type: 'Function', expression }, targetAttributeName, matchingPriority: 0, flowType: 'Always' }
}

const ROWS = [
  calculated('Redact([department])', 'nickName'),
  calculated('Now()', 'title'),
  calculated('Join("@", Left([objectId], 4), DefaultDomain())', 'userType'),
  calculated('Guid()', 'externalId'),
]
const WRITTEN = new Set(ROWS.map(({ targetAttributeName }) => targetAttributeName))

const CALCULATING: ProvisioningSchema = {
  ...SCHEMA,
  users: {
    ...SCHEMA.users,
    attributeMappings: [
      ...SCHEMA.users.attributeMappings.filter(({ targetAttributeName }) => !WRITTEN.has(targetAttributeName)),
      ...ROWS,
    ],
  },
}

let target: ScimTarget
let idp: Fixture

beforeEach(async () => {
  target = await openScimTarget()
  idp = await openFixture({
    targetUrl: target.url,
    token: TARGET_TOKEN,
    schema: CALCULATING,
    policy: { defaultDomain: 'brightwave.example' },
  })
  await idp.people.user('ines', { displayName: 'Ines Moreau', department: 'Secret service' })
  await idp.people.assign('ines')
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const account = () => [...target.users.values()][0]

test('what a mapping redacts reaches the target and no log, at creation and later', async () => {
  await idp.engine.provisionOnDemand(JOB_ID, 'ines')
  expect(account()).toMatchObject({ nickName: 'Secret service' })
  await idp.people.change('ines', { department: 'Secret sales' })
  const preview = await idp.engine.preview(JOB_ID, 'ines')
  await idp.engine.provisionOnDemand(JOB_ID, 'ines')
  expect(account()).toMatchObject({ nickName: 'Secret sales' })

  const [created, updated] = idp.log()
  expect(created?.modified).toContainEqual({ name: 'nickName', oldValue: null, newValue: '[Redact]' })
  expect(updated?.modified).toContainEqual({ name: 'nickName', oldValue: '[Redact]', newValue: '[Redact]' })
  const steps = updated?.steps.map(({ details }) => details)
  expect(steps?.[0]).toMatchObject({ displayName: 'Ines Moreau', department: '[Redact]' })
  expect(steps?.[2]).toMatchObject({ displayName: 'Ines Moreau', nickName: '[Redact]' })
  expect(JSON.stringify(idp.log())).not.toContain('Secret')
  expect(preview.kind === 'planned' && JSON.stringify([preview.steps, preview.modified])).not.toContain('Secret')
})

test('expressions know the virtual time, the tenant’s domain and real chance', async () => {
  await idp.engine.provisionOnDemand(JOB_ID, 'ines')
  const year = new Date(idp.system.clock.now()).getUTCFullYear()
  const { title, userType, externalId } = { ...account() }
  expect(title).toMatch(new RegExp(`^\\d{1,2}/\\d{1,2}/${year} \\d{1,2}:\\d\\d:\\d\\d [AP]M$`))
  expect(userType).toBe('ines@brightwave.example')
  expect(externalId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  await idp.engine.provisionOnDemand(JOB_ID, 'ines')
  expect(account()?.['externalId']).not.toBe(externalId)
})
