import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { signInToOkta } from '../ways-in.ts'
import { pictureOkta } from '../witness/okta.ts'
import { markJournals, pagesSince } from '../witness/okta-since.ts'
import { tellOpened } from '../witness/pages-opened.ts'

const source = { article: 'okta-sso', section: 'Add the application' } as const

/** What the article of 004 takes for granted: Dialpad is among the apps of the org. */
export const CATALOG_STEPS: readonly Step[] = [
  {
    id: 'okta-sso/add/1',
    title: 'Sign in to the Admin Console',
    say: 'Log in to Okta as an administrator: username, then password. From the dashboard select Admin.',
    source,
    at: { page: 'Okta, sign-in', labels: ['Username', 'Password', 'Verify'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.open('/admin')
      await signInToOkta(desk, PEOPLE.owner)
      await desk.see('Applications', { within: 'Main' })
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/admin')
      return finding(await tellOpened(walk, 'okta', 'The Admin Console', seen), seen > 0)
    },
    hints: [
      'The org has an address of its own; the kit home names it. The console is behind Admin, at the end of that address: /admin.',
      `Sign in as ${PEOPLE.owner}, who is Super Administrator. The password of everybody is on the kit home.`,
      'Type the address into Username, press Next, type the password, press Verify.',
    ],
    wrong: [
      {
        mistake: 'You sign in as somebody without an admin role.',
        sign: 'The dashboard has no Admin button, and /admin is refused.',
      },
      {
        mistake: 'You sign in as a Read-Only Administrator.',
        sign: 'Every page is there, and none has a button that changes anything.',
      },
    ],
  },
  {
    id: 'okta-sso/add/2',
    title: 'Browse the App Catalog',
    say: 'Navigate to Applications and select Browse App Catalog.',
    source,
    at: { page: 'Okta, Applications', labels: ['Applications', 'Browse App Catalog'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('Applications', { within: 'Main' })
      await desk.press('Browse App Catalog')
      await desk.see('Search the catalog')
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/admin/apps/add-app')
      return finding(await tellOpened(walk, 'okta', 'The catalog', seen), seen > 0)
    },
    hints: [
      'In the left navigation of the Admin Console.',
      'Open Applications, then the catalog of apps that are ready to be added.',
      'Press Applications > Applications, then the button Browse App Catalog.',
    ],
    wrong: [
      {
        mistake: 'Create App Integration was chosen instead.',
        sign: 'A form asks for a SCIM base URL: that makes an app of your own, which speaks another dialect.',
      },
      { mistake: 'You are on the end-user dashboard.', sign: 'There are tiles and no left navigation; press Admin.' },
    ],
  },
  {
    id: 'okta-sso/add/3',
    title: 'Find Dialpad in the catalog',
    say: 'Search for Dialpad and select the integration that says SAML, Provisioning.',
    source,
    at: { page: 'Okta, App Catalog', labels: ['Search the catalog', 'Dialpad', 'Capabilities'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.fill('Search the catalog', 'Dialpad')
      await desk.enter()
      await desk.press('Dialpad')
      await desk.see('Capabilities')
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/admin/apps/add-app/dialpad')
      return finding(await tellOpened(walk, 'okta', 'The page of the integration', seen), seen > 0)
    },
    hints: [
      'The catalog has a search at its top.',
      'Type Dialpad and press Enter; one tile is left.',
      'Press the tile Dialpad. Its page says under Capabilities what it can do: SAML, and SCIM with Create, Update, Deactivate.',
    ],
    wrong: [
      { mistake: 'A typing error in the search.', sign: 'No integrations found.' },
      {
        mistake: 'An app without the tag Provisioning was taken.',
        sign: 'Later its page has no Provisioning tab.',
      },
    ],
  },
  {
    id: 'okta-sso/add/4',
    title: 'Add it',
    say: 'Select Add, enter an Application label and select Done.',
    source,
    at: { page: 'Okta, Add Dialpad', labels: ['+ Add Integration', 'Application label', 'Done'] },
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('+ Add Integration')
      await desk.fill('Application label', 'Dialpad')
      await desk.press('Done')
      await desk.see('No users found')
    },
    async check(walk) {
      const { app } = await pictureOkta(walk.control.okta)
      if (app === undefined) return missing('Dialpad among the apps of the org')
      return finding(`${app.label} is ${app.status}, under the id ${app.id}.`, app.status === 'ACTIVE')
    },
    hints: [
      'At the right of the title of the integration.',
      'Add it with the label it proposes, Dialpad; people see the label under the tile.',
      'Press + Add Integration, leave Application label as it is, press Done.',
    ],
    wrong: [
      {
        mistake: 'The label is taken by another app of the org.',
        sign: 'The form says that the label is in use already.',
      },
      { mistake: 'Cancel was pressed.', sign: 'Applications still lists no app.' },
    ],
  },
]
