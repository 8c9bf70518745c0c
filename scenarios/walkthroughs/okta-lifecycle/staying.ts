import { finding } from '../finding.ts'
import { actOnPerson, editProfile } from '../okta-pages.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { markJournals, methodsOf } from '../witness/okta-since.ts'
import { picture } from './both-sides.ts'
import { KEPT, RENAMED } from './hero.ts'

const updating = { article: 'okta-scim', section: 'Update a specific User (PUT)' } as const
const leaving = { article: 'okta-scim', section: 'Delete Users' } as const

const { name } = RENAMED
const TITLE_BY_HAND = 'Head of Everything'

/** Somebody changes the job title in Dialpad, past Okta: by its API, with a key of their own. */
async function editByHand(walk: Walk): Promise<void> {
  const key = (await walk.control.dialpad.call('POST', '/api-keys', { name: 'By hand' })) as { readonly secret: string }
  const url = `${walk.urls.dialpad}/api/v2/users/${walk.keep.get(KEPT.dialpadId)}`
  const { status } = await walk.fetch(url, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ job_title: TITLE_BY_HAND }),
  })
  if (status !== 200) throw new Error(`Dialpad answered the change by hand with ${status}.`)
}

/** While somebody stays: their profile changes, and they may not sign in for a while. */
export const STAYING_STEPS: readonly Step[] = [
  {
    id: 'life/1',
    title: 'One change carries the whole profile',
    say: `Somebody has changed the title of ${name} in Dialpad by hand. Change the language in Okta: Okta reads the account, lays the whole profile over it and writes it back, the title too.`,
    source: updating,
    at: { page: 'Okta, People, Profile', labels: ['Profile', 'Edit', 'Preferred language', 'Save'] },
    async setup(walk) {
      const before = (await pictureDialpad(walk.control.dialpad)).person(walk.keep.get(KEPT.dialpadId))
      walk.keep.set('titleBefore', before?.title ?? '')
      await editByHand(walk)
      await markJournals(walk)
    },
    async solve(walk) {
      await editProfile(await walk.desk('okta'), name, { 'Preferred language': 'en_GB' })
    },
    async check(walk) {
      const { sent, dialpad } = await picture(walk)
      return finding(
        `Okta sent ${methodsOf(sent)}. In Dialpad the language is ${dialpad?.language ?? 'none'} and the title "${dialpad?.title ?? ''}".`,
        methodsOf(sent).endsWith('GET, PUT'),
        dialpad?.language === 'en-GB',
        dialpad?.title === walk.keep.get('titleBefore'),
      )
    },
    hints: [
      `Directory > People > ${name} > Profile.`,
      'Any change of a mapped attribute will do; take the language.',
      'Press Edit, type en_GB into Preferred language, press Save, and look at the title in Dialpad.',
    ],
    wrong: [
      { mistake: 'Accounts are kept up in Dialpad and in Okta.', sign: 'Dialpad forgets its half with the next push.' },
      {
        mistake: 'Display name was changed, which is not mapped.',
        sign: 'Nothing is sent, and the title by hand stays.',
      },
    ],
  },
  {
    id: 'life/2',
    title: 'Suspend in Okta: Dialpad still rings',
    say: `Suspend ${name} in Okta. They can no longer sign in there, the assignment is kept, and Dialpad is told nothing: calls still work.`,
    source: leaving,
    at: { page: 'Okta, People', labels: ['More Actions', 'Suspend'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await actOnPerson(desk, name, 'Suspend')
      await desk.see('has been suspended.')
    },
    async check(walk) {
      const { sent, okta, account, dialpad } = await picture(walk)
      return finding(
        `In Okta ${okta?.status ?? 'gone'}, ${account === undefined ? 'not assigned' : 'assigned as before'}; Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad?.state ?? 'gone'} with ${dialpad?.numbers.join(', ') || 'no number'}.`,
        okta?.status === 'SUSPENDED',
        account !== undefined,
        sent.length === 0,
        dialpad?.state === 'active',
        dialpad?.numbers.length === 1,
      )
    },
    hints: [
      'The page of the person, at the right of the name.',
      'What can be done to somebody is in one menu; it asks before it does it.',
      `Press More Actions, Suspend, and Suspend once more.`,
    ],
    wrong: [
      {
        mistake: 'A leaver is suspended and thought gone.',
        sign: 'Dialpad shows them active, with license and number. Deactivate, or unassign.',
      },
      { mistake: 'Deactivate was pressed.', sign: 'The assignment is gone and Dialpad suspends.' },
    ],
  },
  {
    id: 'life/3',
    title: 'Unsuspend',
    say: 'They are back: unsuspend. Nothing has to be sent, as nothing was.',
    source: leaving,
    at: { page: 'Okta, People', labels: ['More Actions', 'Unsuspend'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await actOnPerson(desk, name, 'Unsuspend')
      await desk.see('has been unsuspended.')
    },
    async check(walk) {
      const { sent, okta, dialpad } = await picture(walk)
      return finding(
        `In Okta ${okta?.status ?? 'gone'}; Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad?.state ?? 'gone'}.`,
        okta?.status === 'ACTIVE',
        sent.length === 0,
        dialpad?.state === 'active',
      )
    },
    hints: [
      'The same menu.',
      'It offers what can be done in the state somebody is in.',
      'Press More Actions, Unsuspend, and Unsuspend once more.',
    ],
    wrong: [
      { mistake: 'You look for the person among Active.', sign: 'They are under Suspended, or found by name.' },
      { mistake: 'Activate is looked for.', sign: 'It is there for staged and deactivated people only.' },
    ],
  },
]
