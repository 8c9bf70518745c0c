import type { ScopeFacts } from '#idp/core/provisioning/types.ts'
import type { Phrasing, StepFacts } from '#idp/engine/phrasing.ts'

/** The words of the provisioning log, after the pattern of the vendor's own (reference 6.2, 8.2); sentences are ours. */

/** The source keeps its old name in logs and in the API (reference 12.2). */
export const SOURCE_SYSTEM = 'Azure Active Directory'

const WRITES = { create: 'Add', update: 'Update', disable: 'Update', delete: 'Delete' } as const
const DONE = { create: 'created', update: 'updated', disable: 'disabled', delete: 'deleted' } as const

function stepName({ type, verb, numbers }: StepFacts): string {
  switch (type) {
    case 'import':
      return 'EntryImport'
    case 'scoping':
      return 'EntrySynchronizationScoping'
    case 'matching':
      return numbers?.['matches'] === 0 ? 'EntryImportObjectNotFound' : 'EntryImportUpdate'
    case 'export':
      return verb === 'skip' ? 'EntrySynchronizationSkip' : `EntryExport${WRITES[verb]}`
    case 'referenceResolution':
      return 'EntryExportUpdate'
  }
}

function describe({ type, status, verb, kind, who, numbers, code, target = 'the target system' }: StepFacts): string {
  const object = `${kind} '${who}'`
  switch (type) {
    case 'import':
      return `${object} was read from ${SOURCE_SYSTEM}.`
    case 'scoping':
      return status === 'Success'
        ? `${object} is in scope: active and assigned to the application.`
        : `${object} is not in scope: see which of these does not hold.`
    case 'matching':
      if (status === 'Failure') return `${object} could not be looked up in ${target}.`
      return numbers?.['matches'] === 0
        ? `No matching ${kind} was found in ${target}.`
        : `A matching ${kind} was found in ${target}.`
    case 'export':
      if (verb === 'skip') return skipSentence(object, code)
      if (code === 'StagedDelete')
        return `${object} would be ${DONE[verb]} in ${target}. It waits for approval; nothing was sent.`
      return status === 'Failure'
        ? `${object} could not be ${DONE[verb]} in ${target}.`
        : `${object} was ${DONE[verb]} in ${target}.`
    case 'referenceResolution':
      return referenceSentence(object, status, target, numbers ?? {})
  }
}

function skipSentence(object: string, code: string | undefined): string {
  switch (code) {
    case 'RedundantExport':
      return `The state of ${object} in both systems matches already. Nothing was sent.`
    case 'ImportSkipped':
      return `${object} has no value to be matched by. Nothing was sent.`
    case 'NotEffectivelyEntitled':
      return `${object} is not entitled to an account. Nothing was sent.`
    default:
      return `${object} was skipped. Nothing was sent.`
  }
}

function referenceSentence(
  object: string,
  status: StepFacts['status'],
  target: string,
  { added = 0, removed = 0, unresolved = 0 }: Readonly<Record<string, number>>,
): string {
  const waiting = unresolved === 0 ? '' : ` ${unresolved} had no counterpart in ${target}.`
  const counts = `${added} added, ${removed} removed.${waiting}`
  return status === 'Failure'
    ? `References of ${object} could not be written: ${counts}`
    : `References of ${object}: ${counts}`
}

const flag = (value: boolean): string => (value ? 'True' : 'False')

function scopeDetails(facts: ScopeFacts): Readonly<Record<string, string>> {
  return {
    'Active in the source system': flag(facts.isActive),
    'Assigned to the application': flag(facts.isAssigned),
    'User has the required role': flag(facts.hasRequiredRole),
    'Scope sync all': flag(facts.syncsAll === true),
    'Scoping filter evaluation passed': flag(facts.passesScopingFilter),
    ScopeEvaluationResult: JSON.stringify(facts.clauses ?? {}),
    ...(facts.notIntegers === undefined ? {} : { 'Not an integer': facts.notIntegers.join('; ') }),
  }
}

interface Advice {
  readonly reason: string
  readonly advice: string
}

const LATER = 'The service tries again by itself in the next cycle.'

/** Reasons and advice by code. What the target said itself is added to the reason. */
const ADVICE: Readonly<Record<string, Advice>> = {
  NotEffectivelyEntitled: {
    reason: 'The object is not active, not assigned to the application, or holds no role that counts.',
    advice:
      'Assign it to the application, or choose Sync all users and groups. A blocked account must be enabled first.',
  },
  RedundantExport: {
    reason: 'Source and target agree on every mapped attribute.',
    advice: 'There is nothing to do.',
  },
  EntrySynchronizationSkipped: {
    reason: 'The object is out of scope, or the mapping does not allow the action it would need.',
    advice:
      'Check the scope, its scoping filters, which compare to the letter, and the target object actions of the mapping.',
  },
  ImportSkipped: {
    reason: 'The source object has no value in the matching attribute.',
    advice: 'Give the attribute a value, or match by another attribute.',
  },
  UnableToResolveReferenceAttributeValue: {
    reason: 'A manager or member has no counterpart in the target system.',
    advice: 'Bring that object into scope, then restart provisioning: references are not repaired by themselves.',
  },
  EntryConflict: {
    reason: 'Another account in the target system holds a value that must be unique.',
    advice: 'Change or remove that account, or correct the matching attribute, so that the two are matched.',
  },
  Conflict: {
    reason: 'Another account in the target system holds a value that must be unique.',
    advice: 'Correct the value on one of the two sides.',
  },
  DuplicateSourceEntries: {
    reason: 'Two objects of the source have the same matching value, and one of them holds the account already.',
    advice: 'Give one of them another value in the matching attribute.',
  },
  DuplicateTargetEntries: {
    reason: 'More than one object in the target system has the matching value.',
    advice: 'Leave only one of them with this value.',
  },
  Unauthorized: {
    reason: 'The target system refused the credential for this call.',
    advice: 'Check what the key may do in the application.',
  },
  InsufficientRights: {
    reason: 'The credential was accepted, but may not do this.',
    advice: 'Use a key made by an administrator of the application.',
  },
  NotPermitted: {
    reason: 'The target system does not permit this change, whoever asks for it.',
    advice: 'Remove the attribute from the mapping, or ask the maker of the application.',
  },
  LicenseLimitExceeded: {
    reason: 'The target system has no free licence for this object.',
    advice: 'Buy licences in the application, or free some there. The service tries again by itself.',
  },
  InvalidDomain: {
    reason: 'A value has a domain that the target system does not accept.',
    advice: 'Add the domain in the application, or map an attribute whose domain it knows.',
  },
  MandatoryFieldsMissing: {
    reason: 'The target system requires an attribute that has no value.',
    advice: 'Map the attribute, give it a value on the source object, or set a default value.',
  },
  MissingValues: {
    reason: 'The target system does not accept an empty value.',
    advice: 'Give the attribute a value on the source object, or set a default value.',
  },
  SchemaAttributeNotFound: {
    reason: 'The mapping names an attribute that the target system does not know.',
    advice: 'Correct the target attribute of the mapping, or remove the row.',
  },
  SchemaPropertyCanOnlyAcceptValue: {
    reason: 'The target system takes one value where several were sent.',
    advice: 'Map an attribute or expression that yields one value.',
  },
  StagedDelete: {
    reason: 'More objects would be disabled or deleted than the accidental deletion threshold allows.',
    advice: 'Select Allow deletes on the Overview; or undo the cause, then restart provisioning.',
  },
  InvalidAnchor: {
    reason: 'The linked object is not in the target system any more.',
    advice: 'Provision it on demand, or restart provisioning, to link or create it anew.',
  },
  MethodNotAllowed: {
    reason: 'The target system does not allow this call.',
    advice: 'Check the Tenant URL and what the application supports.',
  },
  NotImplemented: {
    reason: 'The target system does not offer this call.',
    advice: 'Ask the maker of the application.',
  },
  TooManyRequests: {
    reason: 'The target system received more requests than it accepts.',
    advice: LATER,
  },
  UnprocessableEntity: {
    reason: 'The target system did not accept what was sent.',
    advice: 'Compare the values with what the application allows: licences, offices, addresses.',
  },
  InternalServerError: { reason: 'The target system failed.', advice: LATER },
  InternalError: {
    reason: 'The value could not be computed from the mapping.',
    advice: 'Correct the expression of the mapping.',
  },
  Timeout: { reason: 'The target system did not answer in time.', advice: LATER },
  WebExceptionProtocolError: { reason: 'The connection to the target system failed.', advice: LATER },
  SystemForCrossDomainIdentityManagementServiceIncompatible: {
    reason: 'The answer of the target system cannot be read as SCIM.',
    advice: 'Check the Tenant URL; the rest is for the maker of the application.',
  },
  SystemForCrossDomainIdentityManagementMultipleEntriesInResponse: {
    reason: 'The target system answered with more than was asked for.',
    advice: 'It is for the maker of the application: a group read without members must come without them.',
  },
  SystemForCrossDomainIdentityManagementCredentialValidationFailure: {
    reason: 'The target system refused the credential.',
    advice: 'Enter a valid Secret Token under Connectivity, test the connection, save, and restart provisioning.',
  },
  SystemForCrossDomainIdentityManagementCredentialValidationUnavailable: {
    reason: 'The target system could not be reached with these values.',
    advice: 'Check Tenant URL and Secret Token under Connectivity.',
  },
}

export const ENTRA_PHRASING: Phrasing = {
  step: (facts) => ({ name: stepName(facts), description: describe(facts) }),
  scope: scopeDetails,
  outcome(code, detail) {
    const known = ADVICE[code] ?? { reason: code, advice: '' }
    return detail === '' ? known : { ...known, reason: `${known.reason} ${detail}` }
  },
}
