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
    id: 'FID-OKTA-PAGES-3',
    behaviour:
      'Profile Editor: Add Attribute with external name, namespace and members; Mappings lead to the Provisioning tab.',
    fidelity: 'simplified',
    source:
      'reference sheet 1.12: Mappings is a dialog of two tabs there; here each direction has its table, under To App and To Okta',
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
      'Group rules, Convert Assignments, Assign Users to App, Monitor Imports, Bulk Edit of pushed groups, devices, and the page of API tokens.',
    fidelity: 'absent',
    source: 'reference sheet 1.1, 1.8, 1.9',
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
      'No activation or recovery mail: a pending person gets a password from an administrator, a reset gives a temporary password.',
    fidelity: 'simplified',
    source: 'reference sheet 1.11',
  },
]
