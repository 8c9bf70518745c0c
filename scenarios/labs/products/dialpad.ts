import type { Bench, Fields } from '../bench.ts'
import { changeUser, join } from '../entra-hands.ts'
import type { Lab } from '../lab.ts'

/** Dialpad's own settings, its server, and signing in. */

const PEOPLE = { system: 'dialpad', path: '/admin/company/users', label: 'Dialpad, Users' } as const
const LOGIN = { system: 'dialpad', path: '/login', label: 'Dialpad, Log in' } as const
const OVERVIEW = {
  system: 'entra',
  path: '/admin/apps',
  label: 'Entra, Enterprise apps > Dialpad > Provisioning',
} as const

const KEY = { cause: 'The API key is refused.', because: 'People do arrive.' }
const MAPPING = { cause: 'The office is not mapped.', because: 'It is sent: look at the request.' }
const FULL = { cause: 'The office has no license left.', because: 'It has: see Licenses.' }

type Rule = Parameters<Bench['control']['dialpad']['putFaults']>[0][number]

/** A server in trouble, as a fault rule makes it. */
function serverLab(
  lab: Pick<
    Lab,
    'id' | 'title' | 'grade' | 'fault' | 'symptom' | 'right' | 'wrong' | 'mend' | 'explanation' | 'source' | 'hints'
  >,
  rules: readonly Rule[],
): Lab {
  return {
    ...lab,
    product: 'Dialpad',
    world: 'connected-entra',
    where: OVERVIEW,
    async breakIt(bench) {
      await bench.control.dialpad.putFaults(rules)
      await join(bench, 'Dialpad Users', 'hana.suzuki')
      await bench.cycle()
    },
    async solve(bench) {
      await bench.control.dialpad.clearFaults()
      await bench.pass('P1D')
    },
    working: 'hana.suzuki',
  }
}

const REFUSED = { cause: 'The API key was revoked.', because: 'Then the answer would be 401.' }
const URL_WRONG = {
  cause: 'The Tenant URL is wrong.',
  because: 'It worked until an hour ago, and nobody has touched it.',
}
const LICENCES = { cause: 'No license is left.', because: 'Then only creations would fail, and with 400.' }

/** SAML set up on both sides, as it should be. */
async function setUpSaml(
  bench: Bench,
  change: { readonly okta?: Fields; readonly dialpad?: Fields } = {},
): Promise<void> {
  const [app] = await bench.records('okta', 'apps')
  const metadata = await (await bench.fetch(`${bench.urls.okta}/app/${app?.['samlKey']}/sso/saml/metadata`)).text()
  const certificate = /X509Certificate>([^<]+)</.exec(metadata)?.[1] ?? ''
  await bench.edit('okta', 'apps', (each) => ({
    ...each,
    signOn: {
      ...(each['signOn'] as Fields),
      acsUrl: 'https://dialpad.com/saml/sso/okta/brightwave.example',
      spEntityId: 'https://dialpad.com/api/saml/metadata/okta/brightwave.example',
      attributeStatements: statements('Email'),
      ...change.okta,
    },
  }))
  await bench.dialpad('set-saml', {
    provider: 'okta',
    idpSsoUrl: `${bench.urls.okta}/app/dialpad/${app?.['samlKey']}/sso/saml`,
    idpEntityId: `http://www.okta.com/${app?.['samlKey']}`,
    certificate,
    ...change.dialpad,
  })
}

function samlLab(
  lab: Pick<
    Lab,
    'id' | 'title' | 'grade' | 'fault' | 'symptom' | 'right' | 'wrong' | 'mend' | 'explanation' | 'source' | 'hints'
  >,
  breakIt: (bench: Bench) => Promise<void>,
): Lab {
  return {
    ...lab,
    product: 'Dialpad',
    world: 'connected-okta',
    where: LOGIN,
    breakIt,
    solve: (bench) => setUpSaml(bench),
    working: 'ada.okafor',
  }
}

const ISSUER = { cause: "Dialpad expects another issuer than Okta's.", because: 'The two names differ.' }
const CERTIFICATE = {
  cause: 'Dialpad has another certificate than Okta signs with.',
  because: 'The signature cannot be checked.',
}
const SWAPPED = {
  cause: 'ACS URL and entity id are swapped in Okta.',
  because: 'The assertion goes to the address of the metadata.',
}
const ATTRIBUTE = { cause: 'The attribute Email is written otherwise.', because: 'Case counts in names of attributes.' }
const not = ({ cause }: { readonly cause: string }, because: string) => ({ cause, because })

export const DIALPAD_LABS: readonly Lab[] = [
  {
    id: 'dialpad-office-misspelt',
    title: 'Denvr, Colorado',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'office-misspelt',
    async breakIt(bench) {
      await changeUser(bench, 'dmitri.volkov', { officeLocation: 'Londn' })
      await join(bench, 'Dialpad Users', 'dmitri.volkov')
      await bench.cycle()
    },
    symptom:
      'Dmitri, of London, has an account. How his office is written in the request nobody checks; the next colleague may end in Denver.',
    where: PEOPLE,
    right: {
      cause: 'The office is misspelt in the directory.',
      because: 'Dialpad compares exactly: "Londn" is no office, and his country decided.',
    },
    wrong: [KEY, MAPPING, FULL],
    mend: "Correct the office in Dmitri's properties in Entra and let a cycle run.",
    explanation:
      'Without a match the country decides, and without that the best matching office: nothing fails, and the area code may be wrong.',
    source: 'dialpad F6',
    hints: [
      "Look at Dialpad's change log.",
      'Compare what was sent with the names of the offices.',
      'Entra, Users, Dmitri Volkov, Properties: Office location London.',
    ],
    async solve(bench) {
      await changeUser(bench, 'dmitri.volkov', { officeLocation: 'London' })
      await bench.cycle()
    },
    working: 'dmitri.volkov',
  },
  {
    id: 'dialpad-office-renamed',
    title: 'A new sign on the door',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-office-renamed',
    async breakIt(bench) {
      await bench.dialpad('edit-office', { office: 'Toronto', name: 'Toronto Harbourfront' })
    },
    symptom: 'The office in Toronto has a new name in Dialpad. New people of Toronto no longer match by name.',
    where: PEOPLE,
    right: {
      cause: 'The office was renamed in Dialpad only.',
      because: 'The directory still says Toronto, and names are compared exactly.',
    },
    wrong: [KEY, MAPPING, FULL],
    mend: 'Give the office its old name back, or change the office of everybody in the directory.',
    explanation: 'The name of an office is an interface: directories are full of it.',
    source: 'dialpad F6',
    hints: [
      "Look at Dialpad's change log.",
      'What does the directory say?',
      'Dialpad, Offices, Toronto Harbourfront: name Toronto.',
    ],
    async solve(bench) {
      await bench.dialpad('edit-office', { office: 'Toronto Harbourfront', name: 'Toronto' })
    },
    working: 'chloe.nguyen',
  },
  {
    id: 'dialpad-office-field',
    title: 'Looking in the wrong drawer',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-office-field-wrong',
    async breakIt(bench) {
      await bench.dialpad('set-provisioning', { officeField: 'department' })
      await join(bench, 'Dialpad Users', 'hana.suzuki')
      await bench.cycle()
    },
    symptom: 'Offices are right in Entra and sent. Dialpad does not go by them any more.',
    where: PEOPLE,
    right: {
      cause: 'The Office Specification Field is department.',
      because: 'Dialpad reads "Sales" and "Support" and looks for offices of that name.',
    },
    wrong: [KEY, MAPPING, FULL],
    mend: 'Authentication > SCIM: Office Specification Field physicalDeliveryOfficeName, Save.',
    explanation: 'Of the attributes that may hold an office, one is read first; the others only when it is empty.',
    source: 'dialpad F7',
    hints: [
      'What is sent, and what does Dialpad read?',
      "Look at Dialpad's SCIM settings.",
      'Authentication, SCIM: physicalDeliveryOfficeName, Save.',
    ],
    async solve(bench) {
      await bench.dialpad('set-provisioning', { officeField: 'physicalDeliveryOfficeName' })
    },
    working: 'hana.suzuki',
  },
  {
    id: 'dialpad-office-refused',
    title: 'No room for Osaka',
    grade: 2,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-office-refused',
    async breakIt(bench) {
      await bench.dialpad('set-provisioning', { mismatch: 'reject' })
      await join(bench, 'Dialpad Users', 'kenji.sato')
      await bench.cycle()
    },
    symptom: 'Kenji, of Osaka, is assigned and fails in every cycle. Everybody else arrives.',
    where: OVERVIEW,
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
    explanation: 'Refusing is safe, and silent for the person: somebody has to read the log.',
    source: 'dialpad 1.5, F6',
    hints: [
      'Read the answer of Dialpad in the log.',
      "Look at Dialpad's SCIM settings.",
      'Authentication, SCIM: Use best matching office, Save.',
    ],
    async solve(bench) {
      await bench.dialpad('set-provisioning', { mismatch: 'best' })
      await bench.pass('P1D')
    },
    working: 'kenji.sato',
  },
  {
    id: 'dialpad-seats-exhausted',
    title: 'Sold out',
    grade: 1,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-seats-exhausted',
    async breakIt(bench) {
      await bench.edit('dialpad', 'offices', (office) =>
        office['name'] === 'Toronto' ? { ...office, seats: { ...(office['seats'] as Fields), talk: 1 } } : undefined,
      )
      await join(bench, 'Dialpad Users', 'hana.suzuki')
      await bench.cycle()
    },
    symptom: 'Hana, of Toronto, is assigned and fails. In Denver people still arrive.',
    where: OVERVIEW,
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
    explanation: 'Licenses belong to an office. A company may also let Dialpad buy what is missing.',
    source: 'dialpad F10, 1.7',
    hints: [
      'Read the answer of Dialpad in the log.',
      'Look at Licenses of the office.',
      'Dialpad, Toronto, Licenses: add one.',
    ],
    async solve(bench) {
      await bench.dialpad('add-seats', { office: 'Toronto', licence: 'dialpad_talk', quantity: 3 })
      await bench.pass('P1D')
    },
    working: 'hana.suzuki',
  },
  {
    id: 'dialpad-company-unpaid',
    title: 'The card that expired',
    grade: 1,
    product: 'Dialpad',
    world: 'connected-entra',
    fault: 'dialpad-company-unpaid',
    async breakIt(bench) {
      await bench.control.dialpad.call('POST', '/billing', { payment: 'failed' })
    },
    symptom: 'Dialpad shows a banner to administrators, and everybody is afraid of Monday.',
    where: { system: 'dialpad', path: '/admin/company', label: 'Dialpad, My Company' },
    right: {
      cause: 'The payment failed: the company is on hold.',
      because: 'Billing shows it, with the day on which the company is suspended.',
    },
    wrong: [
      KEY,
      { cause: 'People are suspended by Entra.', because: 'Nobody is: the company is what is on hold.' },
      { cause: 'Licenses were given back.', because: 'They are all there.' },
    ],
    mend: 'Billing: pay.',
    explanation:
      'A company that is suspended for its bill is not the same as people who are suspended: they come back as they were.',
    source: 'dialpad 7.1 (23)',
    hints: ['Read the banner.', 'Look at Billing.', 'Dialpad, Billing: pay the bill.'],
    async solve(bench) {
      await bench.control.dialpad.call('POST', '/billing', { payment: 'paid' })
    },
    working: 'ada.okafor',
  },
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
      explanation: 'What failed is kept and tried again. Nothing has to be assigned anew.',
      source: 'entra-provisioning 6.2',
      hints: [
        'Which status is in the log?',
        'Is it about one person or about all?',
        'Kit home, Faults, Dialpad: Clear rules. Then let time pass.',
      ],
    },
    [
      { on: 'scim.users.list', effect: { status: 503 } },
      { on: 'scim.users.create', effect: { status: 503 } },
    ],
  ),
  samlLab(
    {
      id: 'saml-issuer',
      title: 'An s too many',
      grade: 2,
      fault: 'saml-issuer-differs',
      symptom: 'Log in with Okta ends with an error about the issuer.',
      right: ISSUER,
      wrong: [
        not(CERTIFICATE, 'It is the same.'),
        not(SWAPPED, 'They stand where they should.'),
        not(ATTRIBUTE, 'Email is written as it should be.'),
      ],
      mend: 'Dialpad, SAML: copy the issuer exactly: it begins with http, though it looks like a mistake.',
      explanation: "Okta's issuer is a name, not an address: nobody opens it.",
      source: 'okta 8.2, dialpad F21',
      hints: [
        'Read the error at Dialpad.',
        'Compare both issuers letter by letter.',
        'Dialpad, SAML: paste the Issuer of the setup page again, Save.',
      ],
    },
    async (bench) => {
      const [app] = await bench.records('okta', 'apps')
      await setUpSaml(bench, { dialpad: { idpEntityId: `https://www.okta.com/${app?.['samlKey']}` } })
    },
  ),
  samlLab(
    {
      id: 'saml-sso-address',
      title: 'The wrong door',
      grade: 1,
      fault: 'saml-sso-address-wrong',
      symptom: 'Log in with Okta leads to a page that does not exist.',
      right: {
        cause: 'The Identity Provider SSO URL at Dialpad is not that of the app.',
        because: 'Dialpad sends people there.',
      },
      wrong: [
        not(CERTIFICATE, 'Nobody has come as far as a signature.'),
        not(ISSUER, 'They are the same.'),
        not(ATTRIBUTE, 'Nobody has come as far as an assertion.'),
      ],
      mend: 'Dialpad, SAML: paste the Sign-on URL of the app again, Save.',
      explanation:
        'Had other ways to log in been prevented too, everybody would be locked out, administrators included.',
      source: 'dialpad F21, F22',
      hints: [
        'Which address is in the browser?',
        "Compare it with the app's setup page.",
        'Dialpad, SAML: Identity Provider SSO URL, Save.',
      ],
    },
    (bench) => setUpSaml(bench, { dialpad: { idpSsoUrl: `${bench.urls.okta}/app/dialpad/sso/saml` } }),
  ),
  samlLab(
    {
      id: 'saml-swapped',
      title: 'Crossed wires',
      grade: 2,
      fault: 'saml-addresses-swapped',
      symptom: 'The tile of Dialpad ends with an error about destination and audience.',
      right: SWAPPED,
      wrong: [
        not(CERTIFICATE, 'It is the same.'),
        not(ISSUER, 'They are the same.'),
        not(ATTRIBUTE, 'Email is written as it should be.'),
      ],
      mend: 'Okta, Sign On: SP SSO URL and SP Entity ID in their own places, Save.',
      explanation: 'The ACS is where the assertion is sent; the entity id is for whom it is.',
      source: 'okta 8.2',
      hints: [
        'Where is the assertion sent?',
        'Which of the two addresses is that of the metadata?',
        'Okta, Sign On, Edit: exchange the two, Save.',
      ],
    },
    (bench) =>
      setUpSaml(bench, {
        okta: {
          acsUrl: 'https://dialpad.com/api/saml/metadata/okta/brightwave.example',
          spEntityId: 'https://dialpad.com/saml/sso/okta/brightwave.example',
        },
      }),
  ),
  samlLab(
    {
      id: 'saml-attribute-case',
      title: 'Small letters',
      grade: 2,
      fault: 'saml-attribute-case',
      symptom: 'Okta signs in, Dialpad refuses: no e-mail in the assertion.',
      right: ATTRIBUTE,
      wrong: [
        not(CERTIFICATE, 'It is the same.'),
        not(ISSUER, 'They are the same.'),
        not(SWAPPED, 'The assertion arrived.'),
      ],
      mend: 'Okta, Sign On: name the attribute Email, with a capital, Save.',
      explanation: 'Names of SAML attributes are compared exactly.',
      source: 'okta 8.2',
      hints: [
        'Look at the assertion.',
        'Compare the names of its attributes with what Dialpad reads.',
        'Okta, Sign On, Edit: Email, Save.',
      ],
    },
    (bench) => setUpSaml(bench, { okta: { attributeStatements: statements('email') } }),
  ),
]

function statements(email: string): readonly Fields[] {
  return [
    { name: 'FirstName', expression: 'user.firstName' },
    { name: 'LastName', expression: 'user.lastName' },
    { name: email, expression: 'user.email' },
  ]
}
