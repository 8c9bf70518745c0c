import { openDialpadSettings } from '#scenarios/walkthroughs/dialpad-portal.ts'
import { finding, missing } from '#scenarios/walkthroughs/finding.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Finding, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import type { Lesson } from '../lesson.ts'
import {
  appTab,
  CONSOLE,
  consolePage,
  hasSeen,
  lessonsOf,
  pathsSeen,
  portalPage,
  strayed,
  wasRefused,
} from './okta-lesson.ts'

const lesson = lessonsOf(OKTA_LIFECYCLE)

const CATALOG = '/admin/apps/add-app'
const SAML_PAGE = '/admin/company/authentication/saml'

/** What Dialpad asks to be called, and where it wants answers: as it is in the world, or as it is on this machine. */
async function serviceOf(walk: Walk): Promise<{ readonly acs: string; readonly entityId: string }> {
  const { companies } = await pictureDialpad(walk.control.dialpad)
  const domain = companies[0]?.domains[0]
  return { acs: `/saml/sso/okta/${domain}`, entityId: `/api/saml/metadata/okta/${domain}` }
}

async function pasteIntoOkta(walk: Walk, acs: string, entityId: string, format?: string): Promise<void> {
  const desk = await walk.desk('okta')
  await openAppTab(desk, 'Sign On')
  await desk.press('Edit')
  await desk.fill('SP SSO URL', acs)
  await desk.fill('SP Entity ID', entityId)
  if (format !== undefined) await desk.choose('Application username format', format)
  await desk.press('Save')
}

/** Copies what Dialpad shows for a provider. */
async function copyFromDialpad(walk: Walk, provider: string): Promise<readonly [acs: string, entityId: string]> {
  const desk = await openDialpadSettings(walk)
  await desk.press('SAML', { within: 'Main' })
  await desk.choose('Choose your provider', provider)
  await desk.press('Choose')
  return [await desk.copy('SP SSO Url'), await desk.copy('SP Entity ID')]
}

/** The three values of Okta's instructions, pasted into Dialpad after `change`. */
async function pasteIntoDialpad(
  walk: Walk,
  change: (
    values: Readonly<Record<'sso' | 'issuer' | 'certificate', string>>,
  ) => Partial<Record<'sso' | 'issuer' | 'certificate', string>>,
): Promise<void> {
  const okta = await walk.desk('okta')
  await okta.press('View SAML setup instructions')
  const read = {
    sso: await okta.copy('IdP SSO URL'),
    issuer: await okta.copy('IdP Entity ID (Issuer)'),
    certificate: await okta.read('Certificate'),
  }
  const values = { ...read, ...change(read) }
  const desk = await walk.desk('dialpad')
  await desk.fill('IdP SSO URL', values.sso)
  await desk.fill('IdP Entity ID', values.issuer)
  await desk.fill('Certificate', values.certificate)
  await desk.press('Save')
}

async function trusted(walk: Walk): Promise<Finding> {
  const { app } = await pictureOkta(walk.control.okta)
  const saml = (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml
  if (saml === undefined) return { ok: false, found: 'The company has no SAML settings in Dialpad yet.' }
  return finding(
    `Dialpad trusts ${saml.idpEntityId} as ${saml.provider} and sends people to ${saml.idpSsoUrl}.`,
    saml.provider === 'okta',
    saml.idpEntityId === `http://www.okta.com/${app?.samlKey}`,
    saml.idpSsoUrl.endsWith(`/${app?.samlKey}/sso/saml`),
  )
}

/** Dialpad is added from the catalog, and the two sides of single sign-on learn of each other. */
export const SIGN_ON_LESSONS: readonly Lesson[] = [
  lesson('okta-sso/add/1', {
    wrong: [
      {
        mistake: 'Signed in as somebody without an administrator role.',
        hint: 'The console is for administrators. Sign out, and in again as a Super Administrator.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.open('/admin')
          await signInToOkta(desk, PEOPLE.supporter.address)
        },
        shows: (walk) => hasSeen(walk, 'okta', '/admin', 403),
      },
      {
        mistake: 'Stopped at the dashboard with the tiles.',
        hint: 'That is everybody’s page. Add /admin to the address of the org, or press Admin.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.open('/')
          await signInToOkta(desk, PEOPLE.owner)
        },
        shows: async (walk) => (await pathsSeen(walk, 'okta')).includes('/'),
      },
    ],
  }),
  lesson('okta-sso/add/2', {
    start: CONSOLE,
    wrong: [
      strayed(
        'Create App Integration was chosen instead.',
        'It makes an app of your own. Press Browse App Catalog, beside it.',
        {
          to: '/admin/apps/create',
          async go(desk) {
            await desk.press('Applications', { within: 'Main' })
            await desk.press('Create App Integration')
          },
        },
      ),
      strayed(
        'Stopped at the list of applications.',
        'It is empty as yet. The catalog is behind the button at its top.',
        {
          to: '/admin/apps/active',
          go: (desk) => desk.press('Applications', { within: 'Main' }),
        },
      ),
    ],
  }),
  lesson('okta-sso/add/3', {
    start: consolePage(CATALOG),
    wrong: [
      strayed(
        'Looked among the apps the org has already.',
        'That list shows what was added. The catalog is behind Browse App Catalog.',
        {
          to: '/admin/apps/active',
          go: (desk) => desk.press('Applications', { within: 'Main' }),
        },
      ),
      strayed('The search has a typing error.', 'No integrations found: the name is Dialpad, d i a l p a d.', {
        to: `${CATALOG}?q=`,
        async go(desk) {
          await desk.fill('Search the catalog', 'Dailpad')
          await desk.enter()
        },
      }),
    ],
  }),
  lesson('okta-sso/add/4', {
    start: consolePage(`${CATALOG}/dialpad`),
    wrong: [
      {
        mistake: 'The Application label was emptied.',
        hint: 'People see the label under the tile, so there has to be one: Dialpad.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.press('+ Add Integration')
          await desk.fill('Application label', '')
          await desk.press('Done')
        },
        shows: (walk) => wasRefused(walk, 'okta', `${CATALOG}/dialpad/settings`),
      },
      strayed(
        'General settings was left without Done.',
        'The app is added when Done is pressed. Go back and press it.',
        {
          to: `${CATALOG}/dialpad/settings`,
          go: (desk) => desk.press('+ Add Integration'),
        },
      ),
    ],
  }),
  lesson(['okta-sso/sp/1', 'okta-sso/sp/2'], {
    start: CONSOLE,
    async check(walk) {
      const { app } = await pictureOkta(walk.control.okta)
      if (app === undefined) return missing('Dialpad among the apps of the org')
      const { acsUrl, spEntityId, usernameTemplate } = app.signOn
      const service = await serviceOf(walk)
      return finding(
        `Okta will answer to ${acsUrl || 'nowhere'}, for ${spEntityId || 'nobody'}, and name people by ${usernameTemplate.format}.`,
        acsUrl.endsWith(service.acs),
        spEntityId.endsWith(service.entityId),
        usernameTemplate.format === 'email',
      )
    },
    wrong: [
      {
        mistake: 'The two addresses are swapped.',
        hint: 'SP SSO URL is where answers go, /saml/sso; SP Entity ID is what Dialpad is called, /api/saml/metadata.',
        async attempt(walk) {
          const [acs, entityId] = await copyFromDialpad(walk, 'Okta')
          await pasteIntoOkta(walk, entityId, acs, 'Email')
        },
        async shows(walk) {
          const { app } = await pictureOkta(walk.control.okta)
          return app?.signOn.acsUrl.includes('/saml/metadata/') === true
        },
      },
      {
        mistake: 'The addresses are those of another provider.',
        hint: 'Dialpad has a pair for each provider. Choose Okta there, press Choose, and copy them again.',
        async attempt(walk) {
          const [acs, entityId] = await copyFromDialpad(walk, 'OneLogin')
          await pasteIntoOkta(walk, acs, entityId, 'Email')
        },
        async shows(walk) {
          const { app } = await pictureOkta(walk.control.okta)
          return app !== undefined && app.signOn.acsUrl !== '' && !app.signOn.acsUrl.includes('/saml/sso/okta/')
        },
      },
      {
        mistake: 'Application username format is still Okta username.',
        hint: 'Dialpad knows people by their e-mail address. Edit once more and choose Email.',
        async attempt(walk) {
          const [acs, entityId] = await copyFromDialpad(walk, 'Okta')
          await pasteIntoOkta(walk, acs, entityId)
        },
        async shows(walk) {
          const { app } = await pictureOkta(walk.control.okta)
          return app !== undefined && app.signOn.acsUrl !== '' && app.signOn.usernameTemplate.format !== 'email'
        },
      },
    ],
  }),
  lesson(['okta-sso/idp/1', 'okta-sso/idp/2'], {
    start: [appTab('signon'), portalPage(`${SAML_PAGE}?provider=okta`)],
    check: trusted,
    wrong: [
      {
        mistake: 'The issuer was "corrected" to https.',
        hint: 'A name is compared letter by letter. Okta’s begins with http:// although everything else is https: copy it as it is.',
        attempt: (walk) => pasteIntoDialpad(walk, ({ issuer }) => ({ issuer: issuer.replace('http://', 'https://') })),
        async shows(walk) {
          const saml = (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml
          return saml?.idpEntityId.startsWith('https://www.okta.com/') === true
        },
      },
      {
        mistake: 'The issuer ends with a slash.',
        hint: 'It has to be exactly what Okta calls itself. Copy it with the button instead of typing.',
        attempt: (walk) => pasteIntoDialpad(walk, ({ issuer }) => ({ issuer: `${issuer}/` })),
        async shows(walk) {
          const saml = (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml
          return saml?.idpEntityId.endsWith('/') === true
        },
      },
      {
        mistake: 'A part of the certificate is missing.',
        hint: 'Copy it from BEGIN CERTIFICATE to END CERTIFICATE; Dialpad takes the two lines off itself.',
        attempt: (walk) => pasteIntoDialpad(walk, ({ certificate }) => ({ certificate: certificate.slice(0, 200) })),
        shows: (walk) => wasRefused(walk, 'dialpad', `${SAML_PAGE}/settings`),
      },
    ],
  }),
]
