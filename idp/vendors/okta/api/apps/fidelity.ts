import type { LedgerRow } from '#kit/ledger.ts'

const API = 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag'
const SHEET = 'reference sheet 6.3'
const TESTS = 'idp/vendors/okta/api/apps/test'
const APPS = `${TESTS}/apps.test.ts`
const ASSIGNMENTS = `${TESTS}/assignments.test.ts`
const PROVISIONING = `${TESTS}/provisioning.test.ts`
const SCHEMAS = 'idp/vendors/okta/api/schemas/schemas.test.ts'
const MAPPINGS = 'idp/vendors/okta/api/mappings/mappings.test.ts'
const WIRE = 'scenarios/wire-tests/okta-management-api.test.ts'

const idOf = (number: number): string => `FID-OKTA-API-APPS-${number}`

function proven(number: number, behaviour: string, source: string, test: string): LedgerRow {
  return { id: idOf(number), behaviour, fidelity: 'proven', source, test }
}

function other(
  number: number,
  behaviour: string,
  source: string,
  fidelity: Exclude<LedgerRow['fidelity'], 'proven'>,
): LedgerRow {
  return { id: idOf(number), behaviour, fidelity, source }
}

/** Apps, assignments, connections, features, pushed groups, mappings and schemas of the Management API. */
export const OKTA_API_APPS_LEDGER: readonly LedgerRow[] = [
  proven(
    1,
    'Through the API alone an app is added, connected, mapped, assigned and pushed, and the target shows each result.',
    SHEET,
    `${WIRE}: effects travel: added, connected, mapped, assigned, pushed, changed and unassigned by script, seen in Dialpad`,
  ),
  proven(
    2,
    'An app of the catalog is added with its settings in one call, active unless activate=false; the object has the members of the real one.',
    `${API}/Application`,
    `${APPS}: from the catalog: active, signed on by SAML, nothing provisioned`,
  ),
  other(
    3,
    'The catalog key is dialpad; the two addresses of the service provider are settings.app.acsURL and entityID, or ssoAcsUrlOverride and audienceOverride.',
    'catalog key and setting names are not published',
    'assumed',
  ),
  other(
    4,
    'An app without a name is one of the integration wizard, signed on by SAML and provisioned by SCIM; other sign-on modes (SWA, bookmark, OpenID Connect) are refused.',
    `${API}/Application`,
    'simplified',
  ),
  proven(5, 'A label in use is E0000040, whatever its case.', SHEET, `${APPS}: refused: %s`),
  proven(
    6,
    'Lists of apps are paged by Link; q is the beginning of label or name; filter takes one eq on status, name, user.id or group.id; expand=user/{id} embeds the assignment.',
    `${API}/Application`,
    `${APPS}: filter knows status, name, and who is assigned`,
  ),
  other(
    7,
    'A replaced app keeps what the body leaves out; sent back as it was read, it does not change and nothing is logged.',
    'the real service replaces more; which members it resets is not published',
    'assumed',
  ),
  proven(
    8,
    'Only an inactive app is deleted: 403 E0000056 before.',
    SHEET,
    `${APPS}: only an inactive app is deleted: E0000056 before, 204 after, and then it is gone`,
  ),
  proven(
    9,
    'Keys are the public halves of the signing certificates, metadata is XML; a PUT with another kid of the app makes that certificate sign. Keys are generated in the console only.',
    `${API}/ApplicationSSO`,
    `${APPS}: the keys are the public halves of the signing certificates, the metadata carries the active one`,
  ),
  other(
    10,
    'Apps have no logo link, no autoLaunch, no login redirect, no implicit assignment; a body that asks for one is refused rather than forgotten.',
    SHEET,
    'simplified',
  ),
  proven(
    11,
    'Assigning a person answers at once; status, syncState, externalId and lastSync follow the jobs.',
    'reference sheet 4.4',
    `${ASSIGNMENTS}: answers with the app user: created in the app a moment later, with its id there`,
  ),
  proven(
    12,
    'A value that differs from what the mapping gives is 403 E0000075, the same value is accepted.',
    'reference sheet 3.6',
    `${ASSIGNMENTS}: values equal to what the mapping gives are accepted, different ones are E0000075, and unmapped ones are kept`,
  ),
  other(
    13,
    'E0000075 is for attributes mapped on create and update, whether or not Update User Attributes is on; what is mapped on create only may be changed.',
    'the error speaks of a field mapping and of profile push',
    'assumed',
  ),
  proven(
    14,
    'An update of an assignment is partial, null takes a value back; a group’s assignment becomes individual with the values it had.',
    SHEET,
    `${ASSIGNMENTS}: a group’s assignment becomes individual with the values it had, and goes back`,
  ),
  proven(15, 'A password in credentials is refused: E0000041.', SHEET, `${ASSIGNMENTS}: refused: %s`),
  proven(
    16,
    'The list of people assigned is paged by an index, 50 a page and 500 at most; q is the beginning of user name, first name, last name or e-mail; expand=user embeds the person.',
    `${API}/ApplicationUsers`,
    `${ASSIGNMENTS}: is paged by cursor, found by the beginning of a name, and embeds the person`,
  ),
  proven(
    17,
    'Groups are assigned by PUT with priority and profile, changed by JSON Patch, and unassigned by DELETE; people follow.',
    `${API}/ApplicationGroups`,
    `${ASSIGNMENTS}: PUT assigns it with values and a place, and its members follow; again it changes nothing`,
  ),
  other(
    18,
    'Connections and features are offered for Dialpad too: an extension of this twin. The real service offers them for a handful of apps and not for Dialpad, where the console is the only way.',
    SHEET,
    'simplified',
  ),
  proven(
    19,
    'The connection is tested as in the console when it is saved or activated: E0000059 with the banner’s words, and nothing is kept. The token is never shown.',
    SHEET,
    `${PROVISIONING}: refused: a token the app does not take, which is not kept`,
  ),
  other(
    20,
    'Saved without activate, a connection stays as it was: off, or on.',
    'what the real service does without the parameter is not published',
    'assumed',
  ),
  proven(
    21,
    'Features are refused with 400 while the integration is off; PUT is partial, and features of the app tell what is on.',
    SHEET,
    `${PROVISIONING}: begin all off; a PUT changes what it names and nothing else, and features[] of the app tells`,
  ),
  other(
    22,
    'INBOUND_PROVISIONING holds schedule, user name and matching of To Okta. Schedules are three cron expressions, in UTC: hourly, daily, weekly; others are refused. Sourcing and safeguard are in the console only.',
    `${API}/ApplicationFeatures`,
    'simplified',
  ),
  proven(
    23,
    'A pushed group is made by name or by the id of a group in the app (201), switched by PATCH, deleted only while INACTIVE, with the group in the app or without it.',
    SHEET,
    `${PROVISIONING}: only an inactive one is deleted, with the group in the app or without it`,
  ),
  other(
    24,
    'targetGroupId is the id the app gave the group: groups of apps are not groups of this org.',
    'the real service has a group of type APP_GROUP for each',
    'simplified',
  ),
  proven(
    25,
    'Mappings are found by source and target; POST changes what it names, PUSH and DONT_PUSH are Create and update and Create, null removes.',
    `${API}/ProfileMapping`,
    `${MAPPINGS}: POST changes what it names, null removes; a person who changes is pushed by it`,
  ),
  other(
    26,
    'A mapping saved by script is applied to nobody until they change: that is "Don’t apply" of the console.',
    'not published',
    'assumed',
  ),
  proven(
    27,
    'Schemas are JSON Schema with external name and namespace, enum and oneOf, lengths, scope; POST merges, and null removes.',
    `${API}/Schema`,
    `${SCHEMAS}: POST merges: what is named changes, null takes a member or a whole property back`,
  ),
  proven(
    28,
    'An attribute without a namespace is kept and never sent, by script too.',
    'reference sheet 3.4',
    `${SCHEMAS}: POST adds: with members, lengths, scope, external name and namespace; what is sent to the app has it`,
  ),
  other(
    29,
    'Base attributes, types, external names and namespaces cannot be changed; uniqueness, permissions other than READ_ONLY and other masters are refused. Schemas have no dates of their own.',
    `${API}/Schema`,
    'simplified',
  ),
  proven(
    30,
    'The calls of an infrastructure tool, resource by resource, work in its order; made again they change nothing and push nobody.',
    'reference sheet 6.3, client tooling',
    `${WIRE}: in the order of its resources, twice: the second run changes nothing and pushes nobody`,
  ),
  proven(
    31,
    'The published client library for Node reads the answers: models, errors, paging.',
    'https://www.npmjs.com/package/@okta/okta-sdk-nodejs',
    `${WIRE}: the published client library does the same, its models and its paging included`,
  ),
]
