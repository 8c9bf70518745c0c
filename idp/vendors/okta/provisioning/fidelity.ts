import type { LedgerRow } from '#kit/ledger.ts'

const PROTOCOL = 'developer.okta.com SCIM 2.0 protocol reference'
const FAQ = 'developer.okta.com SCIM concepts and FAQ'
const ASSIGN = 'help.okta.com: Assign app integrations'
const MAP = 'help.okta.com: Map profile attributes, Profile Editor'
const PUSH = 'help.okta.com: Group Push'
const PROV = 'help.okta.com: Configure provisioning for an app integration'
const LIMIT = 'support.okta.com: SCIM rate limit article'
const MATRIX = 'idp/vendors/okta/provisioning/test/matrix.test.ts'
const GROUPS = 'idp/vendors/okta/provisioning/test/groups-and-imports.test.ts'
const RESTART = 'idp/vendors/okta/provisioning/test/restart.test.ts'
const WIRE_UNIT = 'idp/vendors/okta/provisioning/test/wire.test.ts'
const LOG = 'idp/vendors/okta/provisioning/test/log-and-retries.test.ts'
const SWEEP = 'idp/vendors/okta/assignments/test/sweep.test.ts'
const KILL = 'scenarios/wire-tests/okta-kill.test.ts'
const WIRE = 'scenarios/wire-tests/okta-provisioning.test.ts'

function proven(number: string, behaviour: string, source: string, test: string): LedgerRow {
  return { id: `FID-OKTA-PROVISIONING-${number}`, behaviour, fidelity: 'proven', source, test }
}

/** How this org provisions. */
export const OKTA_PROVISIONING_LEDGER: readonly LedgerRow[] = [
  proven(
    '01',
    'Assigning looks the user name up and creates: keys in the order of the real client, a placeholder password and an empty groups list always, externalId the Okta user id.',
    PROTOCOL,
    `${MATRIX}: assign, no match: looked up and created, keys in order, with a password and the Okta id`,
  ),
  proven(
    '02',
    'An account with the same user name is linked without asking and overwritten; an inactive one is switched on first.',
    PROTOCOL,
    `${MATRIX}: assign, match active: linked without asking and overwritten`,
  ),
  proven(
    '03',
    'A profile goes as GET and a PUT of everything, so that hand edits in the app are overwritten.',
    PROTOCOL,
    `${WIRE}: a hand edit in Dialpad is overwritten by the next push of anything else`,
  ),
  proven(
    '04',
    'The PUT echoes the active of the app, so it repairs no failed deactivation.',
    PROTOCOL,
    `${MATRIX}: a PUT echoes the active of the app: it repairs no failed deactivation`,
  ),
  proven(
    '05',
    'Activation and deactivation are a PATCH without a path in catalog apps.',
    PROTOCOL,
    `${MATRIX}: unassign: PATCH active false, without a path`,
  ),
  proven(
    '06',
    'Apps of the integration wizard are sent PUT for everything, with the Authorization header as it was typed.',
    FAQ,
    `${MATRIX}: unassign and reassign go by PUT, the Authorization header as typed`,
  ),
  proven(
    '07',
    'Suspending, unsuspending and deleting a person send nothing.',
    PROTOCOL,
    `${MATRIX}: suspend, unsuspend and delete send nothing`,
  ),
  proven(
    '08',
    'After a good test every To App feature is off, and people assigned then are provisioned by Provision User only.',
    PROV,
    `${MATRIX}: after a good test every feature is off, and people assigned then need Provision User`,
  ),
  proven(
    '09',
    'Test API Credentials reads users, and with Import Groups on groups too.',
    PROV,
    `${MATRIX}: test credentials and save: users, then groups`,
  ),
  proven('10', 'Credentials that fail the test are not stored.', PROV, `${GROUPS}: bad credentials are not stored`),
  proven(
    '11',
    'Only 429 retries by itself: the whole queue of the app waits as long as asked, and each repeat twice as long.',
    LIMIT,
    `${MATRIX}: only 429 retries itself: as asked, then twice as long, the whole queue waiting`,
  ),
  proven(
    '12',
    '429 without seconds is a wait of five minutes; after ten attempts the job has failed.',
    LIMIT,
    `${MATRIX}: 429 without a wait is five minutes; after ten attempts it has failed`,
  ),
  proven(
    '13',
    'Every other failure is a task; a person whose creation failed stays assigned.',
    PROTOCOL,
    `${MATRIX}: a creation answered %i is a task, and the person stays assigned`,
  ),
  proven(
    '14',
    'An individual assignment beats a group, the highest group beats the others.',
    ASSIGN,
    `${MATRIX}: individual beats group, the highest group beats the others, and the arrow back gives it to the group`,
  ),
  proven(
    '15',
    'An attribute without an external namespace is silently not sent.',
    'help.dialpad.com Okta SAML and SCIM FAQs',
    `${MATRIX}: a custom attribute is sent where its namespace says, and without one silently not`,
  ),
  proven(
    '16',
    'A mapping on create only is computed at assignment; Force Sync pushes everybody.',
    MAP,
    `${MATRIX}: create only: later changes are lost; Force Sync pushes everybody`,
  ),
  proven(
    '17',
    'Group functions of expressions are not computed again when membership changes.',
    'developer.okta.com Expression Language reference',
    `${MATRIX}: group functions are not computed again when membership changes`,
  ),
  proven(
    '18',
    'After a reactivation group assignments return and individual ones do not.',
    'Okta SCIM test plan v2; help pages differ',
    `${MATRIX}: reactivated: the group assignment comes back, the individual one does not`,
  ),
  proven(
    '19',
    'Jobs run at once after the command, in its order, and survive a kill; a creation that was not written down is found by the lookup.',
    'none published',
    `${RESTART}: a creation whose outcome was not written down is not made twice: it is found and linked`,
  ),
  {
    id: 'FID-OKTA-PROVISIONING-20',
    behaviour:
      'Deleting a person sends nothing: their account was switched off when they were deactivated, and accounts are never deleted. One help article of the target says that it removes the account: "delete" sends DELETE for accounts the person had.',
    fidelity: 'proven',
    source: `${PROTOCOL}; help.dialpad.com Okta SAML and SCIM FAQs says otherwise`,
    test: `${MATRIX}: a deleted person is deleted in the app where the switch says so`,
    switch: { id: 'deleted-person', values: ['nothing', 'delete'], default: 'nothing' },
  },
  proven(
    '21',
    'When the profile push after a reactivation fails, the account stays unlinked, and a later unassignment sends nothing.',
    'devforum.okta.com thread 7207',
    `${WIRE_UNIT}: after a reactivation whose profile push failed the account is unlinked: unassigning then sends nothing`,
  ),
  {
    id: 'FID-OKTA-PROVISIONING-22',
    behaviour:
      "The profile of the Dialpad app holds the attributes of the target's table; the catalog entry's own list and the place of the country are not published.",
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-OKTA-PROVISIONING-23',
    behaviour: 'Requests carry no Accept-Encoding: answers are read as they come.',
    fidelity: 'simplified',
    source: 'none published',
  },
  {
    id: 'FID-OKTA-PROVISIONING-24',
    behaviour:
      'With Create Users off the lookup is made as long as another feature is on; with all of them off an assignment does nothing.',
    fidelity: 'assumed',
    source: 'none published',
  },
  proven(
    '25',
    "Each row of the tutorial's attribute table arrives in the field it names; department and officeName choose the office.",
    'help.dialpad.com: Manage users with Okta SCIM',
    `${WIRE}: officeName is the Office, and wins over department`,
  ),
  proven(
    '26',
    'Requests stand as the fixtures have them, headers and order of keys, in both dialects; nothing but the few known calls is made.',
    PROTOCOL,
    `${WIRE_UNIT}: of a whole story every request is one of the few the client knows`,
  ),
  proven(
    '27',
    'Numbers of a list as texts, one object where a list belongs and emails without a primary are refused; other liberties are not.',
    'developer-forum threads',
    `${WIRE_UNIT}: emails of %s are refused`,
  ),
  proven(
    '28',
    'A wait survives a restart, doubled as before; after a kill no acknowledged job is lost and the order of a person is kept.',
    'none published',
    `${KILL}: while it waits for a rate limit: the wait goes on, doubled as before, and then everything is sent`,
  ),
  proven(
    '29',
    'A group of many is assigned in slices, finished by the next process after a kill; pages answer meanwhile.',
    'none published',
    `${SWEEP}: what a kill leaves in the middle is finished by the next process`,
  ),
  proven(
    '30',
    'A sync job of everybody tells its beginning and its end; a group push that waits for a rate limit says that it will be retried.',
    'okta-event-types.csv',
    `${LOG}: Provision User and Force Sync tell their beginning, and their end when the last one is done`,
  ),
  {
    id: 'FID-OKTA-PROVISIONING-31',
    behaviour:
      'The jobs of an app run one after the other in the order of the commands: a deactivation and a reassignment in quick succession push no stale active, and a group used for assignment and push does not race, though its members lose their account with their membership.',
    fidelity: 'simplified',
    source: `${PUSH}; devforum.okta.com thread 7207`,
  },
  {
    id: 'FID-OKTA-PROVISIONING-32',
    behaviour: 'A password is pushed when it is set, changed or reset, not again at the next sign-in with it.',
    fidelity: 'simplified',
    source: PROTOCOL,
  },
  {
    id: 'FID-OKTA-PROVISIONING-33',
    behaviour:
      'Event types that belong to what is not here: entitlements and scheduled deletion, approval and revocation of memberships, groups that live in the app, queries of the API.',
    fidelity: 'absent',
    source: 'okta-event-types.csv',
  },
  {
    id: 'FID-OKTA-PROVISIONING-34',
    behaviour:
      'Changes of state and removals of assignments are done at once: nobody is in transition, and an assignment that is removed leaves no row of its own.',
    fidelity: 'simplified',
    source: 'Okta Management API, users and application users',
  },
  {
    id: 'FID-OKTA-PROVISIONING-35',
    behaviour:
      'The base address of an app of the wizard may be http, for servers on this machine; no app logs in by Basic or OAuth 2.',
    fidelity: 'simplified',
    source: PROV,
  },
  {
    id: 'FID-OKTA-PROVISIONING-36',
    behaviour: 'Descriptions of pushed groups, schemas and resource types are neither sent nor asked for.',
    fidelity: 'documented',
    source: FAQ,
  },
  {
    id: 'FID-OKTA-GROUP-PUSH-01',
    behaviour:
      'A pushed group is created empty, then its members that are assigned are added, then its name is sent with its id in the value.',
    fidelity: 'proven',
    source: PROTOCOL,
    test: `${GROUPS}: created empty, then its members, then its name: the members that are assigned`,
  },
  {
    id: 'FID-OKTA-GROUP-PUSH-02',
    behaviour: 'Removals come before additions; people deactivated or staged are neither added nor removed.',
    fidelity: 'proven',
    source: PROTOCOL,
    test: `${GROUPS}: removes come before adds, and somebody deactivated is neither`,
  },
  {
    id: 'FID-OKTA-GROUP-PUSH-03',
    behaviour: 'A group deleted in the app fails until it is unlinked and pushed again.',
    fidelity: 'proven',
    source: PUSH,
    test: `${GROUPS}: a group deleted in the app fails until it is unlinked and pushed again`,
  },
  {
    id: 'FID-OKTA-GROUP-PUSH-04',
    behaviour:
      'A rule looks at a group when the group is made or changed, and at all groups when the rule is made or activated. One that was unlinked and deleted in the app is pushed again then; unlinking alone does not make the rule look.',
    fidelity: 'assumed',
    source: `${PUSH}; unlinking a group that a rule pushes is not described`,
    test: `${GROUPS}: a group unlinked and deleted in the app is pushed by its rule again, when the group is next looked at`,
  },
  {
    id: 'FID-OKTA-IMPORT-01',
    behaviour: 'Users are read a hundred at a time, then groups; only active accounts are offered.',
    fidelity: 'proven',
    source: PROTOCOL,
    test: `${GROUPS}: pages of a hundred, groups after users, only active accounts offered`,
  },
  {
    id: 'FID-OKTA-IMPORT-02',
    behaviour: 'More than a fifth of the assignments gone holds an import back until an administrator resumes it.',
    fidelity: 'proven',
    source: 'help.okta.com: Import safeguards',
    test: `${GROUPS}: more than a fifth gone is held back until an administrator resumes`,
  },
  {
    id: 'FID-OKTA-IMPORT-03',
    behaviour:
      'Mapped attributes of a linked account flow back at each import, but login, email and names only where the app is the source of people.',
    fidelity: 'assumed',
    source: 'help.dialpad.com: Syncing Dialpad phone numbers to Okta shows the result only',
  },
  {
    id: 'FID-OKTA-IMPORT-04',
    behaviour: 'Numbers assigned by the target reach the Okta profile by the external name of a typed element.',
    fidelity: 'proven',
    source: 'help.dialpad.com: Syncing Dialpad phone numbers to Okta',
    test: `${GROUPS}: numbers: a typed element of a list reaches the Okta profile`,
  },
  {
    id: 'FID-OKTA-IMPORT-05',
    behaviour:
      'The safeguard of an app counts however few people it has. The real one is said to apply from a hundred people on, which a small training world would never reach.',
    fidelity: 'simplified',
    source: 'help.okta.com: Import safeguards',
  },
  {
    id: 'FID-OKTA-PUSH-RENAME',
    behaviour:
      'After a rename that the target answered with success and did not do, the column "Group in" the app shows the new name until a push without Rename reads the old one.',
    fidelity: 'assumed',
    source: 'reference sheet 2.6 and 8.2: the target keeps the first name of a group',
  },
  {
    id: 'FID-OKTA-EXPRESSIONS-01',
    behaviour:
      'The expression language has the items of its reference that mappings use; problems are told with their place. Joining null gives the empty text (assumed).',
    fidelity: 'simplified',
    source: 'developer.okta.com Expression Language reference',
  },
]
