import { assign } from '../entra-lifecycle/assign.ts'
import { GALLERY_STEPS } from '../entra-lifecycle/gallery.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { signInToEntra } from '../ways-in.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { retell } from './retell.ts'

const section = 'Add Dialpad from the gallery'
const source = (number: number) => ({ article: '000', section, also: `002/gallery/${number}` }) as const

/** Seed 000, "Add Dialpad from the gallery" and "Assign Users to Dialpad", in the Azure portal of 2019. */
export const CLASSIC_GALLERY_STEPS: readonly Step[] = [
  {
    id: '000/gallery/1',
    title: 'Select Azure Active Directory',
    say: 'Sign in to the Azure portal and select Azure Active Directory in the left navigation panel.',
    source: source(1),
    at: { page: 'Azure portal', labels: ['Sign in', 'Azure Active Directory'] },
    async setup(walk) {
      await walk.control.entra.setSwitch('portal-edition', 'azure-portal-2019')
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await signInToEntra(desk, PEOPLE.applications)
      await desk.press('Azure Active Directory', { within: 'Main' })
    },
    async check(walk) {
      const seen = await exchanges(walk.control.entra, { url: '/admin/overview', status: 200 })
      return finding(`${PEOPLE.applications} looks at the directory.`, seen.length > 0)
    },
    hints: ['The switch portal-edition chooses the portal: of 2019, of 2025, or the admin center.'],
  },
  {
    id: '000/gallery/2',
    title: 'Go to all enterprise applications',
    say: 'Go to Enterprise applications, and then select All applications.',
    source: source(2),
    at: { page: 'Azure portal, Enterprise applications', labels: ['Enterprise applications', 'All applications'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Enterprise applications', { within: 'Main' })
      await desk.press('All applications', { within: 'Pages of Enterprise applications' })
    },
    async check(walk) {
      const { app } = await pictureEntra(walk.control.entra)
      return finding('Dialpad is not among them yet.', app === undefined)
    },
  },
  {
    id: '000/gallery/3',
    title: 'Choose New application',
    say: 'Select the New application button at the top of the pane.',
    source: source(3),
    at: { page: 'Azure portal, Enterprise applications', labels: ['New application'] },
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
    id: '000/gallery/4',
    title: 'Search for Dialpad',
    say: 'Enter Dialpad in the search box and select Dialpad in the results.',
    source: source(4),
    at: { page: 'Azure portal, gallery', labels: ['Search application', 'Dialpad'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
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
  retell(GALLERY_STEPS, '001/gallery/4', { id: '000/gallery/5', source: source(5) }),
  retell(GALLERY_STEPS, '001/gallery/5', { id: '000/gallery/6', source: source(6) }),
  retell(GALLERY_STEPS, '001/gallery/6', { id: '000/gallery/7', source: source(7) }),
  retell(GALLERY_STEPS, '001/gallery/7', { id: '000/gallery/8', source: source(8) }),
  {
    id: '000/assign/1',
    title: 'Assign one person, to try with',
    say: 'It is recommended to assign a single user first. Where the app offers roles, choose one; this one offers none.',
    source: { article: '000', section: 'Assign Users to Dialpad', also: '002/assign/1' },
    at: {
      page: 'Azure portal, Dialpad, Users and groups',
      labels: ['Enterprise applications', 'Users and groups', 'Add user/group', 'Select a role', 'Assign'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await desk.press('Enterprise applications', { within: 'Main' })
      await desk.press('Dialpad', { within: 'All applications' })
      await desk.press('Users and groups', { within: 'Pages of Dialpad' })
      await assign(desk, PEOPLE.first.name)
    },
    async check(walk) {
      const { app, assigned } = await pictureEntra(walk.control.entra)
      if (app === undefined) return missing('enterprise app for Dialpad')
      return finding(
        `Assigned to ${app.displayName}: ${assigned.join(', ') || 'nobody'}.`,
        assigned.join() === PEOPLE.first.address,
      )
    },
    hints: [
      'The article says that people with the Default Access role are left out. That was so until 2021; the switch default-access brings it back.',
    ],
  },
]
