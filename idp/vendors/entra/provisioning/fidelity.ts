import type { LedgerRow } from '#kit/ledger.ts'
import { ENTRA_ENGINE_LEDGER } from './engine-fidelity.ts'
import { MAPPING_LEDGER } from './mapping-fidelity.ts'
import {
  DEFAULT_ACCESS_SWITCH,
  PATCH_DIALECT_SWITCH,
  QUARANTINE_THRESHOLDS_SWITCH,
  SWITCH_FUNCTION_SWITCH,
} from './policy.ts'
import { SCOPING_LEDGER } from './scoping-fidelity.ts'

const DOCS = 'https://learn.microsoft.com/en-us/entra/identity'
const LIFE = 'scenarios/wire-tests/entra-provisioning.test.ts'
const OWN = 'idp/vendors/entra/provisioning/test'

/** What the provisioning service of this twin does as the real one does, and how sure we are. */
export const ENTRA_PROVISIONING_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-PROV-1',
    behaviour:
      'Cycles begin 40 minutes after the beginning of the one before; nothing happens in between but provisioning on demand.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/known-issues`,
    test: `${LIFE}: nothing happens until the next cycle, 40 minutes after the beginning of the last`,
  },
  {
    id: 'FID-ENTRA-PROV-2',
    behaviour:
      'Default Access counts as any other role. The published tutorials still say its holders are left out; "excluded" gives their rule.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/application-provisioning-config-problem-no-users-provisioned`,
    test: `${LIFE}: the rule of the tutorials leaves holders of Default Access out`,
    switch: { id: DEFAULT_ACCESS_SWITCH, values: ['counts', 'excluded'], default: 'counts' },
  },
  {
    id: 'FID-ENTRA-PROV-3',
    behaviour:
      'Cycles speak the older PATCH dialect unless the Tenant URL carries the flag aadOptscim062020; provisioning on demand always speaks it. Which one a gallery connector speaks is not published: "legacy" and "compliant" force either.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/application-provisioning-config-problem-scim-compatibility`,
    test: `${LIFE}: the flag on the Tenant URL changes what cycles send, not what is sent on demand`,
    switch: { id: PATCH_DIALECT_SWITCH, values: ['tenant-url', 'legacy', 'compliant'], default: 'tenant-url' },
  },
  {
    id: 'FID-ENTRA-EXPRESSION-1',
    behaviour:
      'The documented fault of the function Switch: when other mapped attributes change and its own source does not, its target is blanked. "documented-fault" reproduces it, for mappings other than those that match or disable accounts.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/functions-for-customizing-application-data`,
    test: 'idp/core/provisioning/plan-user.test.ts: the documented fault of Switch blanks its target when only others change',
    switch: { id: SWITCH_FUNCTION_SWITCH, values: ['sound', 'documented-fault'], default: 'sound' },
  },
  {
    id: 'FID-ENTRA-PROV-4',
    behaviour: 'Nothing in the query of the Tenant URL reaches the target, flags and other parameters alike.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-PROV-5',
    behaviour:
      'Every request carries ADSCIMVersion with a date and an ActivityId, which is the trace id of the exchange.',
    fidelity: 'proven',
    source: 'none published; field reports of servers that see the header',
    test: `${LIFE}: every request names the activity it belongs to, which is its trace`,
  },
  {
    id: 'FID-ENTRA-PROV-6',
    behaviour:
      'A configuration needs a successful connection test, which asks for a random GUID on Users and, when groups are mapped, on Groups.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/use-scim-to-provision-users-and-groups`,
    test: `${LIFE}: a wrong, an expired and a revoked key, and a URL without /scim, are refused and nothing is kept`,
  },
  {
    id: 'FID-ENTRA-PROV-7',
    behaviour: 'A Secret Token left blank, for which the real service sends a token of its own, is refused.',
    fidelity: 'absent',
    source: `${DOCS}/app-provisioning/use-scim-to-provision-users-and-groups`,
  },
  {
    id: 'FID-ENTRA-PROV-8',
    behaviour:
      'Who is unassigned is disabled, not deleted; deletion comes with the end of the recycle bin, after 30 days.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/how-provisioning-works`,
    test: `${LIFE}: unassigned is suspended, assigned again is active, deleted is suspended, and 30 days later gone`,
  },
  {
    id: 'FID-ENTRA-PROV-9',
    behaviour: 'A key the target refuses puts the job in quarantine at once; the next attempt is six hours later.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/application-provisioning-quarantine-status`,
    test: `${LIFE}: a key revoked meanwhile puts the job in quarantine, and a new one with a restart lifts it`,
  },
  {
    id: 'FID-ENTRA-PROV-10',
    behaviour:
      'Provisioning can be seen and changed by a Global, Application or Cloud Application Administrator and by an owner of the app; a Global Reader is refused.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/known-issues`,
    test: `${OWN}/pages.test.ts: a Global Reader is refused, and told which role would do`,
  },
  {
    id: 'FID-ENTRA-PROV-11',
    behaviour: 'In logs the source keeps its old name, Azure Active Directory.',
    fidelity: 'proven',
    test: 'scenarios/wire-tests/entra-surprises.test.ts: surprise 30: the source is still called Azure Active Directory in the log and in Graph',
    source: 'https://learn.microsoft.com/en-us/graph/api/resources/provisioningobjectsummary',
  },
  {
    id: 'FID-ENTRA-PROV-12',
    behaviour: 'Sentences of the provisioning log follow the pattern of the real ones in words of our own.',
    fidelity: 'simplified',
    source: 'https://learn.microsoft.com/en-us/graph/api/provisioningobjectsummary-list',
  },
  {
    id: 'FID-ENTRA-PROV-13',
    behaviour:
      'Requests in flight (8), members per PATCH (20) and the time-out of a request (100 s) are not published for the real service.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-PROV-14',
    behaviour:
      'When the Tenant URL is changed, the Secret Token must be entered again: a kept one goes only where it went before.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-PROV-40',
    behaviour:
      'Quarantine by failures: evaluated from 5,000 on when more than 40 % failed, always above 40,000, or above 60,000 with references. Scaled a thousand times ("lab": 5, 40, 60) so that a class meets them; "real" gives the published numbers.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/application-provisioning-quarantine-status`,
    test: 'idp/core/provisioning/quarantine.test.ts: Proportional: evaluated from 5,000 failures on, passed above 40 %',
    switch: { id: QUARANTINE_THRESHOLDS_SWITCH, values: ['lab', 'real'], default: 'lab' },
  },
  ...SCOPING_LEDGER,
  {
    id: 'FID-ENTRA-PROV-50',
    behaviour:
      'Surprise 34: a Global Reader cannot see provisioning; Application Administrator, Cloud Application Administrator and the owner of the app configure it.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/known-issues`,
    test: `${OWN}/own-application.test.ts: surprise 34: a Global Reader cannot see the page; the owner without a role configures and starts it`,
  },
  {
    id: 'FID-ENTRA-PROV-51',
    behaviour:
      'Provisioning logs are read by who manages apps, each owner their own apps, for 30 days; a tenant without premium keeps 7, which is not offered. Reports Reader and the other reading roles are none of this twin.',
    fidelity: 'proven',
    source: `${DOCS}/monitoring-health/concept-provisioning-logs`,
    test: `${OWN}/log-pages.test.ts: an app owner sees their own apps and no others, an administrator the tenant, nobody another tenant`,
  },
  {
    id: 'FID-ENTRA-PROV-52',
    behaviour:
      'Provisioning logs are downloaded as three CSV files joined by their change ID, or as JSON as Graph answers it. The real CSV comes in one archive; the names of its columns are ours.',
    fidelity: 'proven',
    source: `${DOCS}/monitoring-health/howto-analyze-provisioning-logs`,
    test: `${OWN}/log-pages.test.ts: three files of CSV, joined by their Change ID`,
  },
  {
    id: 'FID-ENTRA-PROV-53',
    behaviour:
      'Provision on demand finds nobody who is blocked or deleted, disables whoever was unassigned, expands no nested groups and takes five members of a group at most.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/provision-on-demand`,
    test: `${OWN}/on-demand-pages.test.ts: people who are blocked or deleted are not found by the search, and refused when asked for all the same`,
  },
  {
    id: 'FID-ENTRA-PROV-54',
    behaviour: 'Every matching attribute that was asked for is shown in turn, with how many objects it found.',
    fidelity: 'proven',
    source: `${DOCS}/app-provisioning/provision-on-demand`,
    test: `${OWN}/on-demand-pages.test.ts: several matching attributes are asked for and shown in turn`,
  },
  {
    id: 'FID-ENTRA-PROV-55',
    behaviour: 'A manager is sent as a bare id in an operation of its own, which strict servers refuse.',
    fidelity: 'proven',
    source: 'field reports of SCIM servers',
    test: 'idp/core/provisioning/mapping.test.ts: a manager is an operation of its own in both dialects, with its path and the bare id',
  },
  ...ENTRA_ENGINE_LEDGER,
  ...MAPPING_LEDGER,
]
