import type { LedgerRow } from '#kit/ledger.ts'

/** What the admin portal does as Dialpad's does, and how sure we are. */

const USERS = 'Dialpad help, manage-your-users; add-remove-team-members'
const TESTS = 'dialpad-sandbox/test'

export const PORTAL_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-DIALPAD-PORTAL-01',
    behaviour:
      'The portal shows offices, users, numbers, licenses, API keys, SCIM settings and Directory groups under the labels of the articles.',
    fidelity: 'simplified',
    source: `${USERS}; order and layout: none published`,
    test: `${TESTS}/portal-api-keys.test.ts: are found by the path the articles give`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-03',
    behaviour:
      'Add User takes addresses of the company’s domains, suggests numbers that can be edited, and invites by mail; the person is pending until they follow the link. They are typed or picked from the directory (FID-DIALPAD-PORTAL-25).',
    fidelity: 'proven',
    source: USERS,
    test: `${TESTS}/portal-users.test.ts: invites by mail; the person is pending until they follow the link and choose a password`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-04',
    behaviour: 'Unused invites are removed after a while, with the pending user: here after 30 days.',
    fidelity: 'assumed',
    source: `${USERS} (Japanese edition); the time is not published`,
    test: `${TESTS}/portal-users.test.ts: an unused invite is removed after 30 days of virtual time, with the pending user and the seat`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-05',
    behaviour:
      'Options of a user carry the four groups of the articles; entries of products that are not simulated are named and said to be left out.',
    fidelity: 'proven',
    source: 'Dialpad help, user permissions; change-an-email-address',
    test: `${TESTS}/portal-users.test.ts: Options leads to everything the articles name`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-06',
    behaviour:
      'The license of a user is changed in the portal at once, where the product sends admins to Customer Care; the Support license sends the number to the Reserved Numbers.',
    fidelity: 'simplified',
    source: 'Dialpad help, manage-your-users',
    test: `${TESTS}/portal-users.test.ts: a Support license sends the number to the Reserved Numbers, and Connect brings one again`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-07',
    behaviour:
      'A deletion keeps or removes the license; Deleted Users can be restored for 72 hours or permanently deleted.',
    fidelity: 'proven',
    source: USERS,
    test: `${TESTS}/portal-users.test.ts: Permanently Delete asks for the address and ends the 72 hours at once`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-08',
    behaviour: 'The bulk bar deletes, and adds or removes Office Admins; analytics access is left out.',
    fidelity: 'simplified',
    source: 'Dialpad help ja, manage users',
    test: `${TESTS}/portal-users.test.ts: the bulk bar names everybody, does what it can and says what it could not`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-09',
    behaviour: 'People invited in the portal can be given privileges once they have accepted the invite.',
    fidelity: 'assumed',
    source: 'Dialpad help asks for the first login too; that the sandbox does without is ours',
  },
  {
    id: 'FID-DIALPAD-PORTAL-02',
    behaviour:
      'Add New Office asks for name, office admin, E911 location, main line and billing contact; the area code is asked for too, since new numbers come from it.',
    fidelity: 'simplified',
    source: 'Dialpad help, manage-an-office; the area code as a setting of the office: none published',
    test: `${TESTS}/portal-offices.test.ts: Add New Office makes one with its main line, administrator and E911 location`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-10',
    behaviour: 'A renamed office is not found any more by directories that send the old name; the portal warns.',
    fidelity: 'proven',
    source: 'Dialpad help, okta-saml-scim-faqs: names must be identical; the warning is ours',
    test: `${TESTS}/portal-offices.test.ts: renaming warns that a directory finds the office by its name`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-11',
    behaviour:
      'Purchase licenses → quantity → Next → payment summary → Confirm Purchase; the simulation has no prices.',
    fidelity: 'simplified',
    source: 'Dialpad help, manage-dialpad-license-billing',
    test: `${TESTS}/portal-offices.test.ts: Purchase licenses: quantity, Next, payment summary, Confirm Purchase`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-12',
    behaviour: 'Licenses are removed on the next billing date, the monthly anniversary of the company.',
    fidelity: 'simplified',
    source: 'Dialpad help, manage-dialpad-license-billing; which day that is: none published',
    test: `${TESTS}/portal-offices.test.ts: a removal waits for the next billing date, counts as gone for the next one, and can be cancelled`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-13',
    behaviour: 'Unused licenses are moved between offices, in every plan.',
    fidelity: 'simplified',
    source: 'Dialpad help, manage-your-users: Company Admins of higher plans',
    test: `${TESTS}/portal-offices.test.ts: unused ones move between offices, those in use do not`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-14',
    behaviour: 'Reserved Numbers are added from an area code, assigned to people, and deleted; they cost nothing here.',
    fidelity: 'simplified',
    source: 'Dialpad help, manage-your-users; manage phone numbers',
    test: `${TESTS}/portal-offices.test.ts: new ones are added from an area code and deleted after a question`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-15',
    behaviour:
      'The SAML page has the labels of the guides; the provider decides ACS and entity id; the certificate is taken with and without its BEGIN and END lines.',
    fidelity: 'proven',
    source: 'Google Workspace guide to Dialpad SAML; Dialpad help, okta-single-sign-on-via-saml',
    test: `${TESTS}/portal-settings.test.ts: changing the provider changes ACS and entity id`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-16',
    behaviour:
      'Preventing other providers asks first, and says that wrong values lock everybody out. The product’s own page: one checkbox.',
    fidelity: 'simplified',
    source: 'Dialpad help, okta-saml-scim-faqs; the question is ours',
    test: `${TESTS}/portal-lockout.test.ts: asks first and says what it does; nothing is saved until then`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-17',
    behaviour: 'The SCIM page lists recent requests, marked as the sandbox’s own: the product shows none.',
    fidelity: 'assumed',
    source: 'none published',
    test: `${TESTS}/portal-settings.test.ts: recent requests are listed with what a refusal said, marked as the sandbox’s own`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-18',
    behaviour: 'Secondary domains are added by support: the portal says so and does what support would, at once.',
    fidelity: 'simplified',
    source: 'Dialpad help, add-remove-team-members; JumpCloud, Dialpad identity management integration',
    test: `${TESTS}/portal-settings.test.ts: is renamed, and secondary domains are added and removed as support would`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-19',
    behaviour: 'Departments have a name, main numbers, operators (25 at most) and admins; hours are set by the API.',
    fidelity: 'simplified',
    source: 'Dialpad help, department operators',
    test: `${TESTS}/portal-settings.test.ts: a department has 25 operators at most`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-20',
    behaviour: 'The change log is a page with filters and a CSV export; the product documents it as events only.',
    fidelity: 'assumed',
    source: 'Dialpad developers, change-log-events',
    test: `${TESTS}/portal-settings.test.ts: is exported as CSV with the same filter, newest first`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-21',
    behaviour: 'Licenses are bought in three places: Licenses of the company, of an office, and Billing.',
    fidelity: 'proven',
    source: 'Dialpad help, manage-dialpad-license-billing',
    test: `${TESTS}/portal-offices.test.ts: Billing tells the next billing date and leads to Purchase Licenses`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-24',
    behaviour:
      'Integrations of the company, and desk phones, Contact Centers, Coaching Teams, Channels and Analytics of an office, are in the menu and said to be left out.',
    fidelity: 'absent',
    source: 'Dialpad help, web portal and offices',
    test: `${TESTS}/portal-paths.test.ts: $article`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-22',
    behaviour: 'Office Admins, of one office or several, administer what is theirs; only Company Admins make them.',
    fidelity: 'proven',
    source: 'Dialpad help, manage-an-office; admin-types-in-dialpad',
    test: `${TESTS}/portal-office-admins.test.ts: make Office Admins, by the bulk bar or the office`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-23',
    behaviour:
      'What exactly an Office Admin may: settings, users, Reserved Numbers and departments of the office, its licenses to look at. Closed to them are moves to other offices, purchases, everything of the company, and whoever is Company Admin. Department Admins have no portal.',
    fidelity: 'assumed',
    source: 'none published',
    test: `${TESTS}/portal-office-admins.test.ts: change a Company Admin who sits in their office`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-25',
    behaviour:
      'Add User picks from the Microsoft directory: an admin who logged in with Microsoft searches by the beginning of a name or address, and who is ticked is added to the addresses. Dialpad asks Graph in the admin’s name (User.ReadBasic.All), twenty people by each property. How the product lays this out is not published; the Google directory is left out.',
    fidelity: 'simplified',
    source: USERS,
    test: `${TESTS}/portal-directory.test.ts: lists names and addresses, marks who cannot be picked, and adds who was ticked to the addresses`,
  },
  {
    id: 'FID-DIALPAD-PORTAL-26',
    behaviour:
      'The tokens of a Microsoft login are kept, sealed, in the session of the admin and end with it; the product may keep them with the account. They are renewed when Graph refuses them; when the renewal is refused too, the page says so and addresses are typed.',
    fidelity: 'assumed',
    source: 'none published',
    test: `${TESTS}/portal-directory.test.ts: are renewed when Graph refuses them, once for all requests of the session`,
  },
]
