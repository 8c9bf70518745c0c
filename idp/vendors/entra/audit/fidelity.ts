import type { LedgerRow } from '#kit/ledger.ts'

const DOCS = 'https://learn.microsoft.com/en-us/entra/identity'
const TESTS = 'idp/vendors/entra/audit/test/audit.test.ts'

/** What the audit log of this twin does as the real one does, and how sure we are. */
export const ENTRA_AUDIT_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-AUDIT-1',
    behaviour:
      'Changes of a provisioning configuration are audited under Account Provisioning, category ProvisioningManagement, with the published names of activities and the properties before and after; a secret shows as replaced, never as itself.',
    fidelity: 'proven',
    source: `${DOCS}/monitoring-health/reference-audit-activities`,
    test: `${TESTS}: Start, Stop and Restart, by whom, with the state before and after`,
  },
  {
    id: 'FID-ENTRA-AUDIT-2',
    behaviour:
      'Changes of users, groups, memberships, assignments, apps and consents are audited under Core Directory. Sign-ins have logs of their own; activities of parts this twin does not have are not there.',
    fidelity: 'proven',
    source: `${DOCS}/monitoring-health/reference-audit-activities`,
    test: `${TESTS}: people, groups, members and assignments, with what changed`,
  },
  {
    id: 'FID-ENTRA-AUDIT-3',
    behaviour: 'Events are kept for 30 days; a tenant without premium keeps them for 7, which is not offered.',
    fidelity: 'proven',
    source: `${DOCS}/monitoring-health/reference-reports-data-retention`,
    test: `${TESTS}: 30 virtual days: older events are not shown, and dropped with the next ones`,
  },
  {
    id: 'FID-ENTRA-AUDIT-4',
    behaviour:
      'An event is there the moment the change is. The real log may be minutes behind, and lists modified properties with directory names of its own.',
    fidelity: 'simplified',
    source: `${DOCS}/monitoring-health/reference-reports-latencies`,
  },
  {
    id: 'FID-ENTRA-AUDIT-5',
    behaviour:
      'Application administrators and Global Readers read the audit log of the tenant, the owner of an app what is about that app. Reports Reader and Security Reader are no roles of this twin.',
    fidelity: 'proven',
    source: `${DOCS}/monitoring-health/concept-audit-logs`,
    test: `${TESTS}: of an app: for its owner without a role, and about this app only`,
  },
]
