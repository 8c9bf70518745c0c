import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createVisitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type RunningOkta, startOkta } from '../../console/test/start-okta.ts'
import { oktaUserIdOf } from '../../world.ts'
import { LOCKOUT_THRESHOLD } from '../check-password.ts'

let okta: RunningOkta
beforeAll(async () => {
  okta = await startOkta()
})
afterAll(() => okta.close())
beforeEach(() => okta.system.control.reset({ world: 'brightwave' }))

const idOf = (handle: string): string => oktaUserIdOf(handle)

async function patch(handle: string, change: object): Promise<void> {
  await okta.system.store.transact((tx) => {
    const user = tx.get('users', idOf(handle))
    if (user !== undefined) tx.put('users', user.id, { ...user, ...change })
  })
}

describe('signing in to the org', () => {
  test('user name, then password, then the dashboard', async () => {
    const ada = createVisitor(okta.origin)
    await ada.open('/')
    expect([ada.path, ada.title]).toEqual(['/login/login.htm', 'Sign In'])
    await ada.submit('/login/identify', { username: 'ada.okafor@brightwave.example' })
    expect(ada.title).toBe('Verify with your password')
    await ada.submit('/login/verify', { password: TRAINING_PASSWORD })
    expect([ada.path, ada.title]).toEqual(['/', 'My Apps'])
    expect(ada.linkTo('Admin')).toBeUndefined()
    expect(okta.system.store.get('users', idOf('ada.okafor'))?.lastLogin).toBeDefined()
  })

  test('the part before the @ is enough for people of the org', async () => {
    const ada = createVisitor(okta.origin)
    await ada.open('/')
    await ada.submit('/login/identify', { username: 'Ada.Okafor' })
    await ada.submit('/login/verify', { password: TRAINING_PASSWORD })
    expect(ada.title).toBe('My Apps')
  })

  test('leads back to the page that was asked for, and to no other site', async () => {
    const marta = await okta.signIn('marta.silva', '/admin/search?q=ada')
    expect(marta.path).toBe('/admin/search?q=ada')
    for (const evil of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/login/login.htm',
      'javascript:x',
    ]) {
      const visitor = createVisitor(okta.origin)
      await visitor.open(`/login/login.htm?${new URLSearchParams({ fromURI: evil })}`)
      await visitor.submit('/login/identify', { username: 'ada.okafor', fromURI: evil })
      await visitor.submit('/login/verify', { password: TRAINING_PASSWORD, fromURI: evil })
      expect(visitor.path, evil).toBe('/')
    }
  })

  test('the same words for an unknown person, a wrong password, a staged, a suspended and a deactivated one', async () => {
    await patch('rosa.jimenez', { status: 'DEPROVISIONED' })
    const tries = [
      ['nobody.here', TRAINING_PASSWORD],
      ['ada.okafor', 'Wrong-1234'],
      ['quentin.adler', TRAINING_PASSWORD],
      ['umar.rashid', TRAINING_PASSWORD],
      ['rosa.jimenez', TRAINING_PASSWORD],
    ] as const
    for (const [handle, password] of tries) {
      const visitor = await okta.signIn(handle, '/', password)
      expect([visitor.status, visitor.title], handle).toEqual([401, 'Verify with your password'])
      expect(visitor.text, handle).toContain('Unable to sign in')
      expect(visitor.html).not.toContain(password)
    }
  })

  test('empty fields are told beside the field', async () => {
    const ada = createVisitor(okta.origin)
    await ada.open('/')
    await ada.submit('/login/identify', { username: ' ' })
    expect([ada.status, ada.title]).toEqual([422, 'Sign In'])
    expect(ada.text).toContain('This field cannot be left blank')
    await ada.submit('/login/identify', { username: 'ada.okafor' })
    await ada.submit('/login/verify', { password: '' })
    expect(ada.status).toBe(422)
  })

  test('the tenth wrong password locks the account, tried in a row or all at once', async () => {
    for (let count = 1; count < LOCKOUT_THRESHOLD; count += 1) await okta.signIn('ada.okafor', '/', 'Wrong-1234')
    expect(okta.system.store.get('users', idOf('ada.okafor'))?.status).toBe('ACTIVE')
    await okta.signIn('ada.okafor', '/', 'Wrong-1234')
    expect(okta.system.store.get('users', idOf('ada.okafor'))?.status).toBe('LOCKED_OUT')
    expect((await okta.signIn('ada.okafor', '/')).text).toContain('Unable to sign in')
    expect(okta.system.store.latest('systemLog', 0, 5).map(({ eventType }) => eventType)).toContain('user.account.lock')
    await Promise.all(Array.from({ length: 14 }, () => okta.signIn('ben.castillo', '/', 'Wrong-1234')))
    expect(okta.system.store.get('users', idOf('ben.castillo'))?.status).toBe('LOCKED_OUT')
    const wrong = okta.system.store.find('systemLog', 'actor', idOf('ben.castillo'))
    expect(wrong.filter(({ outcome }) => outcome.result === 'FAILURE').length).toBeGreaterThanOrEqual(10)
    // Unlocked, they begin anew.
    await patch('ben.castillo', { status: 'ACTIVE' })
    expect((await okta.signIn('ben.castillo', '/')).title).toBe('My Apps')
  })

  test('an expired password is changed before anything else', async () => {
    await patch('ada.okafor', { status: 'PASSWORD_EXPIRED' })
    const ada = await okta.signIn('ada.okafor', '/')
    expect(ada.title).toBe('Your password has expired')
    await ada.submit('/login/change-password', { newPassword: 'okafor', again: 'other' })
    expect(ada.status).toBe(422)
    expect(ada.text).toContain('Password requirements were not met')
    expect(ada.text).toContain('New passwords must match')
    await ada.submit('/login/change-password', { newPassword: 'Fresh-Start-7', again: 'Fresh-Start-7' })
    expect(ada.title).toBe('My Apps')
    expect(okta.system.store.get('users', idOf('ada.okafor'))?.status).toBe('ACTIVE')
    expect((await okta.signIn('ada.okafor', '/', TRAINING_PASSWORD)).status).toBe(401)
    expect((await okta.signIn('ada.okafor', '/', 'Fresh-Start-7')).status).toBe(200)
  })

  test('nobody changes a password whose old one they have not typed', async () => {
    await patch('ada.okafor', { status: 'PASSWORD_EXPIRED' })
    const thief = await okta.signIn('ada.okafor', '/', 'Wrong-1234')
    const token = thief.valueOf('_csrf') ?? ''
    await thief.post('/login/change-password', {
      _csrf: token,
      username: 'ada.okafor',
      newPassword: 'Fresh-Start-7',
      again: 'Fresh-Start-7',
    })
    expect(okta.system.store.get('users', idOf('ada.okafor'))?.status).toBe('PASSWORD_EXPIRED')
  })
})

describe('the session', () => {
  test('ends with Sign out, after two idle hours, and when the state of the person changes', async () => {
    const out = await okta.signIn('ada.okafor', '/')
    await out.submit('/login/signout')
    await out.open('/')
    expect(out.title).toBe('Sign In')

    const idle = await okta.signIn('ada.okafor', '/')
    await okta.advance('PT1H59M')
    await idle.open('/')
    expect(idle.title).toBe('My Apps')
    await okta.advance('PT2H1M')
    await idle.open('/')
    expect(idle.title).toBe('Sign In')

    const suspended = await okta.signIn('ada.okafor', '/')
    await okta.advance('PT1M')
    await patch('ada.okafor', { status: 'SUSPENDED', statusChanged: okta.system.clock.iso() })
    await suspended.open('/')
    expect(suspended.title).toBe('Sign In')
    await okta.advance('PT1M')
    await patch('ada.okafor', { status: 'ACTIVE', statusChanged: okta.system.clock.iso() })
    await suspended.open('/')
    expect(suspended.title).toBe('Sign In')
  })

  test('forms from elsewhere are refused', async () => {
    const ada = await okta.signIn('ada.okafor', '/')
    await ada.post('/login/signout', { _csrf: 'forged' })
    expect(ada.status).toBe(403)
    await ada.open('/')
    await ada.submit('/login/signout', {}, { origin: 'https://evil.example' })
    expect(ada.status).toBe(403)
    await ada.open('/')
    expect(ada.title).toBe('My Apps')
  })
})

describe('the admin console', () => {
  test('opens for administrators, readers among them, and refuses everybody else', async () => {
    for (const handle of ['marta.silva', 'jonas.weber', 'oskar.lindqvist']) {
      const admin = await okta.signIn(handle, '/')
      await admin.follow('Admin')
      expect([admin.status, admin.title], handle).toEqual([200, 'Dashboard'])
    }
    const ada = await okta.signIn('ada.okafor', '/admin')
    expect([ada.status, ada.title]).toEqual([403, 'Access Forbidden'])
    expect(ada.text).toContain('You do not have permission to access the Admin Console.')
  })

  test('a page that is not there says so', async () => {
    const marta = await okta.signIn('marta.silva', '/admin/no-such-page')
    expect([marta.status, marta.title]).toEqual([404, 'Page Not Found'])
  })
})
