import type { LedgerRow } from '#kit/ledger.ts'

const DOCS = 'https://learn.microsoft.com/en-us/entra/identity/app-provisioning'
const ENGINE = 'idp/engine'
const SURPRISES = 'scenarios/wire-tests/entra-surprises.test.ts'

function proven(number: number, behaviour: string, source: string, test: string): LedgerRow {
  return { id: `FID-ENTRA-PROV-${number}`, behaviour, fidelity: 'proven', source, test }
}

/** How cycles go, what failures come to, and what the service leaves alone. */
export const ENTRA_ENGINE_LEDGER: readonly LedgerRow[] = [
  proven(
    60,
    'A filter that finds nobody must be answered with an empty list: a 404 there is quarantine.',
    `${DOCS}/application-provisioning-quarantine-status`,
    `${ENGINE}/faults.test.ts: 404 to a filter is quarantine: nobody found must be an empty list`,
  ),
  proven(
    61,
    'Accounts that are switched off must stay visible to filter and GET; Dialpad shows suspended people.',
    `${DOCS}/use-scim-to-provision-users-and-groups`,
    'dialpad-sandbox/test/scim-users.test.ts: suspended people are found, deleted ones are not',
  ),
  proven(
    62,
    'What is edited in the application stays until the source object changes or provisioning restarts.',
    `${DOCS}/how-provisioning-works`,
    `${SURPRISES}: surprise 10: an edit made in the app stays until the source object changes or provisioning restarts`,
  ),
  proven(
    63,
    'Who is deleted in the application is not made again by ordinary cycles, but on demand, after a change in the source, or by a restart.',
    'answers of Microsoft employees in public forums',
    'scenarios/wire-tests/entra-faults.test.ts: User deleted in app by hand: never returns; on-demand',
  ),
  proven(
    64,
    'Stop lets the running cycle finish.',
    `${DOCS}/known-issues`,
    `${SURPRISES}: surprise 21: Stop lets the running cycle finish`,
  ),
  proven(
    65,
    'The progress bar counts pages; the number of users never falls.',
    `${DOCS}/application-provisioning-when-will-provisioning-finish-specific-user`,
    `${SURPRISES}: surprise 22: progress counts pages, and the number of users never falls`,
  ),
  proven(
    66,
    'Who is blocked before the first provisioning is never created and shows as skipped, not failed.',
    `${DOCS}/how-provisioning-works`,
    `${ENGINE}/run-cycle.test.ts: someone blocked before ever being provisioned shows as skipped and is not created`,
  ),
  proven(
    67,
    'A manager or member whose account comes late is not repaired before a restart.',
    `${DOCS}/known-issues`,
    `${ENGINE}/managers.test.ts: who has no account stays out, with a warning, and is not repaired later`,
  ),
  proven(
    68,
    'One mail when quarantine begins, another when its reason changes, none for single people. The real one comes within 24 hours, in words that are not published.',
    `${DOCS}/application-provisioning-quarantine-status`,
    `${ENGINE}/quarantine.test.ts: one on entering quarantine, none at the attempts that follow, another when the reason changes`,
  ),
  proven(
    69,
    'The name of a guest is matched by the address they were invited with.',
    `${DOCS}/how-provisioning-works`,
    `${ENGINE}/directory-source.test.ts: computed attributes: deleted or not by scope, and the original address of a guest`,
  ),
  proven(
    70,
    'A group that is renamed is sent; Dialpad answers and keeps the old name.',
    'the Dialpad tutorials of every edition',
    `${SURPRISES}: surprise 31: a renamed group reaches the wire, and Dialpad ignores it`,
  ),
  proven(
    71,
    'A group read that brings its members along fails with MultipleEntriesInResponse.',
    `${DOCS}/use-scim-to-provision-users-and-groups`,
    `${ENGINE}/faults.test.ts: a group read that brings its members along is refused`,
  ),
  proven(
    72,
    'A restart keeps links, and forgets watermark, failures and quarantine; only Full matches everybody anew.',
    'https://learn.microsoft.com/en-us/graph/api/synchronization-synchronizationjob-restart',
    `${SURPRISES}: surprise 33: a restart keeps the links; only Full matches everybody anew`,
  ),
  proven(
    73,
    'Disables and deletes beyond the threshold are staged, all of that cycle: quarantine TooManyDeletes until they are allowed, or undone and restarted.',
    `${DOCS}/accidental-deletions`,
    `${ENGINE}/deletion-guard.test.ts: over the threshold all deletions of the cycle are staged, none is sent, and everything else goes on`,
  ),
  {
    id: 'FID-ENTRA-PROV-74',
    behaviour:
      'A failing object is tried again in the next three cycles, then 6, 12 and 24 hours after its first failure, then daily, and given up after 28 days. How the two published rules join is not known.',
    fidelity: 'assumed',
    source: `${DOCS}/how-provisioning-works`,
  },
  {
    id: 'FID-ENTRA-PROV-75',
    behaviour:
      'Answers of a target become the published error codes by status, scimType and words of the detail. Which answer gives which code is published for few.',
    fidelity: 'assumed',
    source: `${DOCS}/howto-analyze-provisioning-logs`,
  },
  proven(
    76,
    'Retry-After suspends the sender; without it a throttled object is tried again.',
    'answers of Microsoft support in public forums',
    `${ENGINE}/faults.test.ts: Retry-After suspends the cycle until then; nobody failed, and nobody is asked about twice`,
  ),
]
