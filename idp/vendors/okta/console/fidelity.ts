import type { LedgerRow } from '#kit/ledger.ts'

const TEST = 'idp/vendors/okta/console/test'
const PAGES = `${TEST}/section-1-pages.test.ts`
const TABS = `${TEST}/section-1-tabs.test.ts`
const SEED = `${TEST}/seed-004.test.ts`
const DIRECTORY = `${TEST}/directory.test.ts`
const PUSH = `${TEST}/push-and-import.test.ts`
const IMPORTS = 'idp/vendors/okta/provisioning/test/import-settings.test.ts'
const SIGN_ON = 'idp/vendors/okta/saml/test/sign-on-pages.test.ts'
const GROUPS = 'idp/vendors/okta/provisioning/test/groups-and-imports.test.ts'

const HELP_APPS = 'help.okta.com: Applications'
const HELP_PROV = 'help.okta.com: Configure provisioning for an app integration'
const HELP_MAP = 'help.okta.com: Map profile attributes'
const HELP_EDITOR = 'help.okta.com: Profile Editor'
const HELP_ASSIGN = 'help.okta.com: Assign app integrations'
const HELP_PUSH = 'help.okta.com: Group Push'
const HELP_PEOPLE = 'help.okta.com: user profiles; suspend, deactivate, delete users'
const ARTICLE = 'help.dialpad.com: Manage users with Okta SCIM'
const PLAN = 'Okta SCIM test plan v2'

function proven(number: string, behaviour: string, source: string, test: string): LedgerRow {
  return { id: `FID-OKTA-CONSOLE-${number}`, behaviour, fidelity: 'proven', source, test }
}

function other(
  number: string,
  fidelity: Exclude<LedgerRow['fidelity'], 'proven'>,
  behaviour: string,
  source: string,
): LedgerRow {
  return { id: `FID-OKTA-CONSOLE-${number}`, behaviour, fidelity, source }
}

/** The pages of the admin console, in the order of reference sheet 1. */
export const OKTA_CONSOLE_LEDGER: readonly LedgerRow[] = [
  proven(
    '01',
    'The left navigation leads to people, groups, profiles, apps, tasks and the log; the header of an app has its label with a pencil, Active ▾ and View Logs.',
    HELP_APPS,
    `${PAGES}: the navigation leads to every place, and the app header to the log of the app`,
  ),
  proven(
    '02',
    'Active ▾ offers Deactivate, and Activate and Delete only for an app that is inactive; each asks first.',
    HELP_APPS,
    `${PAGES}: Active ▾ deactivates with a confirmation; then it offers Activate and Delete`,
  ),
  other(
    '03',
    'simplified',
    'Tabs of an app are the ends of addresses, not fragments: each is a page. The tab Mobile, legacy, is left out.',
    'our choice: every page works without a script',
  ),
  proven(
    '04',
    'People, groups and profiles have their tabs, filters and states in the words of the console; Add person has its fields in order.',
    HELP_PEOPLE,
    `${TABS}: tabs of a person and of a group, and the words of every state`,
  ),
  other(
    '05',
    'absent',
    'The tab Devices of a person, the tabs Directories and Admin roles of a group.',
    'help.okta.com: user profiles; the org has neither devices nor directories',
  ),
  proven(
    '06',
    'The System Log is searched by words or by an expression, within a range of time, opens each event, and is downloaded as CSV.',
    'help.okta.com: System Log',
    `${PAGES}: by words, by an expression, by a range of time, and as a file`,
  ),
  proven(
    '07',
    'Catalog: search, tile, Overview and Capabilities, + Add Integration, label and visibility, then the Assignments tab.',
    'help.dialpad.com: Okta SSO',
    `${SEED}: the tile leads to + Add Integration, label, Done, and lands on Assignments`,
  ),
  proven('08', 'A label is used once in the org: E0000040.', 'Okta error codes', `${SEED}: a label can be used once`),
  other(
    '09',
    'simplified',
    "Adding an app takes the short path of the target's own guide: label, Done. Sign-on options follow on the Sign On tab; Secure Web Authentication is left out.",
    'help.dialpad.com: Okta SSO',
  ),
  proven(
    '10',
    'Import and Push Groups do their work only after the API integration is on.',
    HELP_PROV,
    `${TABS}: Import and Push Groups say what is missing, and lead to it`,
  ),
  proven(
    '11',
    'General has its sections, each with its own Edit.',
    HELP_APPS,
    `${PAGES}: sections in order, each with its own Edit`,
  ),
  proven(
    '12',
    'App Settings: label, visibility and notes; an icon that is hidden leaves the dashboard.',
    HELP_APPS,
    `${PAGES}: App Settings keeps notes; a hidden icon leaves the dashboard`,
  ),
  proven(
    '13',
    'VPN Notification is told with the tile of the app.',
    HELP_APPS,
    `${PAGES}: VPN Notification is told with the tile; a notice needs words, and an address that is one`,
  ),
  proven(
    '14',
    'App Embed Link is the link the org itself begins with; a custom error page is where people go who are not assigned.',
    HELP_APPS,
    `${PAGES}: App Embed Link: whoever is not assigned goes to the error page of the app, if it has one`,
  ),
  proven(
    '15',
    'Self Service lets people add the app to their dashboard, without approval.',
    HELP_APPS,
    `${PAGES}: Self Service: people add the app themselves, where it is allowed, and are assigned individually`,
  ),
  other(
    '16',
    'absent',
    'Approval of self service requests, auto-launch at sign-in, and VPN notices by network zone.',
    HELP_APPS,
  ),
  proven(
    '17',
    'Provisioning before setup: Configure API Integration, then Enable API Integration with the token, Test API Credentials, Save, Cancel.',
    ARTICLE,
    `${SEED}: Provisioning shows Configure API Integration, then Enable API Integration`,
  ),
  proven(
    '18',
    'Only the token is asked for: the address of the target belongs to the catalog entry.',
    ARTICLE,
    `${TABS}: the credentials are hidden until Enable API integration is ticked, by the style sheet alone`,
  ),
  proven(
    '19',
    'Clearing Import Groups asks "Disable Import Groups?"; clearing Enable API integration stops the pushes and keeps assignments.',
    HELP_PROV,
    `${SEED}: clearing Import Groups asks first, and switching off stops the pushes`,
  ),
  proven(
    '20',
    'Test API Credentials tells each outcome: verified, 401 and 403, no list of users, no JSON, no host.',
    'developer.okta.com forum and traces; help.okta.com',
    `${GROUPS}: an answer %i %s is told as it is`,
  ),
  proven(
    '21',
    'A wrong token is refused by Test and by Save, and is stored and shown nowhere.',
    PLAN,
    `${SEED}: a wrong token is refused by Test API Credentials and by Save, and is shown nowhere`,
  ),
  other('22', 'absent', 'Push Null Values and Exclude Username Updates: the target has neither.', HELP_PROV),
  proven(
    '23',
    'After Save the rail To App, To Okta, Integration opens on To App, with every feature off.',
    ARTICLE,
    `${SEED}: Test API Credentials shows a green banner, Save keeps the tested token`,
  ),
  proven(
    '24',
    'To App > Edit makes the boxes live, Save greys them with their ticks.',
    ARTICLE,
    `${SEED}: Edit, tick all, Save`,
  ),
  proven(
    '25',
    'Attribute mappings: columns, the user name from Sign On, mapped and required ones first with a warning, Show Unmapped Attributes, ✎ with its three kinds of values, Apply on.',
    HELP_MAP,
    `${PAGES}: attribute mappings: columns, Personal and Group, the user name, what is required and unmapped`,
  ),
  proven(
    '26',
    'A mapping is previewed, refused beside its field, saved, and removed by ✕, which leaves the attribute.',
    HELP_MAP,
    `${PUSH}: the pencil of a mapping: preview, a broken expression beside its field, Save; then Remove`,
  ),
  proven(
    '27',
    'To Okta has its blocks in order, and keeps every field of them.',
    HELP_PROV,
    `${PAGES}: To Okta: the blocks in order, and every field of them is kept`,
  ),
  proven(
    '28',
    'Schedule import: never unless told, hourly, daily, weekly, in virtual time.',
    HELP_PROV,
    `${IMPORTS}: %s runs in virtual time, and again after the same while`,
  ),
  other(
    '29',
    'absent',
    'Incremental imports: the SCIM client asks for no changes since an instant, so every import is full.',
    'developer.okta.com SCIM concepts and FAQ',
  ),
  proven(
    '30',
    'Okta username format names people made by an import: e-mail, the user name of the app, or an expression.',
    HELP_PROV,
    `${IMPORTS}: %s %s names somebody new`,
  ),
  proven(
    '31',
    'An imported account is an exact match by the user name of the format,',
    HELP_PROV,
    `${IMPORTS}: an exact match is by the user name that the format gives`,
  ),
  proven('32', 'by e-mail,', HELP_PROV, `${IMPORTS}: or by e-mail`),
  proven(
    '33',
    'or by a chosen attribute.',
    HELP_PROV,
    `${IMPORTS}: or by a chosen attribute, as the mapping to Okta gives it`,
  ),
  proven(
    '34',
    'Partial matches, where they are allowed, are people of the same first and last name.',
    HELP_PROV,
    `${IMPORTS}: Allow partial matches proposes whoever has the same first and last name`,
  ),
  proven(
    '35',
    'Exact, partial and new matches are confirmed by themselves where that is ticked.',
    HELP_PROV,
    `${IMPORTS}: auto-confirm of %s matches confirms those and leaves the others`,
  ),
  proven(
    '36',
    'People made by an import are staged, or activated where that is ticked.',
    HELP_PROV,
    `${IMPORTS}: auto-activate decides between Pending user action and Staged`,
  ),
  proven(
    '37',
    'Where the app is the source, an account that is switched off does nothing, deactivates or suspends the person.',
    HELP_PROV,
    `${IMPORTS}: do nothing, suspend and deactivate follow an account that was switched off`,
  ),
  proven(
    '38',
    'Suspended and deactivated people come back with their account, each where it is ticked.',
    HELP_PROV,
    `${IMPORTS}: Reactivate deactivated Okta users: they come back with the account, and wait for a password`,
  ),
  proven(
    '39',
    'An import stops when more than the share of the app, 20 % by default, would lose it.',
    'help.okta.com: Import safeguards',
    `${IMPORTS}: a lower share of the app's own stops it, and nobody loses the app until it is resumed`,
  ),
  proven(
    '40',
    'The org has a threshold of its own.',
    'help.okta.com: Import safeguards',
    `${IMPORTS}: the org has a threshold of its own, whatever the app allows`,
  ),
  other(
    '41',
    'assumed',
    'The share of the org is counted over the assignments to every app; it is set beside that of an app.',
    'help.okta.com: Import safeguards name it; what it counts is not published',
  ),
  other(
    '42',
    'absent',
    'The user import hook: an org of this kit calls no code of others.',
    'help.okta.com: inline hooks',
  ),
  proven(
    '43',
    'Mappings to Okta flow at each import, and at once by Apply updates now.',
    HELP_MAP,
    `${IMPORTS}: Apply updates now takes the mapping to Okta over at once; on create only leaves people as they are`,
  ),
  proven(
    '44',
    'Assignments: dialog, review with the user name prefilled, Save and Go Back, Assigned, Done; the job begins with the save.',
    HELP_ASSIGN,
    `${SEED}: Assignments > Assign > People > Assign, review, Save and Go Back, Done`,
  ),
  proven(
    '45',
    'Assign to Groups shows attributes of groups only; groups have priorities; a person of a group can be given values by an administrator.',
    HELP_ASSIGN,
    `${TABS}: Assign to Groups shows what can be set for a group; groups have priorities, people of one Edit and its source`,
  ),
  proven(
    '46',
    'A row that came by a group is not removed alone; ✕ asks "Unassign User".',
    HELP_ASSIGN,
    `${SEED}: a person who came by a group is not unassigned alone; one who is assigned alone is, and deactivated`,
  ),
  proven(
    '47',
    'Who was assigned before provisioning has the red mark; Provision User asks and fills up.',
    HELP_PROV,
    `${TABS}: who was assigned before provisioning has the red mark; Provision User asks, and makes the account`,
  ),
  proven(
    '48',
    'A failed job makes the row red with the text of its task; the task is retried or marked complete.',
    HELP_ASSIGN,
    `${SEED}: a failed job makes the row red and a task, Retry Selected mends it`,
  ),
  proven(
    '49',
    'Reports at the side: Current Assignments, Recent Unassignments.',
    HELP_ASSIGN,
    `${PAGES}: Current Assignments and Recent Unassignments`,
  ),
  proven(
    '50',
    'Empty lists say No users found, No groups found.',
    HELP_ASSIGN,
    `${TABS}: empty lists say so: No users found, No groups found`,
  ),
  proven(
    '51',
    'Push Groups: lists, columns, the form by name, the menu of a group, and both ways to unlink; Rename is on by default (assumed).',
    HELP_PUSH,
    `${TABS}: lists at the left, columns, settings with Rename on by default, and the two ways to unlink`,
  ),
  proven(
    '52',
    'Pushing by rule, its menu, and the list of errors with Retry All Groups.',
    HELP_PUSH,
    `${TABS}: By rule: name, conditions, Create Rule; its menu; Errors with Retry All Groups`,
  ),
  proven(
    '53',
    'Import Now reads the app and shows the numbers of users, then of groups, and rows to confirm.',
    PLAN,
    `${PUSH}: Import Now shows what was found, Confirm Assignments joins it`,
  ),
  proven(
    '54',
    'The numbers: scanned, new, updated, unchanged, removed.',
    PLAN,
    `${IMPORTS}: the numbers of a run: scanned, imported, updated, unchanged, removed`,
  ),
  proven(
    '55',
    'A row is given to an existing person whom the administrator names; Clear Unconfirmed Users empties the list.',
    PLAN,
    `${PAGES}: a row is given to an existing user I specify; an unknown one is refused; the list is cleared`,
  ),
  proven(
    '56',
    'Auto-activate users after confirmation.',
    PLAN,
    `${PAGES}: auto-activate after confirmation, and a list longer than a page`,
  ),
  proven(
    '57',
    'Only active accounts are offered.',
    'developer.okta.com SCIM 2.0 protocol reference',
    `${GROUPS}: pages of a hundred, groups after users, only active accounts offered`,
  ),
  other(
    '58',
    'simplified',
    'Confirm Assignments confirms at once: the box Auto-activate stands above it, and the summary of an import stays on the page instead of a box with OK. Import Now answers when everything is read, without a progress bar.',
    PLAN,
  ),
  proven(
    '59',
    'Add person, with refusals beside the fields, activation and a password set by the administrator.',
    HELP_PEOPLE,
    `${DIRECTORY}: Add person: refusals beside the fields, then somebody who can sign in`,
  ),
  proven(
    '60',
    'Suspend, Deactivate with the lost apps, Delete only when deactivated.',
    HELP_PEOPLE,
    `${DIRECTORY}: Suspend and Unsuspend, Deactivate with the apps that are lost, Activate, Delete only when deactivated`,
  ),
  proven(
    '61',
    'A field that is emptied in the profile of a person is kept as "".',
    HELP_PEOPLE,
    `${DIRECTORY}: Profile > Edit changes what was changed and leaves the rest`,
  ),
  other(
    '62',
    'simplified',
    'Deleting a person in the console is final at once, not after 30 days.',
    'help.okta.com: suspend, deactivate, delete users',
  ),
  proven(
    '63',
    'Profile Editor filters All, Okta, Apps, Directories, Identity Providers; each row has Profile, and an app Mappings.',
    HELP_EDITOR,
    `${PAGES}: filters All, Okta, Apps, Directories, Identity Providers; buttons Profile and Mappings`,
  ),
  proven(
    '64',
    '+ Add Attribute has its fields in order, and checks names, lengths and arrays.',
    HELP_EDITOR,
    `${PAGES}: + Add Attribute: the form in order, lengths, array rules, Save and Add Another`,
  ),
  proven(
    '65',
    'Mappings has a tab for each direction, an expression and an arrow for each attribute, and a preview for one person.',
    HELP_EDITOR,
    `${PAGES}: Mappings: two tabs, an arrow for each attribute, a preview in green and red`,
  ),
  proven(
    '66',
    "Save Mappings asks: Apply updates now, or Don't apply.",
    HELP_EDITOR,
    `${PAGES}: Save Mappings asks: Apply updates now changes everybody, Do not apply nobody yet`,
  ),
  proven(
    '67',
    'The article is walked click by click.',
    ARTICLE,
    `${SEED}: Assign > Groups gives the app to the members`,
  ),
  proven(
    '68',
    'The list of apps has Browse App Catalog, Create App Integration, Assign Users to App, and More.',
    HELP_APPS,
    `${TEST}/bulk-and-convert.test.ts: Assign Users to App: choose, review, confirm; what cannot be assigned is named`,
  ),
  proven(
    '69',
    'Monitor Imports lists what imports did.',
    HELP_APPS,
    `${TEST}/bulk-and-convert.test.ts: Monitor Imports, Refresh Application Data and the Configuration Guide`,
  ),
  proven(
    '70',
    'Convert Assignments turns individual assignments into those of a group.',
    HELP_ASSIGN,
    `${TEST}/bulk-and-convert.test.ts: Convert Assignments: only who is in an assigned group, confirmed, values of the group pushed`,
  ),
  proven(
    '71',
    'Bulk Edit of pushed groups: Delete, Deactivate, Activate.',
    HELP_PUSH,
    `${TEST}/bulk-and-convert.test.ts: Bulk Edit: Deactivate, Activate, Delete with the groups of the app`,
  ),
  proven(
    '72',
    'Tokens of the API: made, shown once, listed, revoked.',
    'Okta Management API: API tokens',
    `${TEST}/tokens.test.ts: a token is created, shown once, listed with its last use, and revoked after a question`,
  ),
  proven(
    '73',
    'Sign On has its blocks: methods, metadata with More details, advanced settings, credentials, certificates.',
    'help.dialpad.com: Okta SSO; saml-doc.okta.com',
    `${SIGN_ON}: shows what the other side is given, in the words of the console`,
  ),
  proven(
    '74',
    'Signing certificates are generated inactive and activated after a question; View IdP metadata and Download certificate are of each.',
    'help.okta.com: Applications',
    `${SIGN_ON}: is generated inactive, activated after a question, and deleted when it signs nothing`,
  ),
  proven(
    '75',
    'Attribute and group attribute statements are edited, and Preview SAML shows the answer of one person.',
    'help.okta.com: Applications',
    `${SIGN_ON}: attributes are edited in rows: added, renamed, emptied, and refused beside their field`,
  ),
  proven(
    '76',
    'Application username format: Update Now gives everybody assigned the user name of the new format.',
    'saml-doc.okta.com, How to Configure SAML 2.0 for Dialpad',
    `${TABS}: Application username format: the choices, and Update Now for those who are assigned`,
  ),
]
