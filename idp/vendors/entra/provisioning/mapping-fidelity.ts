import type { LedgerRow } from '#kit/ledger.ts'

const DOCS = 'https://learn.microsoft.com/en-us/entra/identity/app-provisioning'
const GRAPH = 'https://learn.microsoft.com/en-us/graph/api/resources'
const TESTS = 'idp/vendors/entra/provisioning/test'

/** What the pages of the attribute mapping do as the real ones do, and how sure we are. */
export const MAPPING_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-MAP-1',
    behaviour:
      'Attribute Mapping: rows are added, edited and deleted, and Enabled and Target Object Actions changed, in a draft of the person; Save asks for a Yes to the resync of all assigned users and groups, and only then the mapping changes and an initial cycle follows.',
    fidelity: 'proven',
    source: `${DOCS}/customize-application-attributes`,
    test: `${TESTS}/mapping-pages.test.ts: a row added, changed and removed reaches the configuration with Save and Yes, not before`,
  },
  {
    id: 'FID-ENTRA-MAP-2',
    behaviour: 'Saving a mapping that is in use already restarts nothing.',
    fidelity: 'assumed',
    source: 'none published',
    test: `${TESTS}/mapping-pages.test.ts: saving what is in use restarts nothing and asks nothing`,
  },
  {
    id: 'FID-ENTRA-MAP-3',
    behaviour: 'The mapping of groups can be disabled, that of users cannot.',
    fidelity: 'proven',
    source: `${DOCS}/customize-application-attributes`,
    test: `${TESTS}/mapping-pages.test.ts: the mapping of groups can be disabled, that of users cannot`,
  },
  {
    id: 'FID-ENTRA-MAP-4',
    behaviour:
      'Unsaved changes are kept in the session of the person and told on the other pages of provisioning. The real page asks when it is left, and forgets them.',
    fidelity: 'simplified',
    source: 'none published',
    test: `${TESTS}/mapping-pages.test.ts: unsaved changes are told on the other pages of provisioning, and are nobody else’s`,
  },
  {
    id: 'FID-ENTRA-MAP-5',
    behaviour:
      'Restore default mappings resets rows, scoping filters and attribute lists of users and groups and looks at everybody again. Provisioning must be stopped first; the real service advises it and does not insist.',
    fidelity: 'simplified',
    source: `${DOCS}/customize-application-attributes`,
    test: `${TESTS}/mapping-pages.test.ts: asks for provisioning to be stopped, then for a confirmation, and resets filters too`,
  },
  {
    id: 'FID-ENTRA-MAP-6',
    behaviour:
      'The attribute list of a gallery app is hidden unless a page was opened with Microsoft_AAD_Connect_Provisioning_forceSchemaEditorEnabled=true, which then counts for the session; that of other apps is always shown.',
    fidelity: 'proven',
    source: `${DOCS}/customize-application-attributes`,
    test: `${TESTS}/mapping-pages.test.ts: is hidden for a gallery app, unless the page is opened with the flag`,
  },
  {
    id: 'FID-ENTRA-MAP-7',
    behaviour:
      'Custom attributes follow the published name pattern and hold one text, number, date or boolean; required attributes and the primary key cannot be deleted.',
    fidelity: 'proven',
    source: `${DOCS}/customize-application-attributes`,
    test: `${TESTS}/mapping-pages.test.ts: an attribute added can be mapped, changed and, once no row writes it, deleted`,
  },
  {
    id: 'FID-ENTRA-MAP-8',
    behaviour: 'The column API Expression of attribute lists, and references to attributes other than the id.',
    fidelity: 'absent',
    source: `${DOCS}/customize-application-attributes`,
  },
  {
    id: 'FID-ENTRA-MAP-9',
    behaviour: 'Directory extensions: the attribute list of Microsoft Entra ID is shown and cannot grow.',
    fidelity: 'absent',
    source: `${DOCS}/user-provisioning-sync-attributes-for-mapping`,
  },
  {
    id: 'FID-ENTRA-MAP-10',
    behaviour:
      'Expression builder: a function, an attribute and a suffix become a call; the text is worked out for anybody the search finds or for sample values, and what is wrong is told with its place. The real page takes sample values alone.',
    fidelity: 'proven',
    source: `${DOCS}/expression-builder`,
    test: `${TESTS}/expression-pages.test.ts: is tried with anybody the search finds, with the values they have now`,
  },
  {
    id: 'FID-ENTRA-MAP-11',
    behaviour:
      'The schema can be reviewed, downloaded, edited and imported as the JSON of Graph; a document that is invalid is refused with its place and changes nothing.',
    fidelity: 'proven',
    source: `${DOCS}/export-import-provisioning-configuration`,
    test: `${TESTS}/schema-pages.test.ts: an edited document is saved after Yes, and looks at everybody again`,
  },
  {
    id: 'FID-ENTRA-MAP-12',
    behaviour:
      'Of the schema’s JSON only what the mapping knows is taken over: the list of source attributes, metadata, parameters of functions and names of the rule are shown and ignored when they are sent back. There is one rule, with a mapping of users and one of groups.',
    fidelity: 'simplified',
    source: `${GRAPH}/synchronization-synchronizationschema`,
    test: 'idp/vendors/entra/provisioning/graph-schema.test.ts: law: what was read and sent back unchanged is the same mapping',
  },
]
