import type { LedgerRow } from '#kit/ledger.ts'

const WIRE = 'idp/gallery/dialpad/wire.test.ts'
const MAPPING = 'idp/core/provisioning/mapping.test.ts'
const PLAN = 'idp/core/provisioning/plan-user.test.ts'
const FUNCTIONS = 'idp/core/provisioning/expression/functions.test.ts'

/** What the listing, the mapping and the payloads made from it are worth. Vendors that show the gallery add these rows to theirs. */
export const GALLERY_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-GALLERY-MAPPING-1',
    behaviour: 'The default mapping for Dialpad: thirteen user attributes, no phone number, members of groups.',
    fidelity: 'assumed',
    source: 'none published: derived from the attributes Dialpad’s help pages say it reads',
  },
  {
    id: 'FID-GALLERY-MAPPING-2',
    behaviour: 'The default mapping for an app of one’s own, which speaks SCIM.',
    fidelity: 'documented',
    source: 'Microsoft Learn: Develop and plan provisioning for a SCIM endpoint',
  },
  {
    id: 'FID-GALLERY-CONSENT-1',
    behaviour: 'The permissions Dialpad asks for at consent.',
    fidelity: 'assumed',
    source: 'none published: help pages speak of contacts and calendars',
  },
  {
    id: 'FID-GALLERY-WIRE-1',
    behaviour:
      'Bodies of user and group creation: schemas, primary work mail and address, meta, empty roles and members.',
    fidelity: 'proven',
    source: 'Microsoft Learn: Develop and plan provisioning for a SCIM endpoint',
    test: `${WIRE}: a user is created as recorded`,
  },
  {
    id: 'FID-GALLERY-WIRE-2',
    behaviour: 'A change of several attributes, in the default dialect and in the compliant one.',
    fidelity: 'proven',
    source: 'Microsoft Learn: SCIM 2.0 protocol compliance of the provisioning service',
    test: `${WIRE}: a change is patched as recorded, in both dialects`,
  },
  {
    id: 'FID-GALLERY-WIRE-3',
    behaviour: 'Disabling sends the text "False" by default, a boolean in the compliant dialect.',
    fidelity: 'proven',
    source: 'Microsoft Learn: SCIM 2.0 protocol compliance of the provisioning service',
    test: `${WIRE}: someone is disabled as recorded, in both dialects`,
  },
  {
    id: 'FID-GALLERY-WIRE-4',
    behaviour: 'Verbs of a PATCH are capitalised by default; the compliant dialect writes them in lower case.',
    fidelity: 'proven',
    source: 'Microsoft Learn: SCIM 2.0 protocol compliance of the provisioning service',
    test: `${WIRE}: a change is patched as recorded, in both dialects`,
  },
  {
    id: 'FID-GALLERY-WIRE-5',
    behaviour:
      'The compliant dialect folds plain attributes into one operation without path whose keys are dotted paths, not nested objects.',
    fidelity: 'proven',
    source: 'Microsoft Learn: SCIM 2.0 protocol compliance of the provisioning service',
    test: `${MAPPING}: the compliant dialect adds apart from what it replaces`,
  },
  {
    id: 'FID-GALLERY-WIRE-6',
    behaviour:
      'An e-mail address or phone number the account does not have yet is added by its filter; the target has to make the element.',
    fidelity: 'proven',
    source: 'field reports: Captain-P-Goldfish/scim-for-keycloak#73',
    test: `${WIRE}: an element that is not there is added by its filter`,
  },
  {
    id: 'FID-GALLERY-ROLES-1',
    behaviour:
      'App roles have one shape at creation and another in a PATCH unless the compliant dialect is spoken; the assertive function alone takes roles away.',
    fidelity: 'proven',
    source: 'Microsoft Learn: Customize user provisioning attribute mappings',
    test: `${WIRE}: roles are written in one shape at creation and in another by PATCH: %#`,
  },
  {
    id: 'FID-GALLERY-ROLES-2',
    behaviour:
      'A single role goes by its display name, several by their values. With a Scope of all users and groups there are no roles to map.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-GALLERY-VALUES-1',
    behaviour: 'A value cleared in the directory does not clear the app’s: null never flows.',
    fidelity: 'proven',
    source: 'Microsoft Learn: Known issues for provisioning',
    test: `${PLAN}: a value cleared in the source does not clear the target`,
  },
  {
    id: 'FID-GALLERY-VALUES-2',
    behaviour: 'Default value if null is written on creation only; a row of the type None also fills a gap later.',
    fidelity: 'proven',
    source: 'Microsoft Learn: Customize user provisioning attribute mappings',
    test: `${MAPPING}: null and empty never flow; a default flows on creation only`,
  },
  {
    id: 'FID-GALLERY-VALUES-3',
    behaviour:
      'A difference in case only does not flow to existing accounts, unless the attribute’s Exact case is set.',
    fidelity: 'proven',
    source: 'Microsoft Learn: Reference for writing expressions for attribute mappings',
    test: `${MAPPING}: a case-only difference flows where the attribute is case-exact, and nowhere else`,
  },
  {
    id: 'FID-GALLERY-VALUES-4',
    behaviour:
      'An empty text counts as null and does not flow; of a list the first value flows unless the target’s attribute is multi-valued, whose values are then written as a whole.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-GALLERY-VALUES-5',
    behaviour:
      'MultiValueAddOnly adds to a list and takes nothing away; ValueAddOnly and AttributeAddOnly write while the app shows no value.',
    fidelity: 'assumed',
    source: 'the names are published, what they mean is not: Microsoft Graph, attributeMapping',
  },
  {
    id: 'FID-GALLERY-EXPRESSION-1',
    behaviour: 'Mapping expressions: every published function and the grammar, with the published limits.',
    fidelity: 'proven',
    source: 'Microsoft Learn: Reference for writing expressions for attribute mappings',
    test: `${FUNCTIONS}: lists every function of the reference once, by name`,
  },
  {
    id: 'FID-GALLERY-EXPRESSION-2',
    behaviour:
      'Regular expressions of Replace are matched in linear time, so look-around and back references are refused, which the real service takes.',
    fidelity: 'simplified',
    source: 'Microsoft Learn: Reference for writing expressions for attribute mappings',
  },
  {
    id: 'FID-GALLERY-EXPRESSION-3',
    behaviour:
      'Dates are UTC with milliseconds; DateDiff counts years and months by the calendar and everything else in whole units that have passed.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-GALLERY-EXPRESSION-4',
    behaviour:
      'SelectUniqueValue can be read and is refused: it works only where people are provisioned into a directory.',
    fidelity: 'documented',
    source: 'Microsoft Learn: Reference for writing expressions for attribute mappings',
  },
  {
    id: 'FID-GALLERY-EXPRESSION-5',
    behaviour:
      'A value mapped through Redact reaches the app and shows as [Redact] in the provisioning log and the preview.',
    fidelity: 'proven',
    source: 'Microsoft Learn: Reference for writing expressions for attribute mappings',
    test: 'idp/engine/expressions.test.ts: what a mapping redacts reaches the target and no log, at creation and later',
  },
  {
    id: 'FID-GALLERY-CHECK-1',
    behaviour:
      'A mapping is refused for unknown attributes, targets that are not listed, a required target left out, two rows of one precedence and references from anything but references.',
    fidelity: 'assumed',
    source:
      'Microsoft Learn names the rules on the key, the required attributes and custom names; the rest is not published',
  },
]
