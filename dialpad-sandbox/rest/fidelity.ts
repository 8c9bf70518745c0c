import type { LedgerRow } from '#kit/ledger.ts'

/** What the REST API does as Dialpad's does, and how sure we are. Shapes and enumerations are published; error bodies are not. */

const OPENAPI = 'Dialpad OpenAPI document and official Python SDK 3.2.0'
const NONE = 'none published'
const TESTS = 'dialpad-sandbox/test'

export const REST_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-DIALPAD-REST-01',
    behaviour:
      'Ids and other 64-bit numbers are text, dates have no zone, countries are lower case, empty members are left out, and everything done is answered with 200, creation and deletion too.',
    fidelity: 'proven',
    source: OPENAPI,
    test: `${TESTS}/rest-users.test.ts: a created user is answered whole, with 200 and without a number`,
  },
  {
    id: 'FID-DIALPAD-REST-02',
    behaviour: 'A key is accepted as a bearer token and as ?apikey=; DP-Company-ID is passed over.',
    fidelity: 'proven',
    source: `${OPENAPI}; Dialpad developers, authentication-basics`,
    test: `${TESTS}/rest-keys.test.ts: a key is accepted in the header and in the address`,
  },
  {
    id: 'FID-DIALPAD-REST-03',
    behaviour:
      "Every key is a company admin's, so that operations for company admins need nothing more and 'me', which needs a user-level key, is refused. There are no user-level keys and no scopes.",
    fidelity: 'simplified',
    source: OPENAPI,
    test: `${TESTS}/refusals/rest-catalogue.ts: me with a company key`,
  },
  {
    id: 'FID-DIALPAD-REST-04',
    behaviour:
      'Refusals have one envelope: {"error":{"code","errors":[{"domain","message","reason"}],"message"}}. Unknown members of a body are refused.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/refusals/rest-catalogue.ts: an unknown user`,
  },
  {
    id: 'FID-DIALPAD-REST-05',
    behaviour:
      'Lists have pages of 100 and a cursor, which is missing on the last page. A cursor belongs to one list with its filters; any other is refused.',
    fidelity: 'documented',
    source: `${OPENAPI}; that a foreign cursor is refused: ${NONE}`,
    test: `${TESTS}/rest-paging.test.ts: paging visits each user once`,
  },
  {
    id: 'FID-DIALPAD-REST-06',
    behaviour:
      'GET /users with a limit above 100 gives pages of 100 and is refused with 400 one time in five: every fifth such call of a key. Values of the switch: one-in-five, off.',
    fidelity: 'simplified',
    source: `${OPENAPI}: at random there`,
    test: `${TESTS}/rest-paging.test.ts: every fifth call with a limit above 100 is refused`,
    switch: { id: 'rest-large-pages', values: ['one-in-five', 'off'], default: 'one-in-five' },
  },
  {
    id: 'FID-DIALPAD-REST-07',
    behaviour:
      'With published, the published limits hold (1,200 calls a minute for most operations), by key and operation, in virtual time; beyond them 429 with Retry-After.',
    fidelity: 'assumed',
    source: `${OPENAPI}; what is answered beyond: ${NONE}`,
    test: `${TESTS}/rest-keys.test.ts: the published rate limit holds where it is switched on`,
    switch: { id: 'rest-rate-limit', values: ['off', 'published'], default: 'off' },
  },
  {
    id: 'FID-DIALPAD-REST-08',
    behaviour: 'Without a state, users are listed that are active or pending; all adds the suspended and deleted ones.',
    fidelity: 'assumed',
    source: `${OPENAPI}; the default: ${NONE}`,
    test: `${TESTS}/rest-users.test.ts: users are listed by state, address, number and rights`,
  },
  {
    id: 'FID-DIALPAD-REST-09',
    behaviour:
      'A created user is active, has the talk licence unless told otherwise, and no number unless auto_assign is true; SCIM gives one.',
    fidelity: 'proven',
    source: OPENAPI,
    test: `${TESTS}/rest-users.test.ts: a created user is answered whole, with 200 and without a number`,
  },
  {
    id: 'FID-DIALPAD-REST-10',
    behaviour:
      "The licence is one of the published enumeration. 'support', which the prose tells clients to send, is not and is refused; admins, dpde_all and dpde_one, whose meaning is not published, are owned by no office.",
    fidelity: 'assumed',
    source: `${OPENAPI}; what is answered: ${NONE}`,
    test: `${TESTS}/refusals/rest-catalogue.ts: the licence that the prose names and the enumeration lacks`,
  },
  {
    id: 'FID-DIALPAD-REST-11',
    behaviour:
      "A deleted user is answered with state deleted, the name suffixed ' (deactivated)', without addresses and numbers, on do not disturb and not available.",
    fidelity: 'proven',
    source: OPENAPI,
    test: `${TESTS}/rest-users.test.ts: a deleted user has lost name, addresses and number`,
  },
  {
    id: 'FID-DIALPAD-REST-12',
    behaviour:
      'A number is taken by name, else from the reserved pool, else from the area code. One on hold after a deletion is shown as pending. All numbers are local.',
    fidelity: 'documented',
    source: `${OPENAPI}; how a number on hold is shown: ${NONE}`,
    test: `${TESTS}/rest-numbers.test.ts: the reserved pool comes before the area code`,
  },
  {
    id: 'FID-DIALPAD-REST-13',
    behaviour:
      'phone_numbers of an update only re-orders and removes; a move by update into another country needs a user without numbers, move_office drops them and assigns a new one.',
    fidelity: 'documented',
    source: OPENAPI,
    test: `${TESTS}/rest-users.test.ts: moving abroad needs a user without numbers, move_office gives a new one`,
  },
  {
    id: 'FID-DIALPAD-REST-14',
    behaviour: 'Numbers beyond the first need no licence of their own, and a support licence may keep its numbers.',
    fidelity: 'simplified',
    source: `${OPENAPI}: additional_number_lines`,
  },
  {
    id: 'FID-DIALPAD-REST-15',
    behaviour: 'Extensions are turned off: setting one is refused.',
    fidelity: 'documented',
    source: `${OPENAPI}: off by default; the refusal: ${NONE}`,
    test: `${TESTS}/refusals/rest-catalogue.ts: an extension`,
  },
  {
    id: 'FID-DIALPAD-REST-16',
    behaviour:
      'An office made here owns no licences; its area code is that of its main line, else of an office in the same country. Its plan shows what is owned; nothing is ever charged.',
    fidelity: 'simplified',
    source: OPENAPI,
    test: `${TESTS}/rest-offices.test.ts: a new office is answered with its plan and owns no licences`,
  },
  {
    id: 'FID-DIALPAD-REST-17',
    behaviour: 'Operators are a list of users and one of rooms, without paging; a department has 25 at most.',
    fidelity: 'proven',
    source: `${OPENAPI}; Dialpad help, assign-operators-to-departments`,
    test: `${TESTS}/rest-departments.test.ts: the twenty-sixth operator is refused`,
  },
  {
    id: 'FID-DIALPAD-REST-18',
    behaviour:
      'Change log events go to the webhook as JSON, or as a JWT signed with HS256 where the webhook has a secret; each once, and only to this machine. Whether Dialpad tries again is not published.',
    fidelity: 'simplified',
    source: 'Dialpad developers, change-log-events',
    test: `${TESTS}/rest-webhooks.test.ts: with a secret an event is a JWT`,
  },
  {
    id: 'FID-DIALPAD-REST-22',
    behaviour:
      'Subscriptions to contact events are kept; there are no contacts in the simulation, so none is ever sent.',
    fidelity: 'simplified',
    source: OPENAPI,
    test: `${TESTS}/rest-webhooks.test.ts: a subscription to contact events lives its life`,
  },
  {
    id: 'FID-DIALPAD-REST-23',
    behaviour:
      'Numbers of North America and Great Britain are written in the local form and back; others are refused. A number of country code 1 is taken for one of the United States unless a country is named.',
    fidelity: 'simplified',
    source: OPENAPI,
    test: `${TESTS}/rest-numbers.test.ts: a number is written in the local form and back`,
  },
  {
    id: 'FID-DIALPAD-REST-19',
    behaviour:
      'Do not disturb, status (its expiration counted in seconds), caller ID and emergency addresses are kept and shown; personas follow from numbers and operators. No call is made that they would steer.',
    fidelity: 'simplified',
    source: OPENAPI,
    test: `${TESTS}/rest-users.test.ts: what a line is set to is kept and shown`,
  },
  {
    id: 'FID-DIALPAD-REST-20',
    behaviour:
      'Calls, messages, contacts, statistics, call centers (beyond empty lists), OAuth for third-party apps, access policies and other event subscriptions are refused with 501.',
    fidelity: 'absent',
    source: OPENAPI,
    test: `${TESTS}/refusals/rest-catalogue.ts: what the simulation leaves out`,
  },
  {
    id: 'FID-DIALPAD-REST-21',
    behaviour:
      'Members that nothing stands behind are not shown: image_url, extension, location, duty members, office_settings.',
    fidelity: 'absent',
    source: OPENAPI,
  },
  {
    id: 'FID-DIALPAD-REST-24',
    behaviour:
      'The state of a company is that of its bills, whatever the states of its people are: active, or suspended. On hold counts as active.',
    fidelity: 'assumed',
    source: `Dialpad help, on-hold-suspended-accounts; how the API shows it: ${NONE}`,
    test: `${TESTS}/company-suspension.test.ts: refuses directories and API keys, in their own words; the company itself tells its state`,
  },
]
