import type { LedgerRow } from '#kit/ledger.ts'

/** What this org does as the real product does, so far. */
export const OKTA_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-OKTA-DIRECTORY-1',
    behaviour:
      'People have the states of the real directory; the world has active people, one staged and one suspended.',
    fidelity: 'proven',
    source: 'Okta API reference, Users: lifecycle and status',
    test: 'idp/vendors/okta/world.test.ts: one person is staged, one suspended, everybody else active',
  },
  {
    id: 'FID-OKTA-DIRECTORY-2',
    behaviour: 'Groups hold people only: a nested group of the cast becomes its people.',
    fidelity: 'proven',
    source: 'Okta API reference, Groups: membership',
    test: 'idp/vendors/okta/world.test.ts: a group inside a group becomes its people',
  },
  {
    id: 'FID-OKTA-PAGES-1',
    behaviour:
      'The console adds Dialpad, sets provisioning up, assigns people and groups, and shows tasks and logs, in the order and by the labels of the article.',
    fidelity: 'proven',
    source: 'Dialpad, Manage users with Okta SCIM; reference sheet 1.2 to 1.8, 1.13',
    test: 'idp/vendors/okta/console/test/seed-004.test.ts: Assignments > Assign > People > Assign, review, Save and Go Back, Done',
  },
  {
    id: 'FID-OKTA-PAGES-2',
    behaviour: 'People: list by state, Add person, lifecycle with confirmation, lost apps named, temporary passwords.',
    fidelity: 'proven',
    source: 'reference sheet 1.11, 4.1',
    test: 'idp/vendors/okta/console/test/directory.test.ts: Suspend and Unsuspend, Deactivate with the apps that are lost, Activate, Delete only when deactivated',
  },
  {
    id: 'FID-OKTA-PAGES-4',
    behaviour:
      'Menus and dialogs are pages and side panels with addresses of their own; priorities of groups are typed, not dragged.',
    fidelity: 'simplified',
    source: 'our choice: every page works as a plain form',
  },
  {
    id: 'FID-OKTA-PAGES-5',
    behaviour:
      'The Devices tab of people, the Directories and Admin roles tabs of groups, Mobile of apps, the inline hook, and Directories and Identity Providers in the Profile Editor.',
    fidelity: 'absent',
    source: 'reference sheet 1.1, 1.3, 1.7: nothing here has devices, directories or hooks',
  },
  {
    id: 'FID-OKTA-PAGES-6',
    behaviour:
      'Convert Assignments gives individual assignments to an assigned group of the person, after a confirmation that says whose values change; what changes is pushed. A hundred at a time.',
    fidelity: 'proven',
    source: 'reference sheet 1.8',
    test: 'idp/vendors/okta/console/test/bulk-and-convert.test.ts: Convert Assignments: only who is in an assigned group, confirmed, values of the group pushed',
  },
  {
    id: 'FID-OKTA-PAGES-7',
    behaviour:
      'Assign Users to App: apps and people are chosen, reviewed and confirmed; what cannot be assigned is named.',
    fidelity: 'proven',
    source: 'reference sheet 1.1',
    test: 'idp/vendors/okta/console/test/bulk-and-convert.test.ts: Assign Users to App: choose, review, confirm; what cannot be assigned is named',
  },
  {
    id: 'FID-OKTA-PAGES-8',
    behaviour: 'Bulk Edit of pushed groups: Delete, with the groups of the app or without, Deactivate, Activate.',
    fidelity: 'proven',
    source: 'reference sheet 1.9',
    test: 'idp/vendors/okta/console/test/bulk-and-convert.test.ts: Bulk Edit: Deactivate, Activate, Delete with the groups of the app',
  },
  {
    id: 'FID-OKTA-PAGES-9',
    behaviour:
      'Monitor Imports, More > Refresh Application Data and the Dialpad Configuration Guide: the page of imports knows one app, More has the one entry that does something here, and the guide is in our words.',
    fidelity: 'simplified',
    source: 'reference sheet 1.1, 1.6',
  },
  {
    id: 'FID-OKTA-RULES-1',
    behaviour:
      'A group rule begins inactive; activated, a job looks at everybody, and from then on at whoever is added or changes. Who stops matching leaves; whoever an administrator put in stays.',
    fidelity: 'proven',
    source: 'reference sheet 1.1, 6.3; Okta help, Group rules',
    test: 'idp/vendors/okta/groups/test/group-rules.test.ts: begins inactive and moves nobody; activated, a job puts everybody in whom it is true of',
  },
  {
    id: 'FID-OKTA-RULES-2',
    behaviour:
      'Somebody a rule put in and an administrator takes out is added to EXCEPT The following users, a hundred at most.',
    fidelity: 'proven',
    source: 'Okta support, Removing users from exception list in group rules',
    test: 'idp/vendors/okta/groups/test/group-rules.test.ts: who is taken out by hand is excepted, and stays out',
  },
  {
    id: 'FID-OKTA-RULES-3',
    behaviour: 'Members of a deactivated rule stay; deleting it asks whether they leave the group.',
    fidelity: 'proven',
    source: 'Okta support, What happens if group rules are deactivated and deleted',
    test: 'idp/vendors/okta/groups/test/group-rules.test.ts: deactivated, its members stay; deleted, they stay by themselves or leave',
  },
  {
    id: 'FID-OKTA-RULES-4',
    behaviour:
      'A rule whose expression cannot be computed for somebody leaves their memberships as they are; one whose only group, or a group it asks about, is deleted becomes invalid.',
    fidelity: 'assumed',
    source: 'Okta API reference, Group rules: status INVALID',
  },
  {
    id: 'FID-OKTA-SIGN-IN-1',
    behaviour: 'User name, then password; every refusal says the same.',
    fidelity: 'assumed',
    source: 'Identity Engine sign-in widget; wording from the widget as commonly seen',
  },
  {
    id: 'FID-OKTA-SIGN-IN-2',
    behaviour: 'Ten wrong passwords in a row lock an account until an administrator unlocks it.',
    fidelity: 'proven',
    source: 'default password policy; reference sheet 4.1',
    test: 'idp/vendors/okta/sign-in/test/sign-in.test.ts: the tenth wrong password locks the account, tried in a row or all at once',
  },
  {
    id: 'FID-OKTA-SIGN-IN-3',
    behaviour: 'A session lasts two idle hours; any change of state, a new password or Clear sessions ends it.',
    fidelity: 'proven',
    source: 'default global session policy; reference sheet 4.3',
    test: 'idp/vendors/okta/sign-in/test/sign-in.test.ts: ends with Sign out, after two idle hours, and when the state of the person changes',
  },
  {
    id: 'FID-OKTA-SIGN-IN-4',
    behaviour:
      'Whoever is activated without a password gets a mail with a link, good once and for seven days; Resend Activation Email replaces it.',
    fidelity: 'proven',
    source: 'reference sheet 1.11, 4.1',
    test: 'idp/vendors/okta/sign-in/test/links.test.ts: Activate now without a password sends a link, by which the person is active and signed in',
  },
  {
    id: 'FID-OKTA-SIGN-IN-5',
    behaviour:
      'Reset Password by an administrator sends a link good for an hour: the state is Password reset, the old password is of no more use, sessions end.',
    fidelity: 'proven',
    source: 'reference sheet 1.11, 4.1',
    test: 'idp/vendors/okta/sign-in/test/links.test.ts: Reset Password by an administrator: the old password is of no more use, sessions end',
  },
  {
    id: 'FID-OKTA-SIGN-IN-6',
    behaviour:
      'Forgot password? sends the link and says the same of everybody. The state stays as it is until the link is used, where the product enters Password reset at once: a stranger who types a name changes nothing.',
    fidelity: 'simplified',
    source: 'reference sheet 4.1; our choice',
  },
  {
    id: 'FID-OKTA-SIGN-IN-7',
    behaviour: 'Unlocking by mail, security questions and second factors.',
    fidelity: 'absent',
    source: 'reference sheet 4.1, 4.3',
  },
  {
    id: 'FID-OKTA-FLAWS-1',
    behaviour:
      'Flaws are for trying out applications: a fault rule makes one code, ID token or SAML answer wrong (see docs/negatives.md). The token is signed with the key in force unless the key is what is wrong; certificate and key of a stranger are made for it and published nowhere.',
    fidelity: 'proven',
    source: 'our choice: the real service has no such switch',
    test: 'scenarios/wire-tests/negatives.test.ts: an application by openid-client or node-saml refuses:',
  },
  {
    id: 'FID-OKTA-FLAWS-2',
    behaviour:
      'A code that is replayed belongs to the proof key of its own sign-in, so an application with PKCE is told of the verifier (invalid_grant) before the code is told to be used up.',
    fidelity: 'assumed',
    source: 'RFC 7636 §4.6; the order of the two checks: none published',
    test: 'scenarios/wire-tests/negatives.test.ts: a replay waits until there is something to repeat',
  },
]
