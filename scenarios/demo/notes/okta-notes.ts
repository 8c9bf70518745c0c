import type { PresenterNotes } from './presenter-notes.ts'

const AT_ONCE = {
  question: 'Is there a cycle as in Entra?',
  answer: 'No. A change in Okta is sent at once; what failed waits among the tasks. Only imports have a schedule.',
} as const
const DEACTIVATED = {
  question: 'What does Dialpad see when somebody leaves?',
  answer: 'An update that says they are inactive. The account is suspended, and its data stays.',
} as const

export const OKTA_NOTES: Readonly<Record<string, PresenterNotes>> = {
  'okta-lifecycle': {
    before: ['The long one of Okta: choose Fast, or plan for half an hour.', 'Keep the X-ray open in a second tab.'],
    say: [
      'The app comes from the catalog; sign-on and provisioning are two halves of it.',
      'A token is made in Dialpad and tested in Okta.',
      'To App decides what Okta may do: create, update, deactivate.',
      'From then on, assigning somebody is all there is to do.',
    ],
    pointAt: [
      'The tabs of the app, from left to right.',
      'Sign-on before and after: the same person, refused and let in.',
      'The leaver: deactivated in Okta, suspended in Dialpad.',
    ],
    questions: [AT_ONCE, DEACTIVATED],
  },
  'okta-push-groups': {
    before: ['Groups exist in Okta only. Everybody is connected already.'],
    say: [
      'A pushed group belongs to Okta: edits made in Dialpad are overwritten.',
      'Dialpad takes members and does not take a new name.',
      'A rule pushes what comes later by itself.',
    ],
    pointAt: ['The push status of a group.', 'What unlinking leaves behind.', 'The error while Dialpad is down.'],
    questions: [
      {
        question: 'Does pushing a group assign its members?',
        answer: 'No. Members must be assigned to the app by themselves, best by another group.',
      },
      AT_ONCE,
    ],
  },
  'okta-licences': {
    before: ['One kind of licence has run out, on purpose.'],
    say: [
      'An attribute that Okta does not know yet is added to the profile of the app, and mapped.',
      'Its namespace decides whether it arrives. Left out, it is dropped in silence.',
      'Groups give values to many people at once, and priority decides between them.',
    ],
    pointAt: ['The external namespace.', 'The request in the X-ray: with and without the attribute.'],
    questions: [
      {
        question: 'What happens when no licence is free?',
        answer: 'Dialpad refuses or buys one more, depending on its settings; Okta shows the refusal as a task.',
      },
      AT_ONCE,
    ],
  },
  'okta-import-numbers': {
    before: ['Somebody exists in Dialpad only, somebody in both.', 'The end is about deletions: say so first.'],
    say: [
      'An import asks who is who, before anything changes.',
      'Numbers that Dialpad gives out come back into the profile in Okta.',
      'A schedule does it daily; a safeguard asks before many people lose the app.',
    ],
    pointAt: ['Exact match, partial match, new person.', 'The number in the profile.', 'The safeguard.'],
    questions: [
      {
        question: 'Which side is right about a phone number?',
        answer: 'The one the mapping names as the source: here Dialpad, which gives numbers out.',
      },
      DEACTIVATED,
    ],
  },
}
