import type { LedgerRow } from '#kit/ledger.ts'

const DOCS = 'https://learn.microsoft.com/en-us/entra/identity/app-provisioning'
const CONDITIONS = `${DOCS}/define-conditional-rules-for-provisioning-user-accounts`
const JUDGE = 'idp/core/provisioning/scoping/judge.test.ts'
const PATTERN = 'idp/core/provisioning/scoping/pattern.test.ts'
const CHECK = 'idp/core/provisioning/scoping/check-filters.test.ts'
const ENGINE = 'idp/engine/scoping.test.ts'
const PAGES = 'idp/vendors/entra/provisioning/test/scoping-pages.test.ts'

/** What scoping filters do as the real ones do, and how sure we are. */
export const SCOPING_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-SCOPE-1',
    behaviour:
      'Clauses of one scoping filter are ANDed, several filters of a mapping ORed; without any, all records pass.',
    fidelity: 'proven',
    source: CONDITIONS,
    test: `${JUDGE}: several filters are ORed`,
  },
  {
    id: 'FID-ENTRA-SCOPE-2',
    behaviour:
      'A clause about an attribute without a value is false, but for IS NULL: NOT EQUALS drops people with a blank attribute.',
    fidelity: 'proven',
    source: CONDITIONS,
    test: `${JUDGE}: surprise 15, NOT EQUALS drops people with a blank attribute`,
  },
  {
    id: 'FID-ENTRA-SCOPE-3',
    behaviour: 'EQUALS and NOT EQUALS compare to the letter: Sales is not sales.',
    fidelity: 'proven',
    source: CONDITIONS,
    test: `${JUDGE}: surprise 16, EQUALS is case-sensitive: sales is not Sales`,
  },
  {
    id: 'FID-ENTRA-SCOPE-4',
    behaviour: 'Includes, ENDS_WITH, REGEX MATCH and the two ampersands compare to the letter as well.',
    fidelity: 'assumed',
    source: `${CONDITIONS}, which says so of Includes and REGEX MATCH`,
  },
  {
    id: 'FID-ENTRA-SCOPE-5',
    behaviour: '& holds when the attribute is found within the value of the clause, !& when it is not.',
    fidelity: 'assumed',
    source: `${CONDITIONS}, in half a sentence`,
  },
  {
    id: 'FID-ENTRA-SCOPE-6',
    behaviour:
      'Greater_Than and Greater_Than_OR_EQUALS compare integers. Anything else in the attribute makes the clause false and is named in the scoping step.',
    fidelity: 'proven',
    source: `${DOCS}/provision-on-demand`,
    test: `${JUDGE}: %s on something that is no integer is false, and said so`,
  },
  {
    id: 'FID-ENTRA-SCOPE-7',
    behaviour:
      'REGEX MATCH takes the .NET dialect as far as it can be matched in linear time: no look-around, back references, atomic groups, conditions, comments or set subtraction, at most 1,000 characters; \\b knows English letters only, $ is the very end of the text. What cannot be matched is refused when it is saved.',
    fidelity: 'simplified',
    source: CONDITIONS,
    test: `${PATTERN}: what cannot be matched in linear time or at all is refused: %s`,
  },
  {
    id: 'FID-ENTRA-SCOPE-8',
    behaviour: 'A regular expression is found anywhere in the attribute unless it is anchored.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-SCOPE-9',
    behaviour:
      'Filters about appRoleAssignments, members, manager, userType, dates and attributes with several values are refused. The real service takes some of them and does not evaluate them.',
    fidelity: 'proven',
    source: `${DOCS}/known-issues`,
    test: `${CHECK}: the editor offers what a filter can be about`,
  },
  {
    id: 'FID-ENTRA-SCOPE-10',
    behaviour: 'A mapping has at most 50 filters of at most 50 clauses; a title at most 120 characters, a value 1,000.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-SCOPE-11',
    behaviour:
      'Whoever falls out of a filter is disabled and let go; a later deletion sends nothing. SkipOutOfScopeDeletions spares them.',
    fidelity: 'proven',
    source: `${DOCS}/how-provisioning-works`,
    test: `${ENGINE}: an attribute that moves somebody out is noticed by the next cycle: switched off and let go`,
  },
  {
    id: 'FID-ENTRA-SCOPE-12',
    behaviour: 'Members of nested groups are not in scope: the assigned outer group yields nobody, and nobody is told.',
    fidelity: 'proven',
    source: `${DOCS}/how-provisioning-works`,
    test: `${ENGINE}: surprise 17, nested groups silently yield nobody`,
  },
  {
    id: 'FID-ENTRA-SCOPE-13',
    behaviour: 'Assigning a group provisions its people; the group object only with an enabled group mapping.',
    fidelity: 'proven',
    source: `${DOCS}/customize-application-attributes`,
    test: `${ENGINE}: surprise 18, an assigned group is not a provisioned group object: its people come, it does not`,
  },
  {
    id: 'FID-ENTRA-SCOPE-14',
    behaviour:
      'From Sync all to Sync assigned nothing happens to those already provisioned until provisioning is restarted.',
    fidelity: 'proven',
    source: `${DOCS}/known-issues`,
    test: `${ENGINE}: surprise 19, from everybody to the assigned needs a manual restart`,
  },
  {
    id: 'FID-ENTRA-SCOPE-15',
    behaviour:
      'Saving a filter begins a new initial cycle: everybody is evaluated anew, and many may be disabled at once.',
    fidelity: 'proven',
    source: CONDITIONS,
    test: `${ENGINE}: surprise 20, saving a filter re-evaluates everyone and may switch many off`,
  },
  {
    id: 'FID-ENTRA-SCOPE-16',
    behaviour:
      'A member who is out of scope is left out of the group; coming into scope later goes unnoticed until a restart.',
    fidelity: 'proven',
    source: `${DOCS}/known-issues`,
    test: `${ENGINE}: a member out of scope is left out of the group, and coming into scope later goes unnoticed until a restart`,
  },
  {
    id: 'FID-ENTRA-SCOPE-17',
    behaviour:
      'Before scoping filters are saved the page tells who would drop out, looking at 2,000 linked objects at most. The real page warns of the resync only.',
    fidelity: 'proven',
    source: 'a help of this kit',
    test: `${PAGES}: the confirmation tells who would drop out, and whether the deletion guard would hold`,
  },
  {
    id: 'FID-ENTRA-SCOPE-18',
    behaviour: 'With Sync all, whoever a scoping filter holds back shows in the provisioning log as skipped.',
    fidelity: 'assumed',
    source: 'none published',
  },
]
