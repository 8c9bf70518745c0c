import type { Habit } from './tolerated.ts'

/** Habits of the Microsoft Entra provisioning service that a strict server would refuse. */

const COMPATIBILITY = 'learn.microsoft.com application-provisioning-config-problem-scim-compatibility'
const DEVELOP = 'learn.microsoft.com use-scim-to-provision-users-and-groups'

export const ENTRA_HABITS: readonly Habit[] = [
  {
    what: 'Operations begin with a capital: Add, Replace, Remove.',
    source: COMPATIBILITY,
    leniency: { exactOps: false },
  },
  { what: 'Booleans are texts: "True", "False".', source: COMPATIBILITY, leniency: { stringBooleans: true } },
  {
    what: 'A value is set behind a filter that no element satisfies yet: emails[type eq "work"].value.',
    source: 'github.com Captain-P-Goldfish/scim-for-keycloak issue 73',
    leniency: { createMissingElement: true, ignoreMissingOnRemove: true },
  },
  {
    what: 'Members are removed by a list of values and not by a filter.',
    source: COMPATIBILITY,
    leniency: { removeByValue: true },
  },
  {
    what: 'The manager is the id alone, and an empty text to remove it.',
    source: 'github.com Captain-P-Goldfish/SCIM-SDK issues 541 and 686',
    leniency: { bareComplexValues: true },
  },
  {
    what: 'One operation without a path has paths for keys: name.familyName, urn:…:User:department (aadOptscim062020).',
    source: COMPATIBILITY,
    leniency: { pathsAsKeys: true },
  },
  {
    what: 'A role is a text that holds the object as JSON.',
    source: 'learn.microsoft.com customize-application-attributes',
    leniency: { jsonStringValues: true, listForSingle: true },
  },
  { what: 'Filter values without quotation marks.', source: DEVELOP, leniency: { unquotedValues: true } },
  {
    what: 'A group lists a second schema of the vendor’s that no server has.',
    source: DEVELOP,
    leniency: { unknownSchemas: true },
  },
]
