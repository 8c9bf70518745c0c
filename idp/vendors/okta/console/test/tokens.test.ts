import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { type RunningOkta, startOkta } from './start-okta.ts'

let okta: RunningOkta
beforeAll(async () => {
  okta = await startOkta()
})
afterAll(() => okta.close())

const TOKENS = '/admin/access/api/tokens'

const tokenWorks = async (value: string): Promise<number> =>
  (await call(`${okta.origin}/api/v1/org`, { headers: { authorization: `SSWS ${value}` } })).status

describe('Security > API > Tokens', () => {
  test('a token is created, shown once, listed with its last use, and revoked after a question', async () => {
    const marta = await okta.signIn('marta.silva', TOKENS)
    expect(marta.title).toContain('API')
    expect(marta.text).toContain('No tokens found')
    await marta.follow('Create token')
    await marta.submit('/tokens/new', { name: 'Payroll sync' })
    expect(marta.text).toContain('Token created successfully!')
    const value = /value="(00[\w-]{40})"/.exec(marta.html)?.[1] ?? ''
    expect(value).toMatch(/^00[\w-]{40}$/)
    expect(JSON.stringify(okta.system.journal.read({}))).not.toContain(value)
    expect(JSON.stringify(okta.system.store.dump())).not.toContain(value)

    await marta.follow('OK, got it')
    expect(marta.html).not.toContain(value)
    expect(marta.text).toMatch(/Payroll sync.*Marta Silva.*Never/s)
    expect(await tokenWorks(value)).toBe(200)
    await marta.open(TOKENS)
    expect(marta.text).not.toContain('Never')

    await marta.follow('Revoke Payroll sync')
    expect(marta.text).toContain('Revoke token?')
    expect(await tokenWorks(value)).toBe(200)
    await marta.submit('/revoke')
    expect(marta.text).toContain('The token Payroll sync was revoked.')
    expect(await tokenWorks(value)).toBe(401)
    const events = Array.from(okta.system.store.entries('systemLog'), ([, event]) => event.eventType)
    expect(events).toEqual(expect.arrayContaining(['system.api_token.create', 'system.api_token.revoke']))
  })

  test('a name that is blank, too long or taken is refused beside its field', async () => {
    const marta = await okta.signIn('marta.silva', `${TOKENS}/new`)
    await marta.submit('/tokens/new', { name: 'Twice' })
    for (const [name, problem] of [
      ['  ', 'The field cannot be left blank'],
      ['x'.repeat(256), 'The field cannot have more than 255 characters'],
      ['twice', 'An object with this field already exists'],
    ] as const) {
      await marta.open(`${TOKENS}/new`)
      await marta.submit('/tokens/new', { name })
      expect([marta.status, marta.text.includes(problem)]).toEqual([422, true])
    }
    expect(okta.system.store.count('apiTokens', 'name', 'twice')).toBe(1)
  })

  test('an Application Administrator makes and sees none', async () => {
    const jonas = await okta.signIn('jonas.weber', TOKENS)
    expect(jonas.status).toBe(403)
    await jonas.open(`${TOKENS}/new`)
    expect(jonas.status).toBe(403)
  })

  test('others revoke their own only; a Super Administrator any', async () => {
    const oskar = await okta.signIn('oskar.lindqvist', `${TOKENS}/new`)
    await oskar.submit('/tokens/new', { name: 'Reader' })
    await oskar.open(TOKENS)
    expect(oskar.html).toContain('Revoke Reader')
    expect(oskar.html).not.toContain('Revoke Twice')
    const [twice] = okta.system.store.find('apiTokens', 'name', 'twice')
    await oskar.open(`${TOKENS}/${twice?.id}/revoke`)
    await oskar.submit('/revoke')
    expect(oskar.status).toBe(403)
    expect(okta.system.store.count('apiTokens', 'name', 'twice')).toBe(1)
    const marta = await okta.signIn('marta.silva', TOKENS)
    await marta.follow('Revoke Reader')
    await marta.submit('/revoke')
    expect(okta.system.store.count('apiTokens', 'name', 'reader')).toBe(0)
  })

  test('one that is gone, or never was, is not found', async () => {
    const marta = await okta.signIn('marta.silva', `${TOKENS}/00Tnone/revoke`)
    expect(marta.status).toBe(404)
  })
})
