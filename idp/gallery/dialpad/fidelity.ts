import type { LedgerRow } from '#kit/ledger.ts'

const WIRE = 'idp/gallery/dialpad/wire.test.ts'

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
    id: 'FID-GALLERY-EXPRESSION-1',
    behaviour:
      'Mapping expressions: the functions a default mapping needs and their kin; others of the language are refused by name.',
    fidelity: 'simplified',
    source: 'Microsoft Learn: Reference for writing expressions for attribute mappings',
  },
  {
    id: 'FID-GALLERY-EXPRESSION-2',
    behaviour: 'An empty text counts as null and does not flow; of a list the first value flows.',
    fidelity: 'assumed',
    source: 'none published',
  },
]
