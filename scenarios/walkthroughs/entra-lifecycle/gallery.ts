import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { signInToEntra } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra, tellConsents } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { tellOpened } from '../witness/pages-opened.ts'

const source = { article: '001', section: 'Add Dialpad from the gallery' } as const

/** The browser in which Dialpad is logged in to, apart from the administrator's. */
export const SEPARATE = 'separate browser'

/** Seed 001, "Add Dialpad from the gallery": the app comes into the tenant by logging in to it. */
export const GALLERY_STEPS: readonly Step[] = [
  {
    id: '001/gallery/1',
    title: 'Sign in to the admin center',
    say: 'Sign in to the Microsoft Entra admin center as at least a Cloud Application Administrator.',
    source,
    at: { page: 'Entra, sign-in', labels: ['Sign in'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await signInToEntra(desk, PEOPLE.applications)
      await desk.see('Enterprise apps')
    },
    async check(walk) {
      const seen = await exchanges(walk.control.entra, { url: '/admin', status: 200 })
      return finding(`${PEOPLE.applications} has the admin center open (${seen.length} pages seen).`, seen.length > 0)
    },
    wrong: [
      {
        mistake: 'The account holds no administrator role.',
        sign: '"You don\'t have access", with the roles that would do.',
      },
    ],
  },
  {
    id: '001/gallery/2',
    title: 'Browse to New application',
    say: 'Go to Entra ID > Enterprise apps and choose New application.',
    source,
    at: { page: 'Entra, Enterprise apps', labels: ['Entra ID', 'Enterprise apps', 'New application'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Entra ID', { within: 'Main' })
      await desk.press('Enterprise apps', { within: 'Main' })
      await desk.press('New application')
    },
    async check(walk) {
      const { app } = await pictureEntra(walk.control.entra)
      const seen = await exchanges(walk.control.entra, { url: '/admin/apps/gallery', status: 200 })
      return finding(
        'The gallery is open; Dialpad is not among the enterprise apps yet.',
        seen.length > 0,
        app === undefined,
      )
    },
  },
  {
    id: '001/gallery/3',
    title: 'Find Dialpad in the gallery',
    say: 'Under "Add from the gallery" type Dialpad and select it among the results.',
    source,
    at: { page: 'Entra, gallery', labels: ['Add from the gallery', 'Dialpad'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Add from the gallery')
      await desk.fill('Search application', 'Dialpad')
      await desk.enter()
      await desk.press('Dialpad', { within: 'Add from the gallery' })
    },
    async check(walk) {
      const searched = await exchanges(walk.control.entra, {
        url: '/admin/apps/gallery/dialpad?q=Dialpad',
        status: 200,
      })
      return finding('The pane of Dialpad was opened from the results.', searched.length > 0)
    },
  },
  {
    id: '001/gallery/4',
    title: 'Open the URL of the app in a separate browser',
    say: 'The pane has no Create button: open the URL it shows, in another browser or a private window. In this one you may be logged in to Dialpad already.',
    source,
    at: { page: 'Entra, gallery, pane of Dialpad', labels: ['URL'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('URL', { within: 'Dialpad' })
      const other = await walk.desk('dialpad', SEPARATE)
      await other.open(await desk.addressOf('dialpad.com', { within: 'Dialpad' }))
    },
    async check(walk) {
      const seen = await exchanges(walk.control.dialpad, { kind: 'http-in', method: 'GET', status: 200 })
      const home = seen.filter((entry) => entry.request?.url === '/')
      return finding(`Dialpad's public page was opened ${home.length} times.`, home.length > 0)
    },
  },
  {
    id: '001/gallery/5',
    title: 'Log in to Dialpad online',
    say: 'At the top right choose Log In > Use Dialpad online.',
    source,
    at: { page: 'Dialpad, public page', labels: ['Log In', 'Use Dialpad online'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad', SEPARATE)
      await desk.press('Log In')
      await desk.press('Use Dialpad online')
    },
    async check(walk) {
      const seen = await exchanges(walk.control.dialpad, { method: 'GET', url: '/login', status: 200 })
      return finding(await tellOpened(walk, 'dialpad', 'The log-in page', seen.length), seen.length > 0)
    },
  },
  {
    id: '001/gallery/6',
    title: 'Choose your Microsoft work account',
    say: 'Dialpad is an OpenID Connect app: log in to it with Microsoft, as its Company Admin.',
    source,
    at: { page: 'Dialpad, log-in', labels: ['Log in with Microsoft', 'Sign in'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad', SEPARATE)
      await desk.press('Log in with Microsoft')
      await signInToEntra(desk, PEOPLE.owner)
      await desk.see('Permissions requested')
    },
    async check(walk) {
      const asked = await exchanges(walk.control.entra, { url: '/oauth2/v2.0/authorize' })
      const { app } = await pictureEntra(walk.control.entra)
      const state = app === undefined ? 'nothing has been granted yet' : 'the app is already there'
      return finding(`Dialpad asked Entra to sign ${PEOPLE.owner} in; ${state}.`, asked.length > 0, app === undefined)
    },
    wrong: [
      {
        mistake: 'The account of another organization was chosen.',
        sign: 'Dialpad refuses it: the company belongs to one Microsoft organization.',
      },
    ],
  },
  {
    id: '001/gallery/7',
    title: 'Accept the permissions',
    say: 'Accept what the app asks for. It is then among the apps of your tenant, and you are taken back to your Dialpad account.',
    source,
    at: { page: 'Entra, consent', labels: ['Permissions requested', 'Accept'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad', SEPARATE)
      await desk.see('Permissions requested')
      await desk.press('Accept')
      await desk.see('Signed in as Marta Silva')
    },
    async check(walk) {
      const { app, grants } = await pictureEntra(walk.control.entra)
      const owner = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.owner)
      if (app === undefined) return missing('enterprise app made from the gallery listing of Dialpad')
      walk.keep.set('appId', app.id)
      const tenantId = owner?.microsoft?.tenantId
      const link =
        tenantId === undefined ? 'is not linked to a Microsoft account yet' : `is linked to tenant ${tenantId}`
      return finding(
        `${app.displayName} is an enterprise app with ${tellConsents(grants.length)}; ${PEOPLE.owner} ${link}.`,
        grants.length > 0,
        tenantId === app.tenantId,
      )
    },
    wrong: [{ mistake: 'Cancel was chosen.', sign: 'Dialpad says that access was declined, and no app appears.' }],
  },
]
