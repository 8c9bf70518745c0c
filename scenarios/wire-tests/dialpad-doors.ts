import { type Browser, createBrowser, leftFor, type Page, pageOf } from '#kit/test/browser.ts'
import { createVisitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import type { Kit } from '#scenarios/library/start-kit.ts'

/** Dialpad's ways in, tried from outside by somebody who had them all. */

const DOMAIN = 'brightwave.example'
export const addressOf = (handle: string): string => `${handle}@${DOMAIN}`

/** A key that is made in somebody's name, as they would make it in the portal. */
export async function keyOf(kit: Kit, owner: string): Promise<string> {
  const key = (await kit.control.dialpad.call('POST', '/api-keys', { name: `Key of ${owner}`, owner })) as {
    readonly secret: string
  }
  return key.secret
}

/** What the REST API says to a key. */
export async function tryKey(kit: Kit, secret: string): Promise<{ readonly status: number; readonly words: string }> {
  const answer = await kit.fetch(`${kit.urls.dialpad}/api/v2/company`, {
    headers: { authorization: `Bearer ${secret}` },
  })
  return { status: answer.status, words: await answer.text() }
}

interface ScimRecord {
  readonly id: string
  readonly active: boolean
}

/** Somebody's record as the directory sees it. */
export async function scimRecordOf(kit: Kit, email: string): Promise<ScimRecord | undefined> {
  const query = new URLSearchParams({ filter: `userName eq "${email}"` })
  const answer = await kit.fetch(`${kit.urls.dialpad}/scim/Users?${query}`, {
    headers: { authorization: `Bearer ${CONNECTED_API_KEY}` },
  })
  return ((await answer.json()) as { readonly Resources: readonly ScimRecord[] }).Resources[0]
}

export const dialpadBrowser = (kit: Kit): Browser => createBrowser(kit.urls.dialpad)

/** Log in with Microsoft as far as it goes: a page of Dialpad's, or the one of Entra's where it ends. */
export async function logInWithMicrosoft(
  kit: Kit,
  email: string,
  browser: Browser = dialpadBrowser(kit),
  entra: Browser = createBrowser(kit.urls.entra),
): Promise<Page> {
  let visit = await entra.visit(await browser.leave('/login/microsoft'))
  if (visit.kind === 'page' && visit.title === 'Sign in') {
    const password = await entra.send(visit, '/email', { email })
    visit = await entra.send(password, '/password', { password: TRAINING_PASSWORD })
    if (visit.kind === 'page' && visit.title === 'Stay signed in?')
      visit = await entra.send(visit, '/stay', { stay: 'no' })
  }
  return visit.kind === 'page' ? visit : browser.go(leftFor(visit))
}

/** Post the identity provider's answer to Dialpad, as its page does. */
async function deliver(kit: Kit, page: Page, from: string, browser: Browser = dialpadBrowser(kit)): Promise<Page> {
  const form = page.form(/\/saml\/sso\/\w+\//.exec(page.html)?.[0] + DOMAIN)
  if (form === undefined) throw new Error(`${page.title}: ${page.text}`)
  return pageOf(await browser.post(form.action, Object.fromEntries(form.fields), { origin: from }))
}

/** Log in with SAML from Dialpad's Login Url, through a fresh sign-in at Entra. */
export async function logInWithSamlByEntra(kit: Kit, email: string): Promise<Page> {
  const browser = dialpadBrowser(kit)
  const asked = await browser.leave(`/saml/sso/custom/${DOMAIN}`)
  const visitor = createVisitor(kit.urls.entra)
  await visitor.open(asked.href)
  await visitor.submit('/email', { email })
  await visitor.submit('/password', { password: TRAINING_PASSWORD })
  await visitor.submit('/stay', { stay: 'no' })
  return deliver(kit, visitor.page, kit.urls.entra, browser)
}

/** The same through Okta; a page of Okta's where it ends there. */
export async function logInWithSamlByOkta(kit: Kit, email: string, browser = dialpadBrowser(kit)): Promise<Page> {
  const asked = await browser.leave(`/saml/sso/okta/${DOMAIN}`)
  const visitor = createVisitor(kit.urls.okta)
  await visitor.open(asked.href)
  await visitor.submit('/login/identify', { username: email })
  await visitor.submit('/login/verify', { password: TRAINING_PASSWORD })
  return /\/saml\/sso\//.test(visitor.html) ? deliver(kit, visitor.page, kit.urls.okta, browser) : visitor.page
}

/** Each side's SAML values given to the other: Entra by the SAML Toolkit and Custom. */
export async function connectSamlOfEntra(kit: Kit): Promise<void> {
  const { origin } = new URL('https://dialpad.com')
  const app = await kit.scene.entra.addSamlApp({
    name: 'Dialpad SAML',
    identifier: `${origin}/api/saml/metadata/custom/${DOMAIN}`,
    replyUrl: `${origin}/saml/sso/custom/${DOMAIN}`,
    claims: { FirstName: 'user.givenname', LastName: 'user.surname', Email: 'user.mail' },
  })
  await kit.scene.dialpad.setSaml({
    provider: 'custom',
    idpSsoUrl: app.loginUrl,
    idpEntityId: app.entraIdentifier,
    certificate: app.certificate ?? '',
  })
}

/** The same with Okta. */
export async function connectSamlOfOkta(kit: Kit): Promise<void> {
  const { origin } = new URL('https://dialpad.com')
  const app = await kit.scene.okta.editSignOn({
    acsUrl: `${origin}/saml/sso/okta/${DOMAIN}`,
    spEntityId: `${origin}/api/saml/metadata/okta/${DOMAIN}`,
    userNameFormat: 'email',
  })
  await kit.scene.dialpad.setSaml({
    provider: 'okta',
    idpSsoUrl: app.ssoUrl,
    idpEntityId: app.issuer,
    certificate: app.certificate,
  })
}

/** Invite somebody in the portal. @returns the link of the mail. */
export async function invite(kit: Kit, email: string): Promise<URL> {
  const admin = dialpadBrowser(kit)
  await admin.submit(await admin.go('/login'), '/login', {
    email: addressOf('marta.silva'),
    password: TRAINING_PASSWORD,
  })
  const add = '/admin/company/users/add'
  const offices = Object.entries((await kit.control.dialpad.state()).collections['offices'] ?? {})
  const confirm = await admin.submit(await admin.go(add), add, {
    emails: email,
    officeId: offices[0]?.[0] ?? '',
    licence: 'talk',
  })
  await admin.submit(confirm, `${add}/confirm`)
  const mails = Object.values((await kit.control.kit.state()).collections['mails'] ?? {}) as readonly {
    readonly to: readonly string[]
    readonly text: string
  }[]
  const text = mails.findLast(({ to }) => to.includes(email))?.text ?? ''
  return new URL(/https?:\/\/\S+\/invite\S+/.exec(text)?.[0] ?? 'about:blank')
}

/** What the journal tells of doors that somebody found closed, oldest first. */
export async function doorsTold(kit: Kit, email: string): Promise<readonly string[]> {
  const { items } = await kit.control.dialpad.journal({ kind: 'state' })
  return items.filter(({ subject, change }) => change?.type === 'door' && subject === email).map(({ title }) => title)
}
