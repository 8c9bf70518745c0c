import type { Habit } from './tolerated.ts'

/** Habits of the Microsoft Entra provisioning service. */

const COMPATIBILITY = 'learn.microsoft.com application-provisioning-config-problem-scim-compatibility'
const DEVELOP = 'learn.microsoft.com use-scim-to-provision-users-and-groups'
const CUSTOMIZE = 'learn.microsoft.com customize-application-attributes'

export const ENTRA_HABITS: readonly Habit[] = [
  {
    kind: 'lenient',
    id: 'capitalised-operations',
    what: 'Operations begin with a capital: Add, Replace, Remove.',
    without: 'every change is refused with invalidSyntax',
    source: COMPATIBILITY,
    leniency: { exactOps: false },
  },
  {
    kind: 'lenient',
    id: 'string-booleans',
    what: 'Booleans are texts: "True", "False".',
    without: 'nobody can be disabled: invalidValue',
    source: COMPATIBILITY,
    leniency: { stringBooleans: true },
  },
  {
    kind: 'plain',
    id: 'one-operation-per-attribute',
    what: 'A change of several attributes is one PATCH with one operation for each.',
    source: COMPATIBILITY,
    rule: 'RFC 7644 §3.5.2: operations are applied in order, all or none',
  },
  {
    kind: 'lenient',
    id: 'create-missing-element',
    what: 'A value is set behind a filter that no element satisfies yet: emails[type eq "work"].value.',
    without: 'noTarget, until somebody has made the element by hand',
    source: 'github.com Captain-P-Goldfish/scim-for-keycloak issue 73',
    leniency: { createMissingElement: true, ignoreMissingOnRemove: true },
  },
  {
    kind: 'lenient',
    id: 'remove-by-value-list',
    what: 'Members are removed by a list of values and not by a filter.',
    without: 'nobody leaves a group: invalidValue',
    source: COMPATIBILITY,
    leniency: { removeByValue: true },
  },
  {
    kind: 'plain',
    id: 'remove-by-filter',
    what: 'With aadOptscim062020 a member is removed by the path members[value eq "…"].',
    source: COMPATIBILITY,
    rule: 'RFC 7644 §3.5.2.2',
  },
  {
    kind: 'lenient',
    id: 'paths-as-keys',
    what: 'One operation without a path has paths for keys: name.familyName, urn:…:User:department (aadOptscim062020).',
    without: 'invalidSyntax',
    source: COMPATIBILITY,
    leniency: { pathsAsKeys: true },
  },
  {
    kind: 'lenient',
    id: 'bare-manager',
    what: 'The manager is the id alone, and an empty text to remove it.',
    without: 'invalidValue',
    source: 'github.com Captain-P-Goldfish/SCIM-SDK issues 541 and 686',
    leniency: { bareComplexValues: true },
  },
  {
    kind: 'lenient',
    id: 'role-as-text',
    what: 'A role is a text that holds the object as JSON.',
    without: 'invalidValue',
    source: CUSTOMIZE,
    leniency: { jsonStringValues: true, listForSingle: true },
  },
  {
    kind: 'lenient',
    id: 'unquoted-filter-values',
    what: 'Filter values without quotation marks.',
    without: 'nobody is found: invalidFilter',
    source: DEVELOP,
    leniency: { unquotedValues: true },
  },
  {
    kind: 'lenient',
    id: 'foreign-schemas',
    what: 'A group lists a second schema of the vendor’s that no server has.',
    without: 'the group is refused with invalidSyntax',
    source: DEVELOP,
    leniency: { unknownSchemas: true },
  },
  {
    kind: 'lenient',
    id: 'undescribed-attributes',
    what: 'Custom attributes and whole extensions that no schema of the server describes. They are kept and echoed.',
    without: 'invalidSyntax, and invalidPath in a PATCH',
    source: CUSTOMIZE,
    leniency: { undescribedAttributes: 'keep' },
  },
]
