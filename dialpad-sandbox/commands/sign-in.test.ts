import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenedSystem } from '#kit/system/open-system.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { OTHER_TENANT, TENANT_ID } from '#kit/world/constants.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import type { DialpadShape } from '../records.ts'
import { openDialpad, userByEmail } from '../test/serve.ts'
import { findByMicrosoftIdentity, pinMicrosoftIdentity, recordSignIn, verifyPasswordLogin } from './sign-in.ts'
import { type SignUp, signUpCompany } from './sign-up.ts'
import { setCompanyAdmin, suspendUser } from './update-user.ts'

const MARTA = 'marta.silva@brightwave.example'
const TOMAS = 'tomas.berg@brightwave.example'

describe('signing in', () => {
  let system: OpenedSystem<DialpadShape>
  beforeEach(async () => {
    system = await openDialpad('brightwave')
  })
  afterEach(() => system.close())

  const login = async (email: string, password: string): Promise<string> =>
    (await verifyPasswordLogin(system, { email, password })).kind

  test('the address counts without case, the password with', async () => {
    expect(await login('MARTA.Silva@brightwave.example', TRAINING_PASSWORD)).toBe('ok')
    expect(await login(MARTA, TRAINING_PASSWORD.toLowerCase())).toBe('wrong')
    expect(await login('nobody@brightwave.example', TRAINING_PASSWORD)).toBe('wrong')
  })

  test('somebody without a password is told to use the provider', async () => {
    expect(await login(TOMAS, 'anything')).toBe('no-password')
  })

  test('a suspended account is told apart only by its password', async () => {
    await setCompanyAdmin(system, SYSTEM_ACTOR, userByEmail(system, TOMAS).id, true)
    await suspendUser(system, SYSTEM_ACTOR, userByEmail(system, MARTA).id)
    expect(await login(MARTA, TRAINING_PASSWORD)).toBe('suspended')
    expect(await login(MARTA, 'guess')).toBe('wrong')
  })

  test('a sign-in is noted, with virtual time', async () => {
    const user = await recordSignIn(system, userByEmail(system, MARTA).id, 'password')
    expect(user.lastLoginAt).toBe('2026-03-02T09:00:00.000Z')
    expect(system.store.latest('changeLog', 0, 1)[0]).toMatchObject({
      action: 'user_signed_in',
      changedBy: { type: 'user', name: 'Marta Silva' },
    })
  })

  test('the first sign-in with Microsoft pins the person', async () => {
    const identity = { tenantId: TENANT_ID, objectId: 'object-1' }
    const { id } = userByEmail(system, TOMAS)
    await pinMicrosoftIdentity(system, id, identity)
    expect(findByMicrosoftIdentity(system, identity)?.id).toBe(id)
    const remade = pinMicrosoftIdentity(system, id, { ...identity, objectId: 'object-2' })
    await expect(remade).rejects.toMatchObject({ code: 'identity-pinned', status: 409 })
  })

  test('another tenant is refused', async () => {
    const { id } = userByEmail(system, TOMAS)
    const foreign = pinMicrosoftIdentity(system, id, { tenantId: OTHER_TENANT.id, objectId: 'object-1' })
    await expect(foreign).rejects.toMatchObject({ code: 'wrong-tenant', status: 403 })
  })

  test('an administrator of the tenant becomes Company Admin', async () => {
    const { id } = userByEmail(system, TOMAS)
    const identity = { tenantId: TENANT_ID, objectId: 'object-1', isTenantAdmin: true }
    expect((await pinMicrosoftIdentity(system, id, identity)).isCompanyAdmin).toBe(true)
    await setCompanyAdmin(system, SYSTEM_ACTOR, id, false)
    expect((await pinMicrosoftIdentity(system, id, identity)).isCompanyAdmin).toBe(false)
  })
})

describe('signing up', () => {
  let system: OpenedSystem<DialpadShape>
  beforeEach(async () => {
    system = await openDialpad('fresh')
  })
  afterEach(() => system.close())

  const signUp: SignUp = {
    companyName: 'Brightwave',
    office: { name: 'Denver', country: 'us', areaCode: '720', timezone: 'US/Mountain', seats: 10 },
    admin: {
      email: MARTA,
      givenName: 'Marta',
      familyName: 'Silva',
      microsoft: { tenantId: TENANT_ID, objectId: 'object-1' },
    },
  }

  test('makes the company, its office and its admin, pinned to the tenant', async () => {
    const { company, office, admin } = await signUpCompany(system, signUp)
    expect(company).toMatchObject({ name: 'Brightwave', domains: ['brightwave.example'], microsoftTenantId: TENANT_ID })
    expect(office).toMatchObject({ name: 'Denver', country: 'US', isPrimary: true, seats: { talk: 10 } })
    expect(admin).toMatchObject({ isCompanyAdmin: true, state: 'active', origin: 'sign-up' })
    expect(system.store.find('numbers', 'user', admin.id)).toHaveLength(1)
  })

  test('a domain signs up once', async () => {
    await signUpCompany(system, signUp)
    const again = signUpCompany(system, { ...signUp, admin: { ...signUp.admin, email: 'ada@Brightwave.example' } })
    await expect(again).rejects.toMatchObject({ code: 'duplicate-name', status: 409, field: 'email' })
  })

  test.each([
    ['companyName', { companyName: ' ' }],
    ['country', { office: { ...signUp.office, country: 'FR' } }],
    ['areaCode', { office: { ...signUp.office, areaCode: '0720' } }],
    ['seats', { office: { ...signUp.office, seats: 0 } }],
    ['email', { admin: { ...signUp.admin, email: 'marta' } }],
  ])('a problem with %s names the field, and nothing is made', async (field, more) => {
    await expect(signUpCompany(system, { ...signUp, ...more })).rejects.toMatchObject({ status: 400, field })
    expect(system.store.count('companies')).toBe(0)
  })
})
