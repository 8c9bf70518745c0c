import { ENTRA_CLASSIC } from '#scenarios/walkthroughs/entra-classic/entra-classic.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Course } from '../lesson.ts'
import {
  assignFirstLesson,
  consentLesson,
  findInGalleryLesson,
  toGalleryLesson,
  toLogInLesson,
} from './entra-app-lessons.ts'
import { classicConfigLessons } from './entra-classic-config.ts'
import { atDialpad, KEYS_PAGE, makeKeyLesson, openKeysLesson, supplyApiKey } from './entra-key-lessons.ts'
import { formsOf, pagesOf } from './visits.ts'

const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

export const ENTRA_CLASSIC_COURSE: Course = {
  id: ENTRA_CLASSIC.id,
  walkthrough: ENTRA_CLASSIC,
  supplies: { apiKey: supplyApiKey },
  lessons: [
    openKeysLesson('000/dialpad/1'),
    makeKeyLesson(['000/dialpad/2'], atDialpad(KEYS_PAGE, PEOPLE.owner), 'Add key'),
    {
      steps: ['000/dialpad/3'],
      start: atDialpad(KEYS_PAGE, PEOPLE.owner),
      async check(walk) {
        const shown = await formsOf(walk, 'dialpad', { url: '/show', status: 200 })
        return finding(
          shown > 0 ? 'The value of a key was shown.' : 'The value of no key was shown since the lesson began.',
          shown > 0,
        )
      },
      hints: [
        'The portal of 2019 keeps the value, and shows it to who asks.',
        'The button is in the row of the key. What it shows is copied.',
        'API Keys, Click to show value beside Microsoft Entra provisioning, Copy.',
      ],
      wrong: [
        {
          mistake: 'The key was revoked.',
          hint: 'Its value is of no more use. Make another key, and show that one.',
          async attempt(walk) {
            const desk = await walk.desk('dialpad')
            await desk.press('Revoke')
            await desk.press('Revoke')
          },
          shows: async (walk) => (await formsOf(walk, 'dialpad', { url: '/revoke', status: 303 })) > 0,
        },
        {
          mistake: 'A second key was begun instead.',
          hint: 'You have a key already, and this portal shows it again. Close the form: Click to show value is in its row.',
          attempt: async (walk) => (await walk.desk('dialpad')).press('Add key'),
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: `${KEYS_PAGE}/new` })) > 0,
        },
      ],
    },
    toGalleryLesson(
      ['000/gallery/1', '000/gallery/2', '000/gallery/3'],
      PEOPLE.applications,
      'Enterprise applications, All applications',
    ),
    findInGalleryLesson('000/gallery/4'),
    toLogInLesson(['000/gallery/5', '000/gallery/6']),
    consentLesson(['000/gallery/7', '000/gallery/8']),
    assignFirstLesson('000/assign/1', PEOPLE.applications),
    ...classicConfigLessons({
      steps: NUMBERS.map((number) => `000/config/${number}`),
      as: PEOPLE.applications,
      mapping: 'Synchronize Azure Active Directory Users to Dialpad',
    }),
  ],
}
