import type { PresenterNotes } from './presenter-notes.ts'

const EVERY_FORTY_MINUTES = {
  question: 'How long does this take with the real product?',
  answer: 'A cycle runs about every 40 minutes. Here the clock is moved on, and what fell due in between runs first.',
} as const
const NEVER_DELETED = {
  question: 'Is the person gone from Dialpad?',
  answer: 'No. Leaving the scope suspends the account; only a deletion in the directory, or in Dialpad, removes it.',
} as const

export const ENTRA_NOTES: Readonly<Record<string, PresenterNotes>> = {
  'entra-signup': {
    before: ['The company does not exist in Dialpad yet: that is the point.', 'Open Mail in a second tab.'],
    say: [
      'Whoever signs up with Microsoft first makes the company, and becomes its admin.',
      'Only an admin can make an API key, so sign-up comes before provisioning.',
      'The key and the address are all that Entra needs to know.',
    ],
    pointAt: ['The consent page: what Dialpad asks Microsoft for.', 'The new company in Dialpad, with one user.'],
    questions: [
      {
        question: 'Can somebody else have signed up before me?',
        answer: 'Yes. Then the company exists, and its admin has to make the key.',
      },
      EVERY_FORTY_MINUTES,
    ],
  },
  'entra-lifecycle': {
    before: [
      'This is the long one: choose Fast, or plan half an hour.',
      'Keep the X-ray open in a second tab: it shows every request Entra sends.',
    ],
    say: [
      'Five stations: the key, the app from the gallery, who is assigned, the connection, the first cycle.',
      'Test Connection asks Dialpad one harmless question, with the key.',
      'After that nobody touches Dialpad any more: people change in the directory, and accounts follow.',
    ],
    pointAt: [
      'The secret: it is seen once, and covered in every picture.',
      'Matching: an account that exists already is taken over, not made twice.',
      'The leaver: suspended first, deleted later.',
    ],
    questions: [EVERY_FORTY_MINUTES, NEVER_DELETED],
  },
  'entra-classic': {
    before: ['For a room that knows the older portal: one long form, Provisioning Mode set to Automatic.'],
    say: ['The same protocol behind an older page.', 'The key can be shown again here; treat it as a password.'],
    pointAt: ['Tenant URL and Secret Token.', 'The mapping, and that Save comes before Start.'],
    questions: [
      {
        question: 'Which of the two pages will I see?',
        answer: 'The newer one. Published instructions still show the older, and that is why it is here.',
      },
      EVERY_FORTY_MINUTES,
    ],
  },
  'entra-on-demand': {
    before: ['Everything is connected already. Short: good for a first impression.'],
    say: [
      'One person, at once, with every decision explained.',
      'Nothing happens for somebody who is not assigned, and the page says why.',
    ],
    pointAt: ['The four stages: import, scope, match, action.', 'Retry, after the connection has failed.'],
    questions: [
      {
        question: 'Can I do a whole group?',
        answer: 'A group with at most five members at a time; more waits for the cycle.',
      },
      EVERY_FORTY_MINUTES,
    ],
  },
  'entra-logs': {
    before: ['Two kinds of trouble are prepared: somebody who fails, somebody who is skipped.'],
    say: ['Skipped is no error: the rules said no.', 'Failed has a reason in the words of Dialpad.'],
    pointAt: ['The four tabs of an entry.', 'The filter on status.', 'The file that can be taken away.'],
    questions: [
      {
        question: 'How long are logs kept?',
        answer: 'That depends on the licence of the directory. Download what you need for longer.',
      },
      EVERY_FORTY_MINUTES,
    ],
  },
  'entra-progress': {
    before: ['Leave the clock alone: the walkthrough moves it.'],
    say: ['An initial cycle reads everybody, later ones only what changed.', 'Numbers on the Overview never fall.'],
    pointAt: ['The progress bar while the cycle runs.', 'What Stop keeps, and what a restart forgets.'],
    questions: [
      EVERY_FORTY_MINUTES,
      { question: 'Does Stop lose anything?', answer: 'No. Start goes on from where it was.' },
    ],
  },
  'entra-quarantine': {
    before: ['Open Mail in a second tab: the notice comes there.'],
    say: [
      'The key is revoked in Dialpad, as happens when an admin leaves.',
      'Quarantine protects the target: fewer tries, and somebody is told.',
      'A restart is no cure. The cause is.',
    ],
    pointAt: ['The banner of the Overview.', 'The mail.', 'The first healthy cycle after the new key.'],
    questions: [
      {
        question: 'What happens if nobody looks?',
        answer: 'Tries become rarer, and after four weeks provisioning is switched off.',
      },
      EVERY_FORTY_MINUTES,
    ],
  },
  'entra-deletions': {
    before: ['A whole group will be unassigned, on purpose. Say so first.'],
    say: [
      'More deletions than the threshold are held back, and somebody is asked.',
      'Undoing the cause rejects them; Allow lets them through.',
    ],
    pointAt: ['The threshold in the settings.', 'Dialpad in between: nobody was touched.'],
    questions: [
      { question: 'What counts as a deletion?', answer: 'Leaving the scope too: both would take the account away.' },
      NEVER_DELETED,
    ],
  },
  'sign-in': {
    before: [
      'Nobody of the tenant has used Dialpad with Microsoft yet. Two browsers: the administrator’s, and a colleague’s.',
      'Open the timeline in a second tab: it shows each SAML answer decoded.',
    ],
    say: [
      'Two ways with the same account: an app that comes with a consent, and SAML that two administrators set up by hand.',
      'A consent of an administrator is for everybody; one of a person is for that person.',
      'SAML is six values: two that Dialpad tells, three that Entra tells, and the name of each claim.',
      'Then three things people do with good intentions: renew a certificate, restrict an app, tidy up consents.',
    ],
    pointAt: [
      'The box "Consent on behalf of your organization".',
      'The decoded assertion: Issuer, Audience, NameID, Email.',
      'Who refuses: a page of Entra with a number, or a page of Dialpad in words.',
    ],
    questions: [
      {
        question: 'Can a certificate be renewed without anybody noticing?',
        answer:
          'Where the other side can hold two, yes. Dialpad holds one: change over when nobody logs in, and try it at once.',
      },
      {
        question: 'Does revoking a consent log people out?',
        answer: 'No. It stops new tokens; whoever is logged in at Dialpad stays so until that session ends.',
      },
    ],
  },
  leaver: {
    before: [
      'Everything is connected already. Two browsers: the administrator’s, and one of the person who leaves.',
      'Say that the leaver is an admin with a key of their own: that is what makes it hard.',
    ],
    say: [
      'Single sign-on and provisioning are two locks: one closes with the assignment, the other with a cycle.',
      'Entra refuses at once, if assignment is required; Dialpad refuses when it is told.',
      'Session, key, tokens and SAML all go by the account: once it is suspended, each says no by itself.',
    ],
    pointAt: [
      'The open tab: it works until the cycle, and the next request after it is the last.',
      'The story of the leaver, card Doors: how long each way in stayed open.',
      'The list of API keys: whose key it was.',
    ],
    questions: [
      {
        question: 'Can the forty minutes be shortened?',
        answer: 'Provision on demand sends it at once for one person; suspending in Dialpad by hand does, too.',
      },
      {
        question: 'Does blocking the account in Entra close everything?',
        answer:
          'It ends sign-ins and tokens there at once. The session and the key in Dialpad wait for the cycle all the same.',
      },
      NEVER_DELETED,
    ],
  },
  'entra-scoping': {
    before: ['Everything is connected already.', 'The shortest walkthrough that changes something: a good rehearsal.'],
    say: [
      'Assignment says who may; a scoping filter says who of them.',
      'Values are compared to the letter: sales is not Sales.',
      'Somebody who drops out is suspended with the next cycle.',
    ],
    pointAt: [
      'The warning before saving: how many drop out.',
      'People without a value: no filter on it ever finds them.',
    ],
    questions: [
      { question: 'Are two filters "and" or "or"?', answer: 'Clauses of one filter are "and", filters are "or".' },
      NEVER_DELETED,
    ],
  },
}
