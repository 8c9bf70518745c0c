import type { LedgerRow } from '#kit/ledger.ts'
import { DIALECTS } from './dialects/all.ts'
import { switchOf } from './dialects/tolerated.ts'

/** The SCIM server's part of the ledger. What a rule does is seen over the wire in `test/scim-rules.test.ts`, under its own name. */

const FAQ = 'Dialpad help, okta-saml-scim-faqs'
const OKTA_SCIM = 'Dialpad help, manage-users-with-okta-scim'
const AZURE_SCIM = 'Dialpad help, microsoft-azure-scim'
const TUTORIAL = 'learn.microsoft.com dialpad-provisioning-tutorial'
const NUMBERS = 'Dialpad help, syncing-dialpad-phone-numbers-to-okta'
const TEAM = 'Dialpad help, add-remove-team-members'
const NONE = 'none published'

const TESTS = 'dialpad-sandbox/test'
const RULES = `${TESTS}/scim-rules.test.ts`

const RULE_ROWS: readonly LedgerRow[] = [
  {
    id: 'FID-DIALPAD-SCIM-01',
    behaviour:
      'SCIM 2.0 at /scim, the same address for every customer; the API key decides the company. /scim/v2 answers alike.',
    fidelity: 'proven',
    source: `${AZURE_SCIM}; ${TUTORIAL}; the alias: ${NONE}`,
    test: `${RULES}: the address is the same for every customer, and the key decides the company`,
  },
  {
    id: 'FID-DIALPAD-SCIM-02',
    behaviour:
      'An unknown, expired or revoked key is refused with 401; one whose creator is no Company Admin any more with 403.',
    fidelity: 'assumed',
    source: `Dialpad help asks for admin permission when the connection test fails; statuses: ${NONE}`,
    test: `${RULES}: a key is worth what its creator is worth, at every request`,
  },
  {
    id: 'FID-DIALPAD-SCIM-10',
    behaviour:
      'An ordinary company API key opens SCIM: there is no token of its own kind. Only a Company Admin makes one.',
    fidelity: 'proven',
    source: 'Dialpad help, jumpcloud-scim; developers.dialpad.com, API keys',
    test: `${RULES}: an ordinary API key opens SCIM, and only a Company Admin makes one`,
  },
  {
    id: 'FID-DIALPAD-SCIM-11',
    behaviour:
      'Users and Groups with filter, patch, sort and etag, discovery documents and .search; no Bulk, no Me (501). What of SCIM the product offers is not published.',
    fidelity: 'assumed',
    source: `RFC 7644; the set of endpoints: ${NONE}`,
    test: `${TESTS}/scim-discovery.test.ts: the configuration says what the server does`,
  },
  {
    id: 'FID-DIALPAD-SCIM-12',
    behaviour: 'userName is the login, a full address; where the work address differs, userName wins.',
    fidelity: 'assumed',
    source: `${OKTA_SCIM}; which one wins: ${NONE}`,
    test: `${RULES}: userName is the login and wins over the work address`,
  },
  {
    id: 'FID-DIALPAD-SCIM-14',
    behaviour:
      'givenName and familyName are the name, shown joined; title is the job title, preferredLanguage the language, countryCode the country.',
    fidelity: 'proven',
    source: OKTA_SCIM,
    test: `${RULES}: first and last name, job title, language and country are the fields of the person`,
  },
  {
    id: 'FID-DIALPAD-SCIM-03',
    behaviour: "The direct number is returned as a phoneNumbers entry of type 'Dialpad' and never written.",
    fidelity: 'proven',
    source: NUMBERS,
    test: `${TESTS}/scim-users.test.ts: the direct number is shown with type Dialpad and never written`,
  },
  {
    id: 'FID-DIALPAD-SCIM-13',
    behaviour: 'Numbers and extensions are changed in the portal only; what a directory sends of them has no effect.',
    fidelity: 'proven',
    source: FAQ,
    test: `${RULES}: neither numbers nor extensions are written`,
  },
  {
    id: 'FID-DIALPAD-SCIM-15',
    behaviour: 'externalId is stored, echoed and found by filter.',
    fidelity: 'assumed',
    source: NONE,
    test: `${RULES}: externalId is stored, echoed and found by filter`,
  },
  {
    id: 'FID-DIALPAD-SCIM-16',
    behaviour: 'A timezone is echoed and moves nothing: a person has that of the office.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/rest-users.test.ts: a timezone sent by SCIM is echoed there and moves nothing: the API shows that of the office`,
  },
  {
    id: 'FID-DIALPAD-SCIM-17',
    behaviour: 'A person has the same id in SCIM, in the REST API and in the portal: 16 digits.',
    fidelity: 'assumed',
    source: `Dialpad OpenAPI document for the form; that SCIM has the same: ${NONE}`,
    test: `${TESTS}/rest-users.test.ts: SCIM shows the same person under the same id, and what SCIM changes is shown here`,
  },
  {
    id: 'FID-DIALPAD-SCIM-18',
    behaviour:
      'Which plans have SCIM and SAML, which differs by directory, is left out: every company of the simulation has both.',
    fidelity: 'absent',
    source: `${OKTA_SCIM}; Dialpad help, manage-users-with-google-workspace-scim, jumpcloud-scim, onelogin-dialpad`,
  },
  {
    id: 'FID-DIALPAD-SCIM-04',
    behaviour:
      'Attributes without a field of their own are stored and echoed; a password is accepted and never stored.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/scim-users.test.ts: what Dialpad has no field for is stored and echoed, a password is not`,
  },
  {
    id: 'FID-DIALPAD-SCIM-05',
    behaviour:
      'Custom attributes (officeName, licenseType …) belong to the standard enterprise extension; in another namespace they are kept and have no effect.',
    fidelity: 'proven',
    source: FAQ,
    test: `${TESTS}/scim-users.test.ts: a licence in a wrong namespace is ignored`,
  },
  {
    id: 'FID-DIALPAD-SCIM-06',
    behaviour:
      'Refusals are SCIM Errors: duplicate address 409, foreign domain, unknown licence and no licence left 400.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/refusals/catalogue.ts: an address of a foreign domain`,
  },
  {
    id: 'FID-DIALPAD-SCIM-07',
    behaviour:
      'A PATCH of a group answers 200 with the group, beyond 200 members 204. Values of the switch: auto, 200, 204.',
    fidelity: 'assumed',
    source: 'RFC 7644 §3.5.2 allows both',
    test: `${TESTS}/scim-groups.test.ts: a group of more than 200 members is patched without a body`,
    switch: { id: 'group-patch-answer', values: ['auto', '200', '204'], default: 'auto' },
  },
  {
    id: 'FID-DIALPAD-SCIM-08',
    behaviour:
      'The dialects of provisioning services are understood, each habit by its own switch (FID-DIALPAD-DIALECT). With strict only what RFC 7644 says, whatever the other switches say.',
    fidelity: 'assumed',
    source: `Dialpad is in the galleries of both services; what its server tolerates: ${NONE}`,
    test: `${TESTS}/scim-strict.test.ts: creates, finds, replaces, patches, groups and deletes`,
    switch: { id: 'scim-dialect', values: ['tolerant', 'strict'], default: 'tolerant' },
  },
  {
    id: 'FID-DIALPAD-SCIM-09',
    behaviour:
      'A key may call so many times a minute of virtual time, then it is answered 429 with Retry-After. Off unless switched on: no limit is published for SCIM; 1200 is that of the REST API, 60 one to see it with.',
    fidelity: 'assumed',
    source: `developers.dialpad.com, rate limits of the REST API; for SCIM: ${NONE}`,
    test: `${TESTS}/scim-rate-limit.test.ts: counts each key by the minute of virtual time, and says how long to wait`,
    switch: { id: 'scim-rate-limit', values: ['off', '1200', '60'], default: 'off' },
  },
  {
    id: 'FID-DIALPAD-OFFICE-01',
    behaviour: 'The office is chosen by exact name, then by country, then by the company setting.',
    fidelity: 'proven',
    source: FAQ,
    test: `${RULES}: the office is the one of that name, else one of the country, else what the setting says`,
  },
  {
    id: 'FID-DIALPAD-OFFICE-04',
    behaviour: 'department chooses the office; Dialpad departments are left untouched.',
    fidelity: 'proven',
    source: `${OKTA_SCIM}; ${FAQ}`,
    test: `${RULES}: department chooses the office and no Dialpad department`,
  },
  {
    id: 'FID-DIALPAD-OFFICE-02',
    behaviour:
      'The Office Specification Field names the attribute that is read first; names are compared with case and without trimming.',
    fidelity: 'assumed',
    source: `${FAQ}: the setting exists, its effect is inferred from its name`,
    test: `${RULES}: the Office Specification Field is read first, and a name counts only when it is identical`,
  },
  {
    id: 'FID-DIALPAD-OFFICE-06',
    behaviour:
      'At least one of officeName, physicalDeliveryOfficeName and department belongs into the create request; without any the country decides, else the setting.',
    fidelity: 'assumed',
    source: `${FAQ}: one must be there; what happens without: ${NONE}`,
    test: `${RULES}: without any of the three office attributes the country decides, else the setting`,
  },
  {
    id: 'FID-DIALPAD-OFFICE-05',
    behaviour: 'The country is countryCode, else country of the extension, else that of the work address.',
    fidelity: 'assumed',
    source: `${OKTA_SCIM}: countryCode; ${FAQ}: country; their order: ${NONE}`,
    test: `${RULES}: the country is read from countryCode, else country, else the work address`,
  },
  {
    id: 'FID-DIALPAD-OFFICE-03',
    behaviour:
      'A later change of the office attribute moves the person if the office has that name and a free licence (else 400); across countries the number stays behind.',
    fidelity: 'assumed',
    source: 'Dialpad API v2: moving a user between offices',
    test: `${RULES}: a later office moves the person where a licence is free; across countries the number stays behind`,
  },
  {
    id: 'FID-DIALPAD-LICENCE-01',
    behaviour:
      'All published spellings of licenseType are understood without case and echoed as sent; none means Talk / Connect.',
    fidelity: 'proven',
    source: `${OKTA_SCIM}; ${FAQ}`,
    test: `${RULES}: every published spelling of a licence is understood and echoed, and none means Connect`,
  },
  {
    id: 'FID-DIALPAD-LICENCE-03',
    behaviour:
      'A licence nobody knows is refused with 400. With the switch at talk it silently counts as none: the default one, or the one held so far.',
    fidelity: 'assumed',
    source: NONE,
    test: `${RULES}: an unknown licence is refused, or by the switch silently none`,
    switch: { id: 'unknown-licence', values: ['refuse', 'talk'], default: 'refuse' },
  },
  {
    id: 'FID-DIALPAD-LICENCE-04',
    behaviour: 'A changed licenseType changes the licence.',
    fidelity: 'proven',
    source: `${FAQ} (2024)`,
    test: `${RULES}: a changed licenseType changes the licence`,
  },
  {
    id: 'FID-DIALPAD-LICENCE-02',
    behaviour:
      'Licences belong to an office. When they run out the person is refused, or one more is bought, by a company setting.',
    fidelity: 'assumed',
    source: 'Dialpad help, manage-dialpad-license-billing; the status is not published',
    test: `${RULES}: when an office has no licence left the person is refused, or one is bought by the setting`,
  },
  {
    id: 'FID-DIALPAD-LICENCE-05',
    behaviour: 'Entra hands out the Talk / Connect licence only: its messages name none.',
    fidelity: 'documented',
    source: `${AZURE_SCIM} (2023)`,
    test: `${TESTS}/surprises.test.ts: surprise 4: what Entra sends names no licence, so that everybody it brings has Connect`,
  },
  {
    id: 'FID-DIALPAD-LICENCE-06',
    behaviour: 'Licences that nobody holds are billed all the same.',
    fidelity: 'documented',
    source: 'Dialpad help, manage-dialpad-license-billing',
    test: `${TESTS}/portal-offices.test.ts: licenses that nobody holds are billed all the same`,
  },
  {
    id: 'FID-DIALPAD-NUMBER-01',
    behaviour:
      'A new person gets a number of the reserved pool, else a new one of the area code; the Support licence brings none.',
    fidelity: 'proven',
    source: `${FAQ}; ${OKTA_SCIM}`,
    test: `${RULES}: numbers come from the reserved pool, then from the area code, and not at all with Support`,
  },
  {
    id: 'FID-DIALPAD-NUMBER-02',
    behaviour: 'When no number is to be had the person is created without one, with a line in the change log.',
    fidelity: 'assumed',
    source: NONE,
    test: `${RULES}: without any number left the person comes without one, and the change log says so`,
  },
  {
    id: 'FID-DIALPAD-USER-01',
    behaviour: 'active:false suspends: the licence is free, the number stays, the person is found by search only.',
    fidelity: 'proven',
    source: `${FAQ}; that the number stays: ${NONE}`,
    test: `${RULES}: active false suspends: the licence is free, the number stays, and a filter still finds them`,
  },
  {
    id: 'FID-DIALPAD-USER-07',
    behaviour: 'active:true takes a licence again, and is refused with 400 when none is left.',
    fidelity: 'assumed',
    source: `${FAQ}, inferred from the licence being released; the status: ${NONE}`,
    test: `${RULES}: active true needs a licence again`,
  },
  {
    id: 'FID-DIALPAD-USER-02',
    behaviour:
      'Deleting puts the number on hold for 72 hours, then among the Reserved Numbers; the person is restorable that long.',
    fidelity: 'proven',
    source: TEAM,
    test: `${RULES}: deleted is gone from SCIM at once; the number is on hold for 72 hours, and so long they can come back`,
  },
  {
    id: 'FID-DIALPAD-USER-12',
    behaviour: 'The number of a pending user is gone at once when they are deleted.',
    fidelity: 'proven',
    source: TEAM,
    test: `${TESTS}/surprises.test.ts: surprise 7: deleted is gone from search, but 72 hours in Deleted Users with the number on hold; a pending user loses it at once`,
  },
  {
    id: 'FID-DIALPAD-USER-13',
    behaviour:
      'Whoever is suspended stays so until somebody deletes them here: Okta sends nothing when its user is deleted.',
    fidelity: 'documented',
    source: 'developer.okta.com, SCIM 2.0 protocol reference',
    test: `${TESTS}/surprises.test.ts: surprise 24: unassigning in Okta suspends, and nothing more comes: the record stays until an admin deletes it`,
  },
  {
    id: 'FID-DIALPAD-USER-08',
    behaviour: 'Somebody deleted and created anew within 72 hours gets another number, since the old one is on hold.',
    fidelity: 'assumed',
    source: `${TEAM}, inferred from the hold`,
    test: `${RULES}: somebody created anew within 72 hours has another id and another number`,
  },
  {
    id: 'FID-DIALPAD-USER-09',
    behaviour:
      'An address that somebody has is refused with 409; they are found by filter and taken over by PATCH, suspended ones too.',
    fidelity: 'assumed',
    source: 'Dialpad help, manage-team-accounts: no duplicate; the rest: none published',
    test: `${RULES}: an existing address is a conflict, and whoever has it is claimed on match`,
  },
  {
    id: 'FID-DIALPAD-USER-10',
    behaviour: "Only addresses of the company's own domains are taken; further domains are added by support alone.",
    fidelity: 'proven',
    source: `${TEAM}; Dialpad help, jumpcloud-scim`,
    test: `${RULES}: a foreign domain is refused until it is one of the company's`,
  },
  {
    id: 'FID-DIALPAD-USER-14',
    behaviour: "JumpCloud's activation makes a test user of its own domain, which must be a secondary one first.",
    fidelity: 'documented',
    source: 'Dialpad help, jumpcloud-scim',
    test: `${RULES}: the test user of a directory product is refused until its domain is a secondary one`,
  },
  {
    id: 'FID-DIALPAD-USER-11',
    behaviour: 'Two directories may push with two keys: the last writer wins, and the change log tells them apart.',
    fidelity: 'assumed',
    source: `${FAQ}: nothing forbids it`,
    test: `${RULES}: two directories with two keys: the last writer wins`,
  },
  {
    id: 'FID-DIALPAD-USER-03',
    behaviour: 'A new primary address keeps the old one as a secondary one.',
    fidelity: 'proven',
    source: 'Dialpad help, change-an-email-address',
    test: `${RULES}: a new userName keeps the old address as a secondary one`,
  },
  {
    id: 'FID-DIALPAD-USER-04',
    behaviour:
      'The last Company Admin can be neither suspended nor deleted nor demoted; other admins are not exempt. So the last user of a company cannot go either, as the help article says.',
    fidelity: 'assumed',
    source: `${TEAM}: the last user; admins: ${NONE}`,
    test: `${RULES}: the last Company Admin is protected, and no other admin is`,
  },
  {
    id: 'FID-DIALPAD-USER-05',
    behaviour:
      'People created by SCIM are active at once; people invited in the portal are pending until they sign in.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/portal-users.test.ts: invites by mail; the person is pending until they follow the link and choose a password`,
  },
  {
    id: 'FID-DIALPAD-USER-06',
    behaviour: 'Suspending or deleting somebody ends their session with the next request.',
    fidelity: 'assumed',
    source: 'Dialpad help, manage-team-accounts (older text on sessions)',
    test: `${TESTS}/scim-sessions.test.ts: suspended or deleted by a directory, somebody is out of the portal with the next request`,
  },
  {
    id: 'FID-DIALPAD-GROUP-01',
    behaviour: 'A pushed group is kept as a Directory group; what the product makes of it is not published.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/scim-groups.test.ts: a group is shown with its members, their names and addresses`,
  },
  {
    id: 'FID-DIALPAD-GROUP-02',
    behaviour: 'A group rename is answered with success and the old name, and noted in the change log.',
    fidelity: 'proven',
    source: `${TUTORIAL}, connector limitations`,
    test: `${TESTS}/scim-groups.test.ts: a rename is answered with success and the old name`,
  },
  {
    id: 'FID-DIALPAD-GROUP-03',
    behaviour: 'A pushed group makes nobody an operator of the department of the same name.',
    fidelity: 'assumed',
    source: NONE,
    test: `${RULES}: department chooses the office and no Dialpad department`,
  },
]

/** One row for each habit of the dialects, from the tables the server works by. */
const DIALECT_ROWS: readonly LedgerRow[] = DIALECTS.flatMap(({ client, habits }) =>
  habits.map((habit) => ({
    id: `FID-DIALPAD-DIALECT-${habit.id}`,
    behaviour: `${client}: ${habit.what} ${habit.kind === 'plain' ? `Plain SCIM (${habit.rule}).` : `Switched off: ${habit.without}.`}`,
    fidelity: 'proven',
    source: habit.source,
    test: `${TESTS}/scim-dialects.test.ts: ${habit.id}`,
    ...(habit.kind === 'plain' ? {} : { switch: { id: switchOf(habit), values: ['on', 'off'], default: 'on' } }),
  })),
)

export const SCIM_LEDGER: readonly LedgerRow[] = [...RULE_ROWS, ...DIALECT_ROWS]
