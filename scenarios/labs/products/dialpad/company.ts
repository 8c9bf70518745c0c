import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { dialpad, entra } from '../../acts/commands.ts'
import { bill } from '../../acts/outside.ts'
import { cycle, pass } from '../../acts/time.ts'
import { hasAccount, nothingFails } from '../../checks.ts'
import { fill, press, turnTo, wait } from '../../hands/steps.ts'
import { dialpadSettings } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_COMPANY, ENTRA_PROVISIONING } from '../../places.ts'
import { KEY } from './suspects.ts'

/** What the company has paid for. */

export const DIALPAD_COMPANY_LABS: readonly Lab[] = [
  {
    id: 'dialpad-seats-exhausted',
    title: 'Sold out',
    grade: 1,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-seats-exhausted',
    breakIt: [
      dialpad('remove-seats', { office: 'Toronto', licence: 'dialpad_talk', quantity: 7 }),
      pass('P31D'),
      entra('add-member', { group: 'Dialpad Users', member: addressOf('hana.suzuki') }),
      cycle,
    ],
    symptom: 'Hana, of Toronto, is assigned and fails. In Denver people still arrive.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Toronto has no license left.',
      because: 'Dialpad answers that none is available, and Licenses agrees.',
    },
    wrong: [
      { ...KEY, because: 'Then everybody would fail.' },
      { cause: 'Toronto is misspelt.', because: 'The office was found: it is full.' },
      { cause: 'Create is not ticked.', because: 'It was tried.' },
    ],
    mend: 'Buy licenses for Toronto, or suspend somebody there; then wait for a retry.',
    control: { press: 'Purchase licenses' },
    explanation: 'Licenses belong to an office. A company may also let Dialpad buy what is missing.',
    source: 'dialpad F10, 1.7',
    hints: [
      'Read the answer of Dialpad in the log.',
      'Look at Licenses of the office.',
      'Dialpad, Toronto, Licenses: Purchase licenses.',
    ],
    solve: [dialpad('add-seats', { office: 'Toronto', licence: 'dialpad_talk', quantity: 3 }), pass('P1D')],
    mendByHand: [
      turnTo('dialpad'),
      press('Offices'),
      press('Toronto'),
      press('Licenses'),
      press('Purchase licenses'),
      fill('Quantity', '3'),
      press('Next'),
      press('Confirm Purchase'),
      ...wait('P1D'),
    ],
    checks: [hasAccount('hana.suzuki'), nothingFails],
  },
  {
    id: 'dialpad-company-unpaid',
    title: 'The card that expired',
    grade: 1,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-company-unpaid',
    breakIt: [bill('failed')],
    symptom: 'Dialpad shows a banner to administrators, and everybody is afraid of Monday.',
    where: DIALPAD_COMPANY,
    right: {
      cause: 'The payment failed: the company is on hold.',
      because: 'Billing shows it, with the day on which the company is suspended.',
    },
    wrong: [
      KEY,
      { cause: 'People are suspended by Entra.', because: 'Nobody is: the company is what is on hold.' },
      { cause: 'Licenses were given back.', because: 'They are all there.' },
    ],
    mend: 'Billing: press Pay the bill.',
    control: { press: 'Pay the bill' },
    explanation:
      'A company that is suspended for its bill is not the same as people who are suspended: they come back as they were.',
    source: 'dialpad 7.1 (23)',
    hints: ['Read the banner.', 'Look at Billing.', 'Dialpad, Billing: pay the bill.'],
    solve: [bill('paid')],
    mendByHand: [...dialpadSettings('Billing'), press('Pay the bill')],
    checks: [hasAccount('ada.okafor')],
  },
]
