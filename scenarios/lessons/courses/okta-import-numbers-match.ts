import { openDialpadSettings } from '#scenarios/walkthroughs/dialpad-portal.ts'
import { confirm, importNow, PHONE, pictureRun } from '#scenarios/walkthroughs/okta-import-numbers/importing.ts'
import { NEWCOMER } from '#scenarios/walkthroughs/okta-import-numbers/match.ts'
import { LEAD } from '#scenarios/walkthroughs/okta-import-numbers/numbers.ts'
import { OKTA_IMPORT_NUMBERS } from '#scenarios/walkthroughs/okta-import-numbers/okta-import-numbers.ts'
import { addAttribute, openAppTab, openPerson, turnToTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Lesson } from '../lesson.ts'
import { appPath, CONSOLE, hasSeen, lessonsOf, NO_ADMINISTRATOR, strayed, wasTaken } from './okta-lesson.ts'
import { formsOf } from './visits.ts'

const lesson = lessonsOf(OKTA_IMPORT_NUMBERS)
const { displayName, variableName } = PHONE
const EXTERNAL = {
  name: "phoneNumbers.^[type=='Dialpad'].value",
  namespace: 'urn:ietf:params:scim:schemas:core:2.0:User',
}
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** Users > Add User, in Dialpad. */
async function addInDialpad(walk: Walk): Promise<void> {
  const portal = await openDialpadSettings(walk)
  await portal.press('Users', { within: 'Main' })
  await portal.press('Add User')
  await portal.fill('Email addresses', NEWCOMER.address)
  await portal.choose('Office', 'Denver')
  await portal.press('Next')
  await portal.fill('First name', NEWCOMER.given)
  await portal.fill('Last name', NEWCOMER.family)
  await portal.press('Confirm')
}

const attributeOf = async (walk: Walk, profile: 'user' | 'app', name: string = variableName) =>
  (await pictureOkta(walk.control.okta)).attribute(profile, name)

/** The tab "Dialpad to Okta User" of the mappings, filled in. */
async function map(
  walk: Walk,
  expression: string,
  arrow: string | undefined,
  answer: string | undefined,
): Promise<void> {
  const desk = await walk.desk('okta')
  await desk.press('Profile Editor', { within: 'Main' })
  await desk.press('Mappings of Dialpad User')
  await desk.fill(`Source expression of ${displayName}`, expression)
  if (arrow !== undefined) await desk.choose(`Apply mapping of ${displayName}`, arrow)
  await desk.press('Save Mappings')
  if (answer !== undefined) await desk.press(answer)
}

/** Accounts of Dialpad that are somebody's in Okta, or become somebody. */
const MATCHING: readonly Lesson[] = [
  lesson('numbers/1', {
    wrong: [
      NO_ADMINISTRATOR,
      {
        mistake: 'Provisioning was taken.',
        hint: 'Provisioning writes to Dialpad. What is read from it is on the tab Import.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.open('/admin')
          await signInToOkta(desk, PEOPLE.owner)
          await desk.open(await appPath(walk, 'general'))
          await turnToTab(desk, 'Provisioning')
        },
        shows: (walk) => hasSeen(walk, 'okta', '/provisioning'),
      },
    ],
  }),
  lesson('numbers/2', {
    start: CONSOLE,
    wrong: [
      strayed('Looked under To Okta for it.', 'There it is set how imports go. The button is on the tab Import.', {
        to: '/provisioning/to-okta',
        async go(desk) {
          await openAppTab(desk, 'Provisioning')
          await desk.press('To Okta', { within: 'Settings' })
        },
      }),
      strayed('Import was opened, and nothing was imported.', 'Nothing is read by looking. Press Import Now.', {
        to: '/import',
        go: (desk) => openAppTab(desk, 'Import'),
      }),
    ],
  }),
  lesson('numbers/3', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The row was cleared.',
        hint: 'Nobody is assigned. Import Now offers her again; then tick her, and Confirm Assignments.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Import')
          await desk.press('Clear Unconfirmed Users')
        },
        shows: (walk) => wasTaken(walk, 'okta', '/import/clear'),
      },
      {
        mistake: 'Nothing was ticked.',
        hint: `Tick the box beside ${PEOPLE.owner}, then press Confirm Assignments.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Import')
          await desk.press('Confirm Assignments')
        },
        shows: async (walk) => (await formsOf(walk, 'okta', { url: '/import/confirm' })) > 0,
      },
    ],
  }),
  lesson('numbers/4', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'She was confirmed, and not activated.',
        hint: 'She is staged and cannot sign in. Activate her on her page: More Actions, Activate.',
        async attempt(walk) {
          await addInDialpad(walk)
          await confirm(await importNow(walk), NEWCOMER.address, false)
        },
        shows: async (walk) => (await pictureOkta(walk.control.okta)).person(NEWCOMER.address)?.status === 'STAGED',
      },
      {
        mistake: 'She was added in Dialpad, and not imported.',
        hint: 'Nothing tells Okta of her. Import > Import Now, tick her, and confirm.',
        attempt: addInDialpad,
        async shows(walk) {
          const { okta, dialpad } = await pictureRun(walk)
          return dialpad.person(NEWCOMER.address) !== undefined && okta.person(NEWCOMER.address) === undefined
        },
      },
    ],
  }),
]

/** A place for the number, a place to read it from, and the way between them. */
const NUMBERS: readonly Lesson[] = [
  lesson('numbers/5', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The variable name is written in small letters.',
        hint: 'Mappings would have to say it so, and it cannot be changed. Delete it, and add dialpadPhone.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'User (default)', { displayName, variableName: 'dialpadphone' }),
        shows: async (walk) => (await attributeOf(walk, 'user', 'dialpadphone')) !== undefined,
      },
      {
        mistake: 'It was added to Dialpad’s profile instead.',
        hint: 'That is the other half. Add it to User (default) as well: that is where the number is to go.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'Dialpad User', { ...PHONE, external: EXTERNAL }),
        shows: async (walk) => (await attributeOf(walk, 'app')) !== undefined,
      },
    ],
  }),
  lesson('numbers/6', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The type in the external name is written in another way.',
        hint: 'No number of Dialpad has that type: the value stays empty. Delete the attribute; the type is Dialpad, with a capital.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'Dialpad User', {
            ...PHONE,
            external: { ...EXTERNAL, name: EXTERNAL.name.replace('Dialpad', 'dialpad') },
          }),
        async shows(walk) {
          const attribute = await attributeOf(walk, 'app')
          return attribute !== undefined && attribute.externalName !== EXTERNAL.name
        },
      },
      {
        mistake: 'The namespace is that of the enterprise extension.',
        hint: `Numbers are in the core schema. Delete the attribute, and add it with ${EXTERNAL.namespace}.`,
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'Dialpad User', {
            ...PHONE,
            external: { ...EXTERNAL, namespace: ENTERPRISE },
          }),
        shows: async (walk) => (await attributeOf(walk, 'app'))?.externalNamespace === ENTERPRISE,
      },
    ],
  }),
  lesson('numbers/7', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'It is mapped from another attribute.',
        hint: `The number would be something else. Write appuser.${variableName}, and save once more.`,
        attempt: (walk) =>
          map(walk, 'appuser.userName', 'Apply mapping on user create and update', 'Apply updates now'),
        async shows(walk) {
          const mapped = (await pictureRun(walk)).mappedFrom(variableName)
          return mapped !== undefined && mapped !== `appuser.${variableName}`
        },
      },
      {
        mistake: 'The arrow says Do not map.',
        hint: 'An expression without an arrow maps nothing. Choose Apply mapping on user create and update.',
        attempt: (walk) => map(walk, `appuser.${variableName}`, undefined, undefined),
        shows: async (walk) => (await formsOf(walk, 'okta', { url: '/admin/profile-editor/' })) > 0,
      },
    ],
  }),
  lesson('numbers/8', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Force Sync was pressed.',
        hint: 'That sends profiles to Dialpad. Numbers are read by an import: Import > Import Now.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Provisioning')
          await desk.press('To App', { within: 'Settings' })
          await desk.press('Force Sync')
          await desk.press('Force Sync')
          await letQueueEnd(walk)
        },
        shows: (walk) => wasTaken(walk, 'okta', '/force-sync'),
      },
      strayed(
        'The profile was opened before anything was imported.',
        'It has no number yet. Import > Import Now, and look again.',
        {
          to: '/profile',
          async go(desk) {
            await openPerson(desk, LEAD.name)
            await desk.press('Profile', { within: `${LEAD.name} tabs` })
          },
        },
      ),
    ],
  }),
]

/** From the first import to the numbers. */
export const MATCH_LESSONS: readonly Lesson[] = [...MATCHING, ...NUMBERS]
