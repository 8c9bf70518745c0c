import { openDialpadSettings } from '../dialpad-portal.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Desk, Step, Walk } from '../walkthrough.ts'
import { signInToEntraIfAsked } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { bare, CLAIMS, KEPT, markSignIns, pictureSamlApp, SAML_APP, samlSince } from './company.ts'

const inEntra = { article: 'azure-saml', section: 'Add the SAML Toolkit' } as const
const both = { article: 'azure-saml', section: 'Configure single sign-on' } as const
const inDialpad = { article: 'azure-saml', section: 'Set up SAML in Dialpad' } as const

/** The administrator's tab of the admin center, signed in when it was not yet. */
export async function openAdminCenter(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('entra')
  await desk.open('/admin')
  await signInToEntraIfAsked(desk, PEOPLE.owner)
  return desk
}

/** A page of an enterprise app. */
export async function openApp(walk: Walk, app: string, page: string): Promise<Desk> {
  const desk = await openAdminCenter(walk)
  await desk.press('Enterprise apps', { within: 'Main' })
  await desk.press(app, { within: 'All applications' })
  await desk.press(page, { within: `Pages of ${app}` })
  return desk
}

/** Dialpad's SAML page with the provider chosen. */
export async function openDialpadSaml(walk: Walk, provider = 'Custom'): Promise<Desk> {
  const desk = await openDialpadSettings(walk)
  await desk.press('SAML', { within: 'Main' })
  await desk.choose('Choose your provider', provider)
  await desk.press('Choose')
  return desk
}

/** One more claim, on the page of the claims. */
export async function addClaim(desk: Desk, name: string, source: string): Promise<void> {
  await desk.press('Add new claim')
  await desk.fill('Name', name)
  await desk.fill('Source attribute', source)
  await desk.press('Save')
}

/** Identifier and reply URL, saved. */
export async function saveBasic(walk: Walk, identifier: string, replyUrl: string): Promise<void> {
  const desk = await openApp(walk, SAML_APP, 'Single sign-on')
  await desk.press('Edit Basic SAML Configuration')
  await desk.fill('Identifier (Entity ID)', identifier)
  await desk.fill('Reply URL (Assertion Consumer Service URL)', replyUrl)
  await desk.press('Save')
}

/** What Entra tells of the app, kept. */
export async function keepWhatEntraTells(walk: Walk): Promise<void> {
  const desk = await openApp(walk, SAML_APP, 'Single sign-on')
  walk.keep.set(KEPT.certificate, await desk.download('Download Certificate (Base64)'))
  walk.keep.set(KEPT.loginUrl, await desk.copy('Login URL'))
  walk.keep.set(KEPT.identifier, await desk.copy('Microsoft Entra Identifier'))
}

/** The same, into Dialpad. */
export async function pasteIntoDialpad(walk: Walk, provider?: string): Promise<void> {
  const desk = await openDialpadSaml(walk, provider)
  await desk.fill('IdP SSO URL', walk.keep.get(KEPT.loginUrl))
  await desk.fill('IdP Entity ID', walk.keep.get(KEPT.identifier))
  await desk.fill('Certificate', walk.keep.get(KEPT.certificate))
  await desk.press('Save')
}

/** By SAML: Dialpad's entry in the gallery has none, so the toolkit stands in for it. */
export const SAML_STEPS: readonly Step[] = [
  {
    id: 'sign-in/saml/1',
    title: 'Create an app from the SAML Toolkit',
    say: `Dialpad's own entry signs people in with OpenID Connect alone. For SAML find the Microsoft Entra SAML Toolkit in the gallery, name it ${SAML_APP}, and create it.`,
    source: inEntra,
    at: {
      page: 'Entra, gallery',
      labels: [
        'Enterprise apps',
        'New application',
        'Search application',
        'Microsoft Entra SAML Toolkit',
        'Name',
        'Create',
      ],
    },
    async solve(walk) {
      const desk = await openAdminCenter(walk)
      await desk.press('Enterprise apps', { within: 'Main' })
      await desk.press('New application')
      await desk.fill('Search application', 'SAML Toolkit')
      await desk.enter()
      await desk.press('Microsoft Entra SAML Toolkit', { within: 'Add from the gallery' })
      await desk.fill('Name', SAML_APP)
      await desk.press('Create')
    },
    async check(walk) {
      const app = await pictureSamlApp(walk)
      return app === undefined ? missing(`enterprise app called ${SAML_APP}`) : finding(`${app.displayName} is there.`)
    },
    hints: [
      'It is in the gallery, as every other app.',
      'Search for SAML Toolkit, and give the app a name of its own before it is created.',
      `Enterprise apps, New application, SAML Toolkit; Name: ${SAML_APP}; Create.`,
    ],
    wrong: [
      { mistake: 'The name stayed that of the toolkit.', sign: 'Nobody knows later what the app is for.' },
      { mistake: 'Dialpad was looked for.', sign: 'Its entry has no Create button and no SAML.' },
    ],
  },
  {
    id: 'sign-in/saml/2',
    title: 'Choose SAML',
    say: 'Open Single sign-on of the app and select SAML among the methods. A certificate is made with it.',
    source: inEntra,
    at: { page: `Entra, ${SAML_APP}, Single sign-on`, labels: ['Single sign-on', 'Select SAML'] },
    async solve(walk) {
      const desk = await openApp(walk, SAML_APP, 'Single sign-on')
      await desk.press('Select SAML')
      await desk.see('Basic SAML Configuration')
    },
    async check(walk) {
      const app = await pictureSamlApp(walk)
      if (app?.settings === undefined) return missing(`SAML configuration of ${SAML_APP}`)
      return finding(`Certificates of ${SAML_APP}: ${app.certificates.length}.`, app.certificates.length > 0)
    },
    hints: [
      'Each enterprise app has a page Single sign-on.',
      'Four methods are offered there.',
      'Single sign-on, in the card SAML: Select.',
    ],
    wrong: [{ mistake: 'Disabled stayed.', sign: 'Nobody can open the app.' }],
  },
  {
    id: 'sign-in/saml/3',
    title: 'Copy what Dialpad says about itself',
    say: "In Dialpad's Admin Settings open SAML under Authentication, choose the provider Custom, and copy the two addresses.",
    source: both,
    at: { page: 'Dialpad, SAML', labels: ['SAML', 'Choose your provider', 'SP SSO Url', 'SP Entity ID'] },
    async solve(walk) {
      const desk = await openDialpadSaml(walk)
      walk.keep.set(KEPT.acs, await desk.copy('SP SSO Url'))
      walk.keep.set(KEPT.entityId, await desk.copy('SP Entity ID'))
    },
    async check(walk) {
      const [acs, entityId] = [walk.keep.get(KEPT.acs), walk.keep.get(KEPT.entityId)]
      return finding(
        `Answers go to ${acs}; the service calls itself ${entityId}.`,
        acs.includes('/saml/sso/custom/'),
        entityId.includes('/saml/metadata/custom/'),
      )
    },
    hints: [
      'In the settings of the company, under Authentication.',
      'The addresses change with the provider: choose it first, copy then.',
      'SAML; Choose your provider: Custom; Choose; copy SP SSO Url and SP Entity ID.',
    ],
  },
  {
    id: 'sign-in/saml/4',
    title: 'Basic SAML Configuration',
    say: 'In Entra edit Basic SAML Configuration: SP Entity ID is the Identifier, SP SSO Url the Reply URL. Save.',
    source: both,
    at: {
      page: `Entra, ${SAML_APP}, Single sign-on`,
      labels: [
        'Edit Basic SAML Configuration',
        'Identifier (Entity ID)',
        'Reply URL (Assertion Consumer Service URL)',
        'Save',
      ],
    },
    solve: (walk) => saveBasic(walk, walk.keep.get(KEPT.entityId), walk.keep.get(KEPT.acs)),
    async check(walk) {
      const { identifiers = [], replyUrls = [] } = (await pictureSamlApp(walk))?.settings ?? {}
      return finding(
        `Identifier: ${identifiers.join(', ') || 'none'}. Reply URL: ${replyUrls.join(', ') || 'none'}.`,
        identifiers.some((each) => each.includes('/saml/metadata/custom/')),
        replyUrls.some((each) => each.includes('/saml/sso/custom/')),
      )
    },
    hints: [
      'The first card of Single sign-on.',
      'One address says what Dialpad is called, the other where answers go.',
      'Edit Basic SAML Configuration; paste SP Entity ID and SP SSO Url; Save.',
    ],
    wrong: [
      { mistake: 'The two were swapped.', sign: 'AADSTS700016: no application of that name.' },
      { mistake: 'The addresses are those of another provider.', sign: 'AADSTS50011, or "No such SAML login".' },
    ],
  },
  {
    id: 'sign-in/saml/5',
    title: 'Add the three claims',
    say: 'Edit Attributes & Claims and add three, without a namespace: FirstName from user.givenname, LastName from user.surname, Email from user.mail.',
    source: both,
    at: {
      page: `Entra, ${SAML_APP}, Attributes & Claims`,
      labels: ['Edit Attributes & Claims', 'Add new claim', 'Name', 'Source attribute', 'Save'],
    },
    async solve(walk) {
      const desk = await openApp(walk, SAML_APP, 'Single sign-on')
      await desk.press('Edit Attributes & Claims')
      for (const [name, from] of CLAIMS) await addClaim(desk, name, from)
    },
    async check(walk) {
      const claims = (await pictureSamlApp(walk))?.settings?.claims ?? []
      const own = claims.filter(({ namespace }) => namespace === undefined)
      return finding(
        `Claims without a namespace: ${own.map(({ name, source: from }) => `${name} from ${from}`).join(', ') || 'none'}.`,
        ...CLAIMS.map(([name, from]) => own.some((claim) => claim.name === name && claim.source === from)),
      )
    },
    hints: [
      'The second card of Single sign-on.',
      'The four that are there already have a namespace; Dialpad wants three that have none.',
      'Add new claim: FirstName, user.givenname, Save; the same for LastName and Email.',
    ],
    wrong: [
      { mistake: 'A namespace was given.', sign: 'Dialpad finds no Email in the assertion.' },
      { mistake: 'The names were written small.', sign: 'Case counts: email is another claim than Email.' },
    ],
  },
  {
    id: 'sign-in/saml/6',
    title: 'Take what Entra says about itself',
    say: 'Go back to Single sign-on: download Certificate (Base64), and copy Login URL and Microsoft Entra Identifier.',
    source: both,
    at: {
      page: `Entra, ${SAML_APP}, Single sign-on`,
      labels: ['Download Certificate (Base64)', 'Login URL', 'Microsoft Entra Identifier'],
    },
    solve: keepWhatEntraTells,
    async check(walk) {
      const active = (await pictureSamlApp(walk))?.active
      return finding(
        `The issuer is ${walk.keep.get(KEPT.identifier)}.`,
        active !== undefined && bare(walk.keep.get(KEPT.certificate)) === bare(active),
      )
    },
    hints: [
      'The third and the fourth card of Single sign-on.',
      'One file and two values are what the other side needs.',
      'Download beside Certificate (Base64); copy Login URL and Microsoft Entra Identifier.',
    ],
  },
  {
    id: 'sign-in/saml/7',
    title: 'Paste it into Dialpad',
    say: "On Dialpad's SAML page, with the provider Custom, paste the three and save.",
    source: inDialpad,
    at: { page: 'Dialpad, SAML', labels: ['IdP SSO URL', 'IdP Entity ID', 'Certificate', 'Save', 'Login Url'] },
    async solve(walk) {
      await pasteIntoDialpad(walk)
      const desk = await walk.desk('dialpad')
      await desk.see('SAML settings for Custom are saved.')
      await desk.copy('Login Url')
    },
    async check(walk) {
      const saml = (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml
      const app = await pictureSamlApp(walk)
      if (saml === undefined) return { ok: false, found: 'The company has no SAML settings in Dialpad yet.' }
      return finding(
        `Dialpad trusts ${saml.idpEntityId} as ${saml.provider} and sends people to ${saml.idpSsoUrl}.`,
        saml.provider === 'custom',
        saml.idpEntityId.startsWith('https://sts.windows.net/'),
        saml.idpSsoUrl.endsWith('/saml2'),
        bare(saml.certificate) === bare(app?.active ?? ''),
      )
    },
    hints: [
      "Dialpad's page, where the two addresses came from.",
      'The certificate may keep its first and last line.',
      'Choose Custom; IdP SSO URL: the Login URL; IdP Entity ID: the Microsoft Entra Identifier; Certificate; Save.',
    ],
    wrong: [
      { mistake: 'Another provider was chosen.', sign: 'The Login Url says "No such SAML login".' },
      { mistake: 'The addresses were swapped.', sign: 'Dialpad sends people to a page that does not exist.' },
    ],
  },
  {
    id: 'sign-in/saml/8',
    title: 'Test it',
    say: 'In Entra select Test this application, then Test sign in: a new tab, and you are in Dialpad.',
    source: inDialpad,
    at: {
      page: `Entra, ${SAML_APP}, Single sign-on`,
      labels: ['Test this application', 'Test sign in', 'Signed in as Marta Silva'],
    },
    setup: markSignIns,
    async solve(walk) {
      const desk = await openApp(walk, SAML_APP, 'Single sign-on')
      await desk.press('Test this application')
      await desk.see('Test sign in')
      const there = await walk.desk('dialpad')
      await there.open(await desk.addressOf('Test sign in'))
      await there.see('Signed in as Marta Silva')
    },
    async check(walk) {
      const answers = await samlSince(walk, PEOPLE.owner)
      return finding(
        `SAML answers about ${PEOPLE.owner}: ${answers.join(', ') || 'none'}.`,
        answers.includes('accepted'),
      )
    },
    hints: [
      'The last card of Single sign-on, or the bar above the cards.',
      'The test signs in whoever is signed in to Entra.',
      'Test this application, Test sign in.',
    ],
    wrong: [
      { mistake: 'The test was opened before Dialpad knew the certificate.', sign: 'SAML error: signature.' },
      { mistake: 'A person without an account at Dialpad was used.', sign: 'No Dialpad account for this email.' },
    ],
  },
]
