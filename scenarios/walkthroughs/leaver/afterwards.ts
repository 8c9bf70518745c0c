import { openDialpadSettings } from '../dialpad-portal.ts'
import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding, missing } from '../finding.ts'
import type { Desk, Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { tellCycle } from '../witness/tell-cycle.ts'
import { timesOf } from './doors.ts'
import { KEY_NAME, LEAVER } from './leaver-person.ts'

const leaving = { article: 'how-it-works', section: 'Deprovisioning' } as const

/** Doors that must have been found closed: what the walkthrough has tried. */
const DOORS = [
  'Tokens of the Microsoft login',
  'Record of the directory',
  'Browser session',
  'API key',
  'Single sign-on with SAML',
] as const

/** What the directory itself refused, before its cycle came. */
const AT_THE_DIRECTORY = 'Sign-in at Entra to Dialpad'

async function openStory(desk: Desk): Promise<void> {
  await desk.open('/')
  await desk.press('Story', { within: 'Main' })
  await desk.fill('Name or address begins with', LEAVER.name)
  await desk.press('Find')
  await desk.press(LEAVER.name, { within: 'People and groups found' })
}

/** How long each door was open, and what is left to do. */
export const AFTERWARDS_STEPS: readonly Step[] = [
  {
    id: 'leaver/13',
    title: 'What is left to do, and how long each door was open',
    say: `In Dialpad revoke the key "${KEY_NAME}": it would work again if they came back as admin. The next cycle finds nothing to do. Then, on the home of the kit, open the story of ${LEAVER.name}: under Doors stands each way in, with the time from the unassignment to its refusal.`,
    source: leaving,
    at: {
      page: 'Dialpad, API Keys, and kit home, Story',
      labels: [
        'API Keys',
        'Revoke',
        'Revoke this API key?',
        'Revoke',
        '+40 min',
        'Story',
        'Find',
        'Doors',
        AT_THE_DIRECTORY,
        ...DOORS,
      ],
    },
    async solve(walk) {
      const desk = await openDialpadSettings(walk)
      await desk.press('API Keys', { within: 'Main' })
      await desk.pressInRow(KEY_NAME, 'Revoke')
      await desk.see('Revoke this API key?')
      await desk.press('Revoke')
      await letCyclePass(walk)
      const home = await walk.desk('kit')
      await openStory(home)
      await home.see('Doors')
      for (const door of [AT_THE_DIRECTORY, ...DOORS]) await home.see(door, { within: 'Doors' })
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find(({ name }) => name === KEY_NAME)
      if (key === undefined) return missing(`key called "${KEY_NAME}"`)
      const { run } = await pictureEntra(walk.control.entra)
      const times = await timesOf(walk)
      return finding(
        `${times.join('; ') || 'No door was found closed yet'}. The key ending in ${key.last4} is ${key.revokedAt === undefined ? 'not revoked' : 'revoked'}; last: ${tellCycle(run?.lastExecution)}.`,
        DOORS.every((door) => times.some((time) => time.startsWith(door))),
        key.revokedAt !== undefined,
        run?.lastExecution?.state === 'Succeeded',
        run?.quarantine === null,
      )
    },
    hints: [
      'Story is in the menu of the home; API Keys under Authentication in Dialpad.',
      'What Entra refuses is closed at once; what Dialpad refuses, with the cycle. Not the key of the provisioning is to be revoked.',
      `API Keys, Revoke in the row of ${KEY_NAME}, Revoke; on the home +40 min; Story, ${LEAVER.name}, Find, and the name.`,
    ],
    wrong: [
      {
        mistake: 'The key of the provisioning was revoked.',
        sign: 'Provisioning is in quarantine with the next change.',
      },
      { mistake: 'The key is left as it is.', sign: 'It works again on the day they are an admin again.' },
    ],
  },
]
