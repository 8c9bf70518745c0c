import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MailBox, openMailBox, type ReceivedMail } from '#kit/test/mail-box.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type RunningOkta, startOkta } from '../../console/test/start-okta.ts'
import { oktaUserIdOf } from '../../world.ts'

let mail: MailBox
let okta: RunningOkta
let marta: Visitor
beforeAll(async () => {
  mail = await openMailBox()
  okta = await startOkta(undefined, undefined, mail.url)
})
afterAll(async () => {
  await okta.close()
  await mail.close()
})
beforeEach(async () => {
  await okta.system.control.reset({ world: 'brightwave' })
  marta = await okta.signIn('marta.silva')
})

const FRESH = { newPassword: 'Bright-Start-7', again: 'Bright-Start-7' }
const linkOf = ({ text }: ReceivedMail): string => new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? '').pathname
const userOf = (login: string) => okta.system.store.find('users', 'login', login)[0]

async function addNora(): Promise<void> {
  await marta.open('/admin/users/new')
  await marta.submit('/users/new', {
    firstName: 'Nora',
    lastName: 'Quist',
    login: 'nora.quist@brightwave.example',
    email: 'nora@mail.example',
    activation: 'now',
  })
}

async function forgot(username: string): Promise<Visitor> {
  const visitor = createVisitor(okta.origin)
  await visitor.open('/')
  await visitor.follow('Forgot password?')
  await visitor.submit('/signin/forgot-password', { username })
  return visitor
}

describe('activation by mail', () => {
  test('Activate now without a password sends a link, by which the person is active and signed in', async () => {
    await addNora()
    expect(marta.text).toContain('A mail with a link was sent to nora@mail.example.')
    expect(marta.text).toContain('Pending user action')
    const sent = await mail.next()
    expect([sent.to, sent.subject]).toEqual([
      'nora@mail.example',
      'Welcome to Okta at Brightwave: activate your account',
    ])
    const link = linkOf(sent)
    expect(link).toMatch(/^\/welcome\/[\w-]{43}$/)
    expect(marta.html).not.toContain(link)

    const nora = createVisitor(okta.origin)
    await nora.open(link)
    expect([nora.path, nora.title]).toEqual(['/welcome', 'Welcome to Brightwave, Nora!'])
    await nora.submit('/welcome', { newPassword: 'quist', again: 'other' })
    expect([nora.status, nora.text]).toEqual([422, expect.stringContaining('Password requirements were not met')])
    await nora.submit('/welcome', FRESH)
    expect([nora.path, nora.title]).toEqual(['/', 'My Apps'])
    expect(userOf('nora.quist@brightwave.example')?.status).toBe('ACTIVE')
    expect((await okta.signIn('nora.quist', '/', FRESH.newPassword)).title).toBe('My Apps')

    await nora.open(link)
    expect([nora.status, nora.title]).toEqual([410, 'Activation link no longer valid'])
    const { items } = okta.system.journal.read({})
    expect(items.map(({ title }) => title)).toContain('GET /welcome/… → 303')
    expect(JSON.stringify(items)).not.toContain(link.split('/').at(-1))
    expect(JSON.stringify(okta.system.store.dump())).not.toContain(link.split('/').at(-1))
  })

  test('Resend Activation Email replaces the link; the old one and one of eight days are no good', async () => {
    await addNora()
    const first = linkOf(await mail.next())
    await marta.submit('/resend-activation')
    expect(marta.text).toContain('A mail with a link was sent to nora@mail.example.')
    const second = linkOf(await mail.next())
    const nora = createVisitor(okta.origin)
    await nora.open(first)
    expect(nora.status).toBe(410)
    expect(nora.linkTo('Sign in')).toBe('/login/login.htm')
    await nora.open(second)
    expect(nora.status).toBe(200)
    expect(okta.system.store.latest('systemLog', 0, 3).map(({ eventType }) => eventType)).toContain(
      'user.lifecycle.reactivate',
    )
    await okta.advance('P7D')
    await nora.open(second)
    expect(nora.status).toBe(410)
  })

  test('activating somebody staged sends it too; without a mail server that is told', async () => {
    const quentin = `/admin/user/${oktaUserIdOf('quentin.adler')}/activate`
    await marta.open(quentin)
    await marta.submit('/activate')
    expect((await mail.next()).to).toBe('quentin.adler@brightwave.example')
    const silent = await startOkta()
    const admin = await silent.signIn('marta.silva', quentin)
    await admin.submit('/activate')
    expect(admin.text).toContain('could not be sent: there is no mail server.')
    await silent.close()
  })
})

describe('recovery by mail', () => {
  test('Forgot password? sends a link, good once and for an hour; the old password goes on until it is used', async () => {
    const ada = await forgot('ada.okafor')
    expect(ada.title).toBe('Email sent!')
    const link = linkOf(await mail.next())
    expect(link).toMatch(/^\/signin\/reset-password\/[\w-]{43}$/)
    const before = await okta.signIn('ada.okafor', '/', TRAINING_PASSWORD)
    expect(before.title).toBe('My Apps')
    await ada.open(link)
    expect([ada.path, ada.title]).toEqual(['/signin/reset-password', 'Reset your Okta password'])
    await ada.submit('/signin/reset-password', { ...FRESH, again: 'Other-Start-7' })
    expect([ada.status, ada.text]).toEqual([422, expect.stringContaining('New passwords must match')])
    await ada.submit('/signin/reset-password', FRESH)
    expect(ada.title).toBe('My Apps')
    await before.open('/')
    expect(before.title).toBe('Sign In')
    expect((await okta.signIn('ada.okafor', '/', TRAINING_PASSWORD)).status).toBe(401)
    await ada.open(link)
    expect([ada.status, ada.title]).toEqual([410, 'Your password reset link is no longer valid'])

    await forgot('ada.okafor')
    const late = linkOf(await mail.next())
    await okta.advance('PT1H')
    await ada.open(late)
    expect(ada.status).toBe(410)
    await ada.follow('Send another email')
    expect(ada.title).toBe('Reset your password')
  })

  test('says the same of everybody, and sends nothing to those who have no password to reset', async () => {
    const before = mail.received.length
    const words = async (name: string) => (await forgot(name)).text.replaceAll(name, '')
    const known = await words('ada.okafor')
    await mail.next()
    for (const name of ['nobody.here', 'quentin.adler', 'umar.rashid']) expect(await words(name), name).toBe(known)
    await forgot('ben.castillo')
    expect((await mail.next()).to).toBe('ben.castillo@brightwave.example')
    expect(mail.received.length).toBe(before + 2)
    expect((await forgot(' ')).status).toBe(422)
  })

  test('Reset Password by an administrator: the old password is of no more use, sessions end', async () => {
    const ada = await okta.signIn('ada.okafor', '/')
    await marta.open(`/admin/user/${oktaUserIdOf('ada.okafor')}/reset-password`)
    await marta.submit('/send-reset')
    expect(marta.text).toContain('Password reset')
    expect(marta.text).toContain('A mail with a link was sent to ada.okafor@brightwave.example.')
    const link = linkOf(await mail.next())
    await ada.open('/')
    expect(ada.title).toBe('Sign In')
    expect((await okta.signIn('ada.okafor', '/')).status).toBe(401)
    await ada.open(link)
    await ada.submit('/signin/reset-password', FRESH)
    expect([ada.title, userOf('ada.okafor@brightwave.example')?.status]).toEqual(['My Apps', 'ACTIVE'])
  })

  test('a link is of no more use once the password was changed otherwise, or the person suspended', async () => {
    await forgot('ada.okafor')
    const link = linkOf(await mail.next())
    await okta.advance('PT1M')
    await marta.open(`/admin/user/${oktaUserIdOf('ada.okafor')}/reset-password`)
    await marta.submit('/reset-password')
    const ada = createVisitor(okta.origin)
    await ada.open(link)
    expect(ada.status).toBe(410)
    await forgot('ben.castillo')
    const bens = linkOf(await mail.next())
    await marta.open(`/admin/user/${oktaUserIdOf('ben.castillo')}/suspend`)
    await marta.submit('/suspend')
    await ada.open(bens)
    expect(ada.status).toBe(410)
  })

  test('in the browser of somebody else it says who is signed in, and signs them out', async () => {
    await forgot('ada.okafor')
    await marta.open(linkOf(await mail.next()))
    expect(marta.text).toContain('You are signed in as marta.silva@brightwave.example.')
    await marta.submit('/signin/reset-password', FRESH)
    expect(marta.linkTo('Admin')).toBeUndefined()
  })
})
