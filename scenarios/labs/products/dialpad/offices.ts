import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { dialpad, entra } from '../../acts/commands.ts'
import { cycle, pass } from '../../acts/time.ts'
import { hasAccount, nothingFails, officeIsThere, worksIn } from '../../checks.ts'
import { choose, fill, press, tick, wait } from '../../hands/steps.ts'
import { dialpadSettings, entraPerson } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_PEOPLE, ENTRA_PROVISIONING } from '../../places.ts'
import { FULL, KEY, MAPPING } from './suspects.ts'

/** Which office somebody is put into. */

const DMITRI = addressOf('dmitri.volkov')

export const DIALPAD_OFFICE_LABS: readonly Lab[] = [
  {
    id: 'dialpad-office-misspelt',
    title: 'Londn calling',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'office-misspelt',
    breakIt: [
      entra('edit-person', { person: DMITRI, physicalDeliveryOfficeName: 'Londn', country: null }),
      entra('add-member', { group: 'Dialpad Users', member: DMITRI }),
      cycle,
    ],
    symptom:
      'Dmitri works in London. His new account is in the office Denver, with an American number. Nothing failed: the log says success.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'The name of his office is misspelt in Entra.',
      because:
        'Entra says "Londn". Dialpad compares names of offices exactly, found none, and took the best matching one.',
    },
    wrong: [KEY, MAPPING, FULL],
    mend: "Correct Office location in Dmitri's properties in Entra, and let a cycle run.",
    control: { fill: 'Office location' },
    explanation:
      'Without a match the country decides, and without a country the best matching office: nothing fails, and the area code is wrong.',
    source: 'dialpad F6',
    hints: [
      'Which office did Entra ask for?',
      'Compare what was sent with the names of the offices, letter by letter.',
      'Entra, Users, Dmitri Volkov, Properties: Office location London.',
    ],
    solve: [entra('edit-person', { person: DMITRI, physicalDeliveryOfficeName: 'London', country: 'GB' }), cycle],
    mendByHand: [
      ...entraPerson('Dmitri Volkov'),
      press('Properties', 'Pages of Dmitri Volkov'),
      fill('Office location', 'London'),
      press('Save'),
      ...wait('PT41M'),
    ],
    checks: [hasAccount('dmitri.volkov'), worksIn('dmitri.volkov', 'London')],
  },
  {
    id: 'dialpad-office-renamed',
    title: 'A new sign on the door',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-office-renamed',
    breakIt: [dialpad('edit-office', { office: 'Toronto', name: 'Toronto Harbourfront' })],
    symptom: 'The office in Toronto has a new name in Dialpad. New people of Toronto no longer match by name.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'The office was renamed in Dialpad only.',
      because: 'The directory still says Toronto, and names are compared exactly.',
    },
    wrong: [KEY, MAPPING, FULL],
    mend: 'Give the office its old name back, or change the office of everybody in the directory.',
    control: { press: 'Edit' },
    explanation: 'The name of an office is an interface: directories are full of it.',
    source: 'dialpad F6',
    hints: [
      "Look at Dialpad's change log.",
      'What does the directory say?',
      'Dialpad, Offices, Toronto Harbourfront: name Toronto.',
    ],
    solve: [dialpad('edit-office', { office: 'Toronto Harbourfront', name: 'Toronto' })],
    checks: [officeIsThere('Toronto')],
  },
  {
    id: 'dialpad-office-field',
    title: 'Looking in the wrong drawer',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-office-field-wrong',
    breakIt: [
      dialpad('set-provisioning', { officeField: 'department' }),
      entra('add-member', { group: 'Dialpad Users', member: addressOf('hana.suzuki') }),
      cycle,
    ],
    symptom: 'Offices are right in Entra and sent. Dialpad does not go by them any more.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'The Office Specification Field is department.',
      because: 'Dialpad reads "Sales" and "Support" and looks for offices of that name.',
    },
    wrong: [KEY, MAPPING, FULL],
    mend: 'Authentication > SCIM: Office Specification Field physicalDeliveryOfficeName, Save.',
    control: { fill: 'Office Specification Field' },
    explanation: 'Of the attributes that may hold an office, one is read first; the others only when it is empty.',
    source: 'dialpad F7',
    hints: [
      'What is sent, and what does Dialpad read?',
      "Look at Dialpad's SCIM settings.",
      'Authentication, SCIM: physicalDeliveryOfficeName, Save.',
    ],
    solve: [dialpad('set-provisioning', { officeField: 'physicalDeliveryOfficeName' })],
    mendByHand: [
      ...dialpadSettings('SCIM'),
      choose('Office Specification Field', 'physicalDeliveryOfficeName'),
      press('Save', 'SCIM Configuration Settings'),
    ],
    checks: [hasAccount('hana.suzuki')],
  },
  {
    id: 'dialpad-office-refused',
    title: 'No room for Osaka',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-office-refused',
    breakIt: [
      dialpad('set-provisioning', { mismatch: 'reject' }),
      entra('add-member', { group: 'Dialpad Users', member: addressOf('kenji.sato') }),
      cycle,
    ],
    symptom: 'Kenji, of Osaka, is assigned and fails in every cycle. Everybody else arrives.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Dialpad has no such office, and is told not to create people then.',
      because: 'The answer says that no office matches.',
    },
    wrong: [
      { ...KEY, because: 'Then everybody would fail.' },
      FULL,
      { cause: 'Dialpad refuses people of Japan.', because: 'It asks for an office, not for a country.' },
    ],
    mend: 'Authentication > SCIM: use the best matching office; or give Kenji an office that is there. Then wait for a retry.',
    control: { tick: 'Use best matching office' },
    explanation: 'Refusing is safe, and silent for the person: somebody has to read the log.',
    source: 'dialpad 1.5, F6',
    hints: [
      'Read the answer of Dialpad in the log.',
      "Look at Dialpad's SCIM settings.",
      'Authentication, SCIM: Use best matching office, Save.',
    ],
    solve: [dialpad('set-provisioning', { mismatch: 'best' }), pass('P1D')],
    mendByHand: [
      ...dialpadSettings('SCIM'),
      tick('Use best matching office', true, 'When no office matches'),
      press('Save', 'SCIM Configuration Settings'),
      ...wait('P1D'),
    ],
    checks: [hasAccount('kenji.sato'), nothingFails],
  },
]
