import { COMPANY } from '#kit/world/cast.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { signInToEntra } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra, tellConsents } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'

const source = { article: '003', section: 'Add Dialpad from the Azure gallery' } as const

/** Seed 003, "Add Dialpad from the Azure gallery": the app, the consent and the company come with one sign-up. */
export const SIGN_UP_STEPS: readonly Step[] = [
  {
    id: '003/gallery/1',
    title: 'Open Microsoft Entra ID',
    say: 'Sign in and open Microsoft Entra ID. The article begins in the Azure portal; the admin center of today has the same under Entra ID.',
    source,
    at: { page: 'Entra, Home', labels: ['Sign in', 'Entra ID'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await signInToEntra(desk, PEOPLE.owner)
      await desk.see('Entra ID', { within: 'Main' })
    },
    async check(walk) {
      const seen = await exchanges(walk.control.entra, { url: '/admin', status: 200 })
      return finding(`${PEOPLE.owner} has the admin center open.`, seen.length > 0)
    },
  },
  {
    id: '003/gallery/2',
    title: 'Go to all enterprise applications',
    say: 'Select Enterprise applications, which is called Enterprise apps by now, and look at all of them.',
    source,
    at: { page: 'Entra, Enterprise apps', labels: ['Enterprise apps', 'All applications'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Enterprise apps', { within: 'Main' })
      await desk.see('All applications')
    },
    async check(walk) {
      const { app } = await pictureEntra(walk.control.entra)
      return finding('Dialpad is not among them.', app === undefined)
    },
  },
  {
    id: '003/gallery/5',
    title: 'Choose New application',
    say: 'Select New application: the gallery opens.',
    source,
    at: { page: 'Entra, Enterprise apps', labels: ['New application'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('New application')
    },
    async check(walk) {
      const seen = await exchanges(walk.control.entra, { url: '/admin/apps/gallery', status: 200 })
      return finding('The gallery is open.', seen.length > 0)
    },
  },
  {
    id: '003/gallery/6',
    title: 'Search for Dialpad',
    say: 'Search for Dialpad and select it; its pane leads to Dialpad.',
    source,
    at: { page: 'Entra, gallery', labels: ['Search application', 'Dialpad', 'Sign up for Dialpad'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.fill('Search application', 'Dialpad')
      await desk.enter()
      await desk.press('Dialpad', { within: 'Add from the gallery' })
      await desk.see('Sign up for Dialpad')
      const other = await walk.desk('dialpad')
      await other.open(await desk.addressOf('Sign up for Dialpad'))
    },
    async check(walk) {
      const { companies } = await pictureDialpad(walk.control.dialpad)
      return finding(`Dialpad has ${companies.length} companies.`, companies.length === 0)
    },
  },
  {
    id: '003/gallery/7',
    title: 'Sign up with Microsoft',
    say: 'In the new tab select Sign up with Microsoft.',
    source,
    at: { page: 'Dialpad, public page', labels: ['Sign up with Microsoft'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.press('Sign up with Microsoft')
    },
    async check(walk) {
      const asked = await exchanges(walk.control.entra, { url: '/oauth2/v2.0/authorize' })
      const { app } = await pictureEntra(walk.control.entra)
      return finding('Dialpad asked Entra who you are; nothing is granted yet.', asked.length > 0, app === undefined)
    },
  },
  {
    id: '003/gallery/8',
    title: 'Accept the permissions',
    say: 'Accept the permissions. The app is then in your tenant, and Dialpad asks about the company.',
    source,
    at: { page: 'Entra, consent', labels: ['Permissions requested', 'Accept'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.see('Permissions requested')
      await desk.press('Accept')
      await desk.see('Confirm your company')
    },
    async check(walk) {
      const { app, grants } = await pictureEntra(walk.control.entra)
      if (app === undefined) return missing('enterprise app for Dialpad')
      return finding(`${app.displayName} is an enterprise app with ${tellConsents(grants.length)}.`, grants.length > 0)
    },
    wrong: [
      {
        mistake: 'The sign-up was left here.',
        sign: 'The app is in the tenant, and Dialpad has no company: sign up again.',
      },
    ],
  },
  {
    id: '003/gallery/9',
    title: 'Name the company and its first office',
    say: 'Confirm the company, set up the first office, and land in your Dialpad account as its Company Admin.',
    source,
    at: {
      page: 'Dialpad, sign-up',
      labels: ['Company name', 'Number of employees', 'Office name', 'Area code', 'Set up account'],
    },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.fill('Company name', COMPANY.name)
      await desk.choose('Number of employees', '10-49')
      await desk.press('Continue')
      await desk.fill('Office name', 'Denver')
      await desk.fill('Area code', '720')
      await desk.press('Set up account')
      await desk.see('Signed in as Marta Silva')
    },
    async check(walk) {
      const { app } = await pictureEntra(walk.control.entra)
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const [company] = dialpad.companies
      const admin = dialpad.person(PEOPLE.owner)
      if (company === undefined || admin === undefined) return missing('company with an admin in Dialpad')
      return finding(
        `${company.name} (${company.domains.join(', ')}) belongs to tenant ${company.microsoftTenantId}; its Company Admin is ${PEOPLE.owner}, in ${admin.office}.`,
        company.name === COMPANY.name,
        company.domains.includes(COMPANY.domain),
        company.microsoftTenantId !== undefined && company.microsoftTenantId === app?.tenantId,
        admin.isCompanyAdmin,
        admin.office === 'Denver',
        admin.numbers.length === 1,
      )
    },
  },
]
