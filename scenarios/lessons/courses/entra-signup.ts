import { ENTRA_SIGNUP } from '#scenarios/walkthroughs/entra-signup/entra-signup.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { tellOpened } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Course, Start } from '../lesson.ts'
import { assignFirstLesson, toGalleryLesson } from './entra-app-lessons.ts'
import { classicConfigLessons } from './entra-classic-config.ts'
import { KEYS_PAGE, makeKeyLesson, stoppedAtSettings, supplyApiKey } from './entra-key-lessons.ts'
import { count, pagesOf, visits } from './visits.ts'

const AT_ENTRA: Start = { system: 'entra', path: '/admin', as: PEOPLE.owner }
/** Back at the sign-up, where Entra knows the browser: at the permissions, or past them. */
const AT_SIGN_UP: readonly Start[] = [AT_ENTRA, { system: 'dialpad', path: '/signup/microsoft' }]
/** Logged in to Dialpad with Microsoft: nobody has a password there. */
const atDialpad = (path: string): readonly Start[] => [
  AT_ENTRA,
  { system: 'dialpad', path: '/login/microsoft' },
  { system: 'dialpad', path },
]

const NUMBERS = ['2', '3', '4', '5', '6', '10', '12', '14', '15', 'tip', '18', '20', '21']
const OTHER_NAME = 'Bright Wave Ltd'

async function nameCompany(walk: Walk, name: string): Promise<Desk> {
  const desk = await walk.desk('dialpad')
  await desk.fill('Company name', name)
  await desk.choose('Number of employees', '10-49')
  await desk.press('Continue')
  return desk
}

export const ENTRA_SIGNUP_COURSE: Course = {
  id: ENTRA_SIGNUP.id,
  walkthrough: ENTRA_SIGNUP,
  supplies: { apiKey: supplyApiKey },
  lessons: [
    toGalleryLesson(['003/gallery/1', '003/gallery/2', '003/gallery/5'], PEOPLE.owner, 'Enterprise apps'),
    {
      steps: ['003/gallery/6', '003/gallery/7'],
      start: { system: 'entra', path: '/admin/apps/gallery', as: PEOPLE.owner },
      async check(walk) {
        const asked = await count(walk, 'dialpad', { method: 'GET', url: '/signup/microsoft' })
        return finding(
          asked > 0
            ? 'Dialpad has asked Entra who you are.'
            : await tellOpened(walk, 'dialpad', 'The way to Microsoft', 0),
          asked > 0,
        )
      },
      hints: [
        'The gallery has a field to search; what is found opens a pane.',
        'The pane of Dialpad leads to its page, in a new tab. Sign up there with your Microsoft account.',
        'Search application: Dialpad; the tile Dialpad; Sign up for Dialpad; Sign up with Microsoft.',
      ],
      wrong: [
        {
          mistake: 'Sign-up by e-mail was chosen.',
          hint: 'Then Entra is not asked, and no app appears. Go back, and sign up with Microsoft.',
          attempt: async (walk) => (await walk.desk('dialpad')).open('/signup/email'),
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/signup/email' })) > 0,
        },
        {
          mistake: 'Log in was chosen, where no account is yet.',
          hint: 'Your company has to sign up first. Go back to the public page: Sign up with Microsoft.',
          attempt: async (walk) => (await walk.desk('dialpad')).open('/login'),
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/login' })) > 0,
        },
        {
          mistake: 'Stopped at the pane of Dialpad.',
          hint: 'Entra does not create this app. Sign up for Dialpad leads to Dialpad, which does.',
          attempt: async (walk) => (await walk.desk('entra')).open('/admin/apps/gallery/dialpad?q=Dialpad'),
          shows: async (walk) => (await visits(walk, '/admin/apps/gallery/dialpad')) > 0,
        },
      ],
    },
    {
      steps: ['003/gallery/8'],
      start: AT_SIGN_UP,
      hints: [
        'Entra asks whether Dialpad may know you.',
        'Look at what it asks for, and agree. Dialpad asks about the company then.',
        'Permissions requested: Accept.',
      ],
      wrong: [
        {
          mistake: 'Cancel was chosen.',
          hint: 'Without consent there is neither app nor company. Select Sign up with Microsoft once more, and Accept.',
          attempt: async (walk) => (await walk.desk('dialpad')).press('Cancel'),
          shows: async (walk) => (await count(walk, 'dialpad', { method: 'GET', url: 'error=access_denied' })) > 0,
        },
        {
          mistake: 'The enterprise apps were looked at before anything was accepted.',
          hint: 'The app comes with your consent. Go back to the tab of Dialpad, and select Accept.',
          attempt: async (walk) => (await walk.desk('entra')).open('/admin/apps'),
          shows: async (walk) => (await visits(walk, '/admin/apps')) > 0,
        },
      ],
    },
    {
      steps: ['003/gallery/9'],
      start: AT_SIGN_UP,
      async check(walk) {
        const dialpad = await pictureDialpad(walk.control.dialpad)
        const [company] = dialpad.companies
        const admin = dialpad.person(PEOPLE.owner)
        const { app } = await pictureEntra(walk.control.entra)
        if (company === undefined) return finding('Nobody has signed up yet: there is no company.', false)
        return finding(
          `${company.name} belongs to tenant ${company.microsoftTenantId ?? 'none'}; ${PEOPLE.owner} is ${admin?.isCompanyAdmin ? `its Company Admin, in ${admin.office}` : 'not its Company Admin'}.`,
          company.name === 'Brightwave',
          company.microsoftTenantId !== undefined && company.microsoftTenantId === app?.tenantId,
          admin?.isCompanyAdmin === true,
          admin?.office === 'Denver',
          (admin?.numbers.length ?? 0) > 0,
        )
      },
      hints: [
        'Two pages are left: one about the company, one about its first office.',
        'The company is Brightwave, and the first office Denver, whose area code is 720.',
        'Company name: Brightwave; Number of employees: 10-49; Continue; Office name: Denver; Area code: 720; Set up account.',
      ],
      wrong: [
        {
          mistake: 'The company got another name.',
          hint: 'Its name is Brightwave. Change it under Company Settings, or begin this course again.',
          async attempt(walk) {
            const desk = await nameCompany(walk, OTHER_NAME)
            await desk.fill('Office name', 'Denver')
            await desk.fill('Area code', '720')
            await desk.press('Set up account')
          },
          shows: async (walk) => {
            const { companies } = await pictureDialpad(walk.control.dialpad)
            return companies.some(({ name }) => name !== 'Brightwave')
          },
        },
        {
          mistake: 'The first office got another name.',
          hint: 'People find their office by its name, and Entra calls it Denver. Rename it: Admin settings, Offices, the office, Edit.',
          async attempt(walk) {
            const desk = await nameCompany(walk, 'Brightwave')
            await desk.fill('Office name', 'Headquarters')
            await desk.fill('Area code', '720')
            await desk.press('Set up account')
          },
          shows: async (walk) => {
            const { offices } = await pictureDialpad(walk.control.dialpad)
            return offices.length > 0 && offices.every(({ name }) => name !== 'Denver')
          },
        },
        {
          mistake: 'The sign-up was left before the office was set up.',
          hint: 'The app is in the tenant, and Dialpad has no company. Sign up again, and go on to Set up account.',
          attempt: async (walk) => void (await nameCompany(walk, 'Brightwave')),
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/signup/office' })) > 0,
        },
      ],
    },
    {
      steps: ['003/key/1', '003/key/3'],
      start: atDialpad('/app'),
      async check(walk) {
        const opened = await pagesOf(walk, 'dialpad', { url: `${KEYS_PAGE}/new` })
        return finding(await tellOpened(walk, 'dialpad', 'The form for a key', opened), opened > 0)
      },
      hints: [
        'The account page of a Company Admin has a way into the admin settings.',
        'In the company settings look for Authentication in the list at the left.',
        'Admin settings, Company Settings, API Keys, Add key.',
      ],
      wrong: [
        {
          mistake: 'SCIM was opened instead of API Keys.',
          hint: 'Those settings are about what SCIM does. The key is made under API Keys.',
          attempt: async (walk) => (await walk.desk('dialpad')).open('/admin/company/authentication/scim'),
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/authentication/scim' })) > 0,
        },
        {
          mistake: 'The list of keys was opened, and none added.',
          hint: 'You are at the right page. Select Add key.',
          attempt: async (walk) => (await walk.desk('dialpad')).open(KEYS_PAGE),
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: KEYS_PAGE })) > 0,
        },
        stoppedAtSettings(async (walk) => (await walk.desk('dialpad')).press('Admin settings')),
      ],
    },
    makeKeyLesson(['003/key/5', '003/key/6'], atDialpad(`${KEYS_PAGE}/new`)),
    assignFirstLesson('003/assign/1', PEOPLE.owner),
    ...classicConfigLessons({
      steps: NUMBERS.map((number) => `003/config/${number}`),
      as: PEOPLE.owner,
      mapping: 'Provision Microsoft Entra ID Users',
    }),
  ],
}
