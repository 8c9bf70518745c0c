import { openDialpadSettings } from '#scenarios/walkthroughs/dialpad-portal.ts'
import { picture as both } from '#scenarios/walkthroughs/okta-lifecycle/both-sides.ts'
import { KEPT, RENAMED, THEIR_BROWSER } from '#scenarios/walkthroughs/okta-lifecycle/hero.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { pressTile } from '#scenarios/walkthroughs/okta-lifecycle/sso.ts'
import { actOnPerson, askOfPerson, beginToAssign, openAppTab, unassign } from '#scenarios/walkthroughs/okta-pages.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad, signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { samlSince } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Lesson, Mistake } from '../lesson.ts'
import { CONSOLE, callsOf, hasSeen, lessonsOf, PORTAL, pathsSeen, portalPage, strayed } from './okta-lesson.ts'
import { changeInDialpad } from './okta-lifecycle-attributes.ts'
import { unsent } from './okta-profiles.ts'
import { count, formsOf } from './visits.ts'

type Both = Awaited<ReturnType<typeof both>>

const lesson = lessonsOf(OKTA_LIFECYCLE)
const { name } = RENAMED
const COLLEAGUE = PEOPLE.supporter
const COLLEAGUES_BROWSER = 'colleague'

/** Something else of the menu More Actions was done to the person. */
function acted(action: string, mistake: string, hint: string, shows: (sides: Both) => boolean): Mistake {
  return {
    mistake,
    hint,
    attempt: async (walk) => actOnPerson(await walk.desk('okta'), name, action),
    shows: async (walk) => shows(await both(walk)),
  }
}

/** The question was asked, and not answered. */
function asked(action: string, to: string): Mistake {
  return strayed(`${action} was chosen, and not confirmed.`, `The page asks first. Press ${action} once more on it.`, {
    to,
    go: (desk) => askOfPerson(desk, name, action),
  })
}

/** Somebody's page in Dialpad's portal. The list leaves suspended people out; a search finds them. */
async function openAccount(walk: Walk, who: string): Promise<Desk> {
  const portal = await openDialpadSettings(walk)
  await portal.press('Users', { within: 'Main' })
  await portal.fill('Search users', who)
  await portal.enter()
  await portal.press(who, { within: 'Users found' })
  return portal
}

/** Somebody suspends or deletes an account in Dialpad's portal. */
async function actInDialpad(
  walk: Walk,
  who: { readonly name: string; readonly address: string },
  action: string,
): Promise<void> {
  const portal = await openAccount(walk, who.name)
  await portal.press(action)
  await portal.press(`${action} ${who.name} (${who.address})`)
}

const hasDashboard = async (walk: Walk): Promise<boolean> => (await pathsSeen(walk, 'okta')).includes('/')

const stoppedAtDashboard = (who: string, address: string): Mistake => ({
  mistake: 'Stopped at the dashboard.',
  hint: 'Signing in to Okta is half of it. Press the tile Dialpad.',
  async attempt(walk) {
    const desk = await walk.desk('okta', who)
    await desk.open('/')
    await signInToOkta(desk, address)
  },
  shows: hasDashboard,
})

const [BEFORE, STAYING, UNASSIGNING, RETURNING, LEAVING] = [
  [
    lesson('okta-saml/idp/1', {
      start: { system: 'okta', path: '/', browser: THEIR_BROWSER },
      wrong: [
        {
          mistake: 'The old username was typed.',
          hint: `The username has changed with the name: it is ${RENAMED.address}.`,
          async attempt(walk) {
            const desk = await walk.desk('okta', THEIR_BROWSER)
            await desk.open('/')
            await signInToOkta(desk, PEOPLE.first.address)
          },
          shows: async (walk) => (await formsOf(walk, 'okta', { url: '/login/verify', status: 401 })) > 0,
        },
        stoppedAtDashboard(THEIR_BROWSER, RENAMED.address),
      ],
    }),
    lesson('okta-saml/sp/1', {
      start: { system: 'dialpad', path: '/', browser: THEIR_BROWSER },
      needs: [KEPT.loginUrl],
      wrong: [
        {
          mistake: 'The tile was pressed once more.',
          hint: 'That way begins in Okta. Open the Login Url in a browser where nobody is signed in.',
          attempt: (walk) => pressTile(walk, THEIR_BROWSER, RENAMED.address),
          shows: async (walk) => (await samlSince(walk, 'SAML answer accepted')).length > 0,
        },
        {
          mistake: 'Stopped at Okta’s sign-in.',
          hint: `Dialpad has sent you to Okta. Sign in there as ${RENAMED.address}, and you are sent back.`,
          async attempt(walk) {
            const desk = await walk.desk('dialpad', 'employee at home')
            await desk.open(walk.keep.get(KEPT.loginUrl))
          },
          shows: (walk) => hasSeen(walk, 'okta', '/login/login.htm?fromURI=%2Fapp%2F'),
        },
      ],
    }),
  ],
  [
    lesson('life/1', {
      start: CONSOLE,
      wrong: [
        unsent(name, 'Display name', 'E. Aydin', 'Preferred language'),
        {
          mistake: 'The title was put right in Dialpad, by hand.',
          hint: 'Then two places are kept up for ever. Change the language in Okta: the title comes along.',
          attempt: (walk) => changeInDialpad(walk, { job_title: walk.keep.get('titleBefore') }),
          shows: async (walk) =>
            (await both(walk)).dialpad?.title === walk.keep.get('titleBefore') && (await callsOf(walk, 'PUT')) === 0,
        },
      ],
    }),
    lesson('life/2', {
      start: CONSOLE,
      wrong: [
        acted(
          'Deactivate',
          'The person was deactivated instead of suspended.',
          'Their apps are gone, and Dialpad has suspended the account. That is for leavers; here press Suspend.',
          ({ okta }) => okta?.status === 'DEPROVISIONED',
        ),
        {
          mistake: 'The account was suspended in Dialpad.',
          hint: 'Okta does not learn of that. Suspend the person in Okta, under Directory > People.',
          attempt: (walk) => actInDialpad(walk, RENAMED, 'Suspend'),
          shows: async (walk) => (await both(walk)).dialpad?.state === 'suspended',
        },
      ],
    }),
    lesson('life/3', {
      start: CONSOLE,
      wrong: [
        acted(
          'Deactivate',
          'Deactivate was pressed.',
          'Now they are gone for good, with all their apps. The entry is called Unsuspend.',
          ({ okta }) => okta?.status === 'DEPROVISIONED',
        ),
        asked('Unsuspend', '/unsuspend'),
      ],
    }),
  ],
  [
    lesson('life/4', {
      start: CONSOLE,
      wrong: [
        {
          mistake: 'Deactivate Users is off in To App.',
          hint: 'Dialpad was told nothing, and Tasks asks somebody to deprovision by hand. Check it, and do that.',
          async attempt(walk) {
            const desk = await walk.desk('okta')
            await openAppTab(desk, 'Provisioning')
            await desk.press('To App', { within: 'Settings' })
            await desk.press('Edit')
            await desk.tick('Enable', false, { within: 'Deactivate Users' })
            await desk.press('Save')
            await openAppTab(desk, 'Assignments')
            await unassign(desk, name)
          },
          shows: async (walk) =>
            (await pictureOkta(walk.control.okta)).app?.provisioning?.toApp.deactivateUsers === false,
        },
        {
          mistake: 'The account was suspended in Dialpad, by hand.',
          hint: 'In Okta they still have the app, and the next push may bring them back. Unassign them in Okta.',
          attempt: (walk) => actInDialpad(walk, RENAMED, 'Suspend'),
          shows: async (walk) => (await both(walk)).dialpad?.state === 'suspended',
        },
        acted(
          'Suspend',
          'The person was suspended instead.',
          'They cannot sign in, and Dialpad still rings. Unsuspend them, and take the app away under Assignments.',
          ({ okta }) => okta?.status === 'SUSPENDED',
        ),
      ],
    }),
    lesson('life/4/sso', {
      start: { system: 'okta', path: '/', browser: THEIR_BROWSER },
      wrong: [
        {
          mistake: 'The administrator opened the bookmark.',
          hint: 'It is refused to them as well, and says nothing about the person. Use the person’s own browser.',
          async attempt(walk) {
            const desk = await walk.desk('okta')
            await desk.open('/admin')
            await signInToOkta(desk, PEOPLE.owner)
            await desk.open(walk.keep.get('bookmark'))
          },
          shows: async (walk) => (await count(walk, 'okta', { url: '/home/', status: 403 })) > 0,
        },
        {
          ...stoppedAtDashboard(THEIR_BROWSER, RENAMED.address),
          hint: 'The tile is gone. Open the address it had, as a bookmark would.',
        },
      ],
    }),
  ],
  [
    lesson('life/5', {
      start: CONSOLE,
      wrong: [
        {
          mistake: 'The account was reactivated in Dialpad, by hand.',
          hint: 'They can call, and Okta neither knows nor updates it. Assign Dialpad in Okta.',
          attempt: (walk) => actInDialpad(walk, RENAMED, 'Reactivate'),
          async shows(walk) {
            const { dialpad, account } = await both(walk)
            return dialpad?.state === 'active' && account === undefined
          },
        },
        strayed('The review was opened, and not saved.', 'Nobody is assigned before Save and Go Back.', {
          to: '/assignments/assign/people/',
          async go(desk) {
            await openAppTab(desk, 'Assignments')
            await beginToAssign(desk, name)
          },
        }),
      ],
    }),
    lesson('life/5/suspend', {
      start: [portalPage('/admin/company/users'), CONSOLE],
      wrong: [
        {
          mistake: 'The account was deleted.',
          hint: 'It is under Deleted Users, restorable for 72 hours. Restore it, and press Suspend.',
          attempt: (walk) => actInDialpad(walk, COLLEAGUE, 'Delete'),
          shows: async (walk) =>
            (await pictureDialpad(walk.control.dialpad)).person(COLLEAGUE.address)?.state === 'deleted',
        },
        {
          mistake: 'The person was suspended in Okta.',
          hint: 'Dialpad is told nothing of that. Unsuspend them, and suspend the account in Dialpad.',
          attempt: async (walk) => actOnPerson(await walk.desk('okta'), COLLEAGUE.name, 'Suspend'),
          shows: async (walk) =>
            (await pictureOkta(walk.control.okta)).person(COLLEAGUE.address)?.status === 'SUSPENDED',
        },
      ],
    }),
    lesson('life/5/sso', {
      start: { system: 'okta', path: '/', browser: COLLEAGUES_BROWSER },
      wrong: [
        {
          mistake: 'Logged in at Dialpad with a password.',
          hint: 'That is another way in, past Okta. Sign in to Okta and press the tile.',
          async attempt(walk) {
            await logInToDialpad(await walk.desk('dialpad', COLLEAGUES_BROWSER), COLLEAGUE.address)
          },
          shows: async (walk) => (await formsOf(walk, 'dialpad', { url: '/login' })) > 0,
        },
        stoppedAtDashboard(COLLEAGUES_BROWSER, COLLEAGUE.address),
      ],
    }),
  ],
  [
    lesson('life/6', {
      start: CONSOLE,
      wrong: [
        acted(
          'Suspend',
          'The leaver was suspended.',
          'Dialpad shows them active, with license and number. Press Deactivate.',
          ({ okta }) => okta?.status === 'SUSPENDED',
        ),
        {
          mistake: 'Only Dialpad was taken away.',
          hint: 'They can still sign in to Okta, and have their other apps. Deactivate the person.',
          async attempt(walk) {
            const desk = await walk.desk('okta')
            await openAppTab(desk, 'Assignments')
            await unassign(desk, name)
          },
          async shows(walk) {
            const { okta, account } = await both(walk)
            return okta?.status === 'ACTIVE' && account === undefined
          },
        },
      ],
    }),
    lesson('life/7', {
      start: [CONSOLE, PORTAL],
      wrong: [
        {
          mistake: 'The account was deleted in Dialpad.',
          hint: 'In Okta the person is still there, deactivated. Delete them there, too: More Actions, Delete.',
          attempt: (walk) => actInDialpad(walk, RENAMED, 'Delete'),
          shows: async (walk) => (await both(walk)).dialpad?.state === 'deleted',
        },
        asked('Delete', '/delete'),
      ],
    }),
  ],
] as const satisfies readonly (readonly Lesson[])[]

/** What it is for: people change, are suspended, leave, come back and are deleted, and single sign-on before and after. */
export const LIFE_LESSONS: readonly Lesson[] = [...BEFORE, ...STAYING, ...UNASSIGNING, ...RETURNING, ...LEAVING]
