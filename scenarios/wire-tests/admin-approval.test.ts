import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, createBrowser, leftFor, type Page, pageOf, type Visit } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { DOMAIN, type EntraStage, MARTA, openStage } from './entra-stage.ts'

/** A member without rights meets the dead end at Dialpad's door, asks, and gets in once an administrator has approved: HTTP alone. */

const ADA = `ada.okafor@${DOMAIN}`

let stage: EntraStage
beforeAll(async () => {
  stage = await openStage()
  await stage.resetTo('brightwave')
})
afterAll(() => stage.close())

/** From Dialpad's login to what Entra shows once the person is signed in. */
async function knock(dialpad: Browser, entra: Browser, email: string): Promise<Visit> {
  const visit = await entra.visit(await dialpad.leave('/login/microsoft'))
  if (visit.kind === 'left' || visit.title !== 'Sign in') return visit
  const password = await entra.send(visit, '/email', { email })
  const stay = await entra.send(password, '/password', { password: TRAINING_PASSWORD })
  return pageOf(stay).title === 'Stay signed in?' ? entra.send(stay, '/stay', { stay: 'no' }) : stay
}

const browsers = () => ({
  dialpad: createBrowser(stage.urls['dialpad'] ?? ''),
  entra: createBrowser(stage.urls['entra'] ?? ''),
})

test('Need admin approval, request, approval, and the way into Dialpad', async () => {
  const run = (name: string, body: unknown) => stage.entra.call('POST', `/commands/${name}`, body)
  await run('consent-settings', { users: 'block', requests: true, reviewers: [MARTA] })
  await stage.dialpad.call('POST', '/commands/add-person', {
    email: ADA,
    firstName: 'Ada',
    lastName: 'Okafor',
    office: 'Denver',
  })

  const member = browsers()
  const deadEnd = pageOf(await knock(member.dialpad, member.entra, ADA))
  expect([deadEnd.status, deadEnd.title]).toEqual([403, 'Need admin approval'])
  expect(deadEnd.text).toContain('AADSTS90094')
  expect(deadEnd.text).toContain("Read all users' basic profiles")
  const sent = pageOf(await member.entra.send(deadEnd, '/request', { reason: 'I take calls' }))
  expect(sent.title).toBe('Request sent')
  const back = leftFor(await member.entra.send(sent, '/consent', { decision: 'cancel' }))
  const refused: Page = await member.dialpad.go(back)
  expect(refused.text).toContain('AADSTS65004')

  const marta = await stage.signIn()
  const requests = await marta.go('/admin/consent/requests')
  const request = await marta.go(requests.linkTo('Dialpad') ?? '')
  expect(request.text).toContain('I take calls')
  const review = await marta.go(request.linkTo('Review permissions and consent') ?? '')
  expect((await marta.submit(review, '/approve', { reason: 'Welcome' })).text).toContain('Request status Approved')

  // The company's administrator connects it to the directory, which asks nobody any more.
  const owner = browsers()
  await owner.dialpad.go(leftFor(await knock(owner.dialpad, owner.entra, MARTA)))
  const again = browsers()
  const entered = await again.dialpad.go(leftFor(await knock(again.dialpad, again.entra, ADA)))
  expect([entered.status, entered.text]).toEqual([200, expect.stringContaining('Ada Okafor')])
})
