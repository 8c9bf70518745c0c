import { press, turnTo, wait } from '../../hands/steps.ts'
import type { Lab } from '../../lab.ts'
import { serverLab } from './server-lab.ts'
import { LICENCES, REFUSED, URL_WRONG } from './suspects.ts'

/** Dialpad's server in trouble, or one of the wrong kind in its place. */

export const DIALPAD_SERVER_LABS: readonly Lab[] = [
  serverLab(
    {
      id: 'dialpad-throttles',
      title: 'Not so fast',
      grade: 1,
      fault: 'target-throttles',
      symptom: 'People arrive hours late. The log is full of 429.',
      right: {
        cause: 'Dialpad limits how often it may be asked.',
        because: '429 means: later. The service comes back by itself.',
      },
      wrong: [REFUSED, URL_WRONG, LICENCES],
      mend: 'Wait; do not reassign people. (Here: kit home, Faults, clear the rules, as the owner of the server would raise the limit.)',
      control: { press: 'Clear rules of Dialpad' },
      explanation:
        'With Retry-After the service waits as long as it is told. Assigning again makes more requests, not fewer.',
      source: 'okta 8.2, dialpad F27',
      hints: [
        'Which status is in the log?',
        'Whose limit is it?',
        'Kit home, Faults, Dialpad: Clear rules. Then let time pass.',
      ],
    },
    [
      { on: 'scim.users.create', effect: { status: 429 } },
      { on: 'scim.users.list', effect: { status: 429 } },
    ],
  ),
  serverLab(
    {
      id: 'dialpad-filter-404',
      title: 'Nobody is not found',
      grade: 3,
      fault: 'empty-filter-is-404',
      symptom: 'A new version of the SCIM server was installed; provisioning is in trouble since.',
      right: {
        cause: 'A search without a result is answered 404.',
        because: 'SCIM wants 200 with an empty list; 404 is taken for a broken server.',
      },
      wrong: [REFUSED, URL_WRONG, LICENCES],
      mend: 'Let the server answer an empty ListResponse (kit home, Faults: clear the rules), then restart.',
      control: { press: 'Clear rules of Dialpad' },
      explanation: 'Entra asks for a person before it creates one. "Not found" is an answer, not an error.',
      source: 'entra-provisioning 12.2 (7), 12.3',
      hints: [
        'Which request fails, with which status?',
        'What should a search that finds nobody be answered?',
        'Kit home, Faults, Dialpad: Clear rules. Then let time pass.',
      ],
    },
    [{ on: 'scim.users.list', effect: { status: 404 } }],
  ),
  serverLab(
    {
      id: 'dialpad-web-page',
      title: 'Welcome to our proxy',
      grade: 2,
      fault: 'target-answers-a-web-page',
      symptom: 'Every request succeeds with 200, and nothing works.',
      right: {
        cause: 'Something in front of Dialpad answers with a web page.',
        because: 'The status is 200, the content is HTML: a proxy, or a sign-in page.',
      },
      wrong: [REFUSED, URL_WRONG, LICENCES],
      mend: 'Let the service past the proxy (kit home, Faults: clear the rules), then restart.',
      control: { press: 'Clear rules of Dialpad' },
      explanation: 'A status alone says little. The answer has to be SCIM.',
      source: 'dialpad F4',
      hints: [
        'Look at the body of an answer, not only at its status.',
        'Who writes such a page?',
        'Kit home, Faults, Dialpad: Clear rules. Then let time pass.',
      ],
    },
    [{ on: 'scim.users.list', effect: { html: true } }],
  ),
  serverLab(
    {
      id: 'dialpad-down',
      title: 'Out of service',
      grade: 1,
      fault: 'target-down',
      symptom: 'Since an hour all requests fail with 503.',
      right: { cause: "Dialpad's SCIM service is down.", because: '5xx is the server, whatever is asked.' },
      wrong: [REFUSED, URL_WRONG, LICENCES],
      mend: 'Wait until it is back (kit home, Faults: clear the rules); cycles go on by themselves.',
      control: { press: 'Clear rules of Dialpad' },
      explanation: 'What failed is kept and tried again. Nothing has to be assigned anew.',
      source: 'entra-provisioning 6.2',
      hints: [
        'Which status is in the log?',
        'Is it about one person or about all?',
        'Kit home, Faults, Dialpad: Clear rules. Then let time pass.',
      ],
      mendByHand: [turnTo('kit', '/faults'), press('Clear rules of Dialpad'), press('Clear rules'), ...wait('P1D')],
    },
    [
      { on: 'scim.users.list', effect: { status: 503 } },
      { on: 'scim.users.create', effect: { status: 503 } },
    ],
  ),
]
