import type { LedgerRow } from '#kit/ledger.ts'

const GRAPH = 'https://learn.microsoft.com/en-us/graph'
const ENTRA = 'https://learn.microsoft.com/en-us/entra'
const TESTS = 'idp/vendors/entra/graph/test'
const TOKENS = `${TESTS}/tokens.test.ts`
const DIRECTORY = `${TESTS}/directory.test.ts`
const MEMBERS = `${TESTS}/memberships.test.ts`
const PEOPLE = `${TESTS}/person-tokens.test.ts`
const SYNC = `${TESTS}/synchronization.test.ts`

/** What Graph of this twin does as the real one does, and how sure we are. */
export const ENTRA_GRAPH_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-GRAPH-1',
    behaviour:
      'An application gets a token by client credentials with the scope {resource}/.default; it is a signed JWT whose roles are the application permissions consented to, and Graph judges calls by them.',
    fidelity: 'proven',
    source: `${ENTRA}/identity-platform/v2-oauth2-client-creds-grant-flow`,
    test: `${TOKENS}: is a signed token whose roles are what an administrator has consented to`,
  },
  {
    id: 'FID-ENTRA-GRAPH-2',
    behaviour:
      'Errors of the token call have the published AADSTS numbers: 7000215, 7000218, 7000229, 700016, 50059, 70011, 1002012, 500011.',
    fidelity: 'proven',
    source: `${ENTRA}/identity-platform/reference-error-codes`,
    test: `${TOKENS}: is refused for %s`,
  },
  {
    id: 'FID-ENTRA-GRAPH-3',
    behaviour:
      'Application permissions are kept with the enterprise app, given by admin consent of its registration or by appRoleAssignments; the sample web app holds all of them. Graph takes certificates where the sign-in service does; federated credentials are not accepted.',
    fidelity: 'simplified',
    source: `${GRAPH}/permissions-grant-via-msgraph`,
  },
  {
    id: 'FID-ENTRA-GRAPH-4',
    behaviour:
      'The access token of a person is a signed JWT for Graph (aud, scp, oid, tid, appid, wids), good for userinfo too. With User.Read it opens /me, with User.ReadBasic.All the list of users and single ones, basic properties only; guests do not list.',
    fidelity: 'proven',
    source: `${GRAPH}/auth-v2-user`,
    test: `${PEOPLE}: with User.ReadBasic.All lists everybody of the tenant with basic properties only`,
  },
  {
    id: 'FID-ENTRA-GRAPH-5',
    behaviour:
      'Lists have @odata.context, value and @odata.nextLink with $top and $skiptoken; $select; $filter with comparisons, startswith and contains joined by and; $count without a filter. All else is refused as Request_UnsupportedQuery: or, not, in, lambdas, $search, $expand, $orderby of the directory. Links and contexts name this origin.',
    fidelity: 'simplified',
    source: `${GRAPH}/query-parameters`,
  },
  {
    id: 'FID-ENTRA-GRAPH-6',
    behaviour:
      'Errors come in Graph’s envelope with request-id and client-request-id; a taken user principal name is Request_BadRequest with an ObjectConflict among its details. The words are ours.',
    fidelity: 'proven',
    source: `${GRAPH}/errors`,
    test: `${DIRECTORY}: every answer names its request, and an error repeats the names`,
  },
  {
    id: 'FID-ENTRA-GRAPH-7',
    behaviour:
      'Dialpad, which pages send people to sign up for, can be instantiated: the tenant gets the enterprise app of its publisher without any consent, once. Whether the real service does so for OpenID Connect apps is not published; nor is the id of its template.',
    fidelity: 'assumed',
    source: `${GRAPH}/api/applicationtemplate-instantiate`,
  },
  {
    id: 'FID-ENTRA-GRAPH-8',
    behaviour:
      'The custom template makes a registration and its enterprise app without roles: Default Access (32 zeros) is what is assigned. The real one declares the roles User and msiam_access.',
    fidelity: 'simplified',
    source: `${GRAPH}/api/applicationtemplate-instantiate`,
  },
  {
    id: 'FID-ENTRA-GRAPH-9',
    behaviour:
      'A job is made before its credentials, is NotConfigured with the interval of a job that never runs until then, and cannot be started; an app has one job.',
    fidelity: 'simplified',
    source: `${GRAPH}/api/synchronization-synchronization-post-jobs`,
  },
  {
    id: 'FID-ENTRA-GRAPH-10',
    behaviour:
      'PUT of secrets replaces the lot, token and settings, without a test: a forgotten token is a quarantine at the next cycle. GET, in beta, masks the token.',
    fidelity: 'proven',
    source: `${GRAPH}/api/synchronization-synchronization-put-synchronization`,
    test: `${SYNC}: replace all there were, are shown masked in beta alone, and stand in no journal`,
  },
  {
    id: 'FID-ENTRA-GRAPH-11',
    behaviour:
      'Secrets need a job; the real service keeps them before there is one. Every published key is kept, and BaseAddress, SecretToken, SyncAll, SyncNotificationSettings and SkipOutOfScopeDeletions have an effect.',
    fidelity: 'simplified',
    source: `${GRAPH}/api/resources/synchronization-synchronizationsecretkeystringvaluepair`,
  },
  {
    id: 'FID-ENTRA-GRAPH-12',
    behaviour:
      'Jobs have the published members and enums. countEntitledForProvisioning is countEntitled; countImportedReferenceDeltas counts the references written; the texts of synchronizedEntryCountByType are unverified.',
    fidelity: 'documented',
    source: `${GRAPH}/api/resources/synchronization-synchronizationjob`,
  },
  {
    id: 'FID-ENTRA-GRAPH-13',
    behaviour:
      'Restart takes resetScope as published, Full and ForceDeletes among them; one that has never run is started. Start and pause of what is started or paused already are answered 204.',
    fidelity: 'documented',
    source: `${GRAPH}/api/resources/synchronization-synchronizationjobrestartcriteria`,
  },
  {
    id: 'FID-ENTRA-GRAPH-14',
    behaviour:
      'provisionOnDemand takes one rule and one subject, a group with up to five members, five requests in ten virtual seconds, and answers in the newer of its two published forms.',
    fidelity: 'proven',
    source: `${GRAPH}/api/synchronization-synchronizationjob-provisionondemand`,
    test: `${SYNC}: five requests in ten seconds, then it says when to come back`,
  },
  {
    id: 'FID-ENTRA-GRAPH-15',
    behaviour:
      'The schema is read and replaced as a document; one that cannot be kept is refused whole with SchemaInvalid (its code is unverified), and DELETE restores the defaults of a paused job. Directories cannot be discovered anew.',
    fidelity: 'documented',
    source: `${GRAPH}/api/resources/synchronization-synchronizationschema`,
  },
  {
    id: 'FID-ENTRA-GRAPH-16',
    behaviour: 'parseExpression answers how an expression was read and, with a test object, what it comes to.',
    fidelity: 'proven',
    source: `${GRAPH}/api/synchronization-synchronizationschema-parseexpression`,
    test: `${SYNC}: parseExpression takes an expression apart and tries it`,
  },
  {
    id: 'FID-ENTRA-GRAPH-17',
    behaviour:
      'Object connections are read by the id of either end, not listed, and removed from a job that is not started only, in beta.',
    fidelity: 'proven',
    source: `${ENTRA}/identity/app-provisioning/manage-object-connections`,
    test: `${SYNC}: are read by either end in beta, removed from a paused job only, and removed twice without complaint`,
  },
  {
    id: 'FID-ENTRA-GRAPH-18',
    behaviour:
      'auditLogs/provisioning is filtered with its case, ordered by activityDateTime, and in pages that new entries do not move. An entry is there as soon as the object is done.',
    fidelity: 'proven',
    source: `${GRAPH}/api/provisioningobjectsummary-list`,
    test: `${SYNC}: each object of each cycle, filtered with its case, ordered and in pages`,
  },
  {
    id: 'FID-ENTRA-GRAPH-19',
    behaviour:
      'auditLogs/directoryAudits shows changes of the configuration and of the directory and who made them, newest first; filters on targetResources, which need a lambda, are refused.',
    fidelity: 'simplified',
    source: `${GRAPH}/api/directoryaudit-list`,
  },
  {
    id: 'FID-ENTRA-GRAPH-20',
    behaviour:
      'Only security groups are made; users take the published required properties, and properties this twin does not keep are refused as invalid. forceChangePasswordNextSignIn is asked for at the next sign-in; the variant with MFA has no effect.',
    fidelity: 'simplified',
    source: `${GRAPH}/api/user-post-users`,
  },
  {
    id: 'FID-ENTRA-GRAPH-21',
    behaviour:
      'A script sets provisioning up from the gallery to the logs with the published JavaScript client. It sends tokens to https only, so on http the step that adds the token is the caller’s.',
    fidelity: 'proven',
    source: `${ENTRA}/identity/app-provisioning/application-provisioning-configuration-api`,
    test: 'scenarios/wire-tests/graph-setup.test.ts: from the gallery to the logs, and back to a pause',
  },
  {
    id: 'FID-ENTRA-GRAPH-22',
    behaviour:
      'Permissions alone let an application change people, but not block, delete or reset those who hold a directory role. Applications hold no directory roles here.',
    fidelity: 'proven',
    source: `${GRAPH}/api/user-update`,
    test: `${DIRECTORY}: people who hold a directory role are not blocked or deleted by an application`,
  },
  {
    id: 'FID-ENTRA-GRAPH-23',
    behaviour:
      'In the name of a person Graph reads /me, users and memberships and nothing else: contacts, calendars, groups, apps, logs and every change are denied, whatever roles the person and permissions the application hold. A property that is closed is a 403 in $select and $filter; which answer the real service gives is not published.',
    fidelity: 'simplified',
    source: `${GRAPH}/permissions-reference`,
    test: `${PEOPLE}: denies %s, even to a Global Administrator`,
  },
  {
    id: 'FID-ENTRA-GRAPH-24',
    behaviour:
      'A token of a person ends with its hour of wall time, and before that at once when the person is blocked, deleted or gets another password, when the app is disabled or removed, when its refresh token is used twice, or, without a refresh token, when the person signs out; the real service does so where continuous access evaluation applies, and else within the hour. A consent that was taken back counts with the next token.',
    fidelity: 'simplified',
    source: `${ENTRA}/identity/conditional-access/concept-continuous-access-evaluation`,
    test: `${PEOPLE}: with its hour of wall time, and not before because a consent was taken back`,
  },
  {
    id: 'FID-ENTRA-GRAPH-25',
    behaviour:
      'getMemberObjects and getMemberGroups, of oneself and of others, need securityEnabledOnly, count nested groups, and refuse with Directory_ResultSizeLimitExceeded beyond 11,000 ids; getMemberObjects adds directory roles. That its limit is the same is assumed.',
    fidelity: 'proven',
    source: `${GRAPH}/api/directoryobject-getmemberobjects`,
    test: `${MEMBERS}: answer a token whose groups were too many, at the address it names`,
  },
  {
    id: 'FID-ENTRA-GRAPH-26',
    behaviour:
      'memberOf and transitiveMemberOf list groups and directory roles, page by page, narrowed by a type in the path; what the caller has no permission for shows its type and id alone. $filter, $search and $count as a segment are refused.',
    fidelity: 'proven',
    source: `${GRAPH}/api/user-list-transitivememberof`,
    test: `${MEMBERS}: of oneself show type and id with User.Read, everything with what opens groups`,
  },
  {
    id: 'FID-ENTRA-GRAPH-27',
    behaviour:
      'Scripts of any page may call Graph and read the answers (CORS), as single-page applications do; a preflight is answered without a token.',
    fidelity: 'proven',
    source: `${GRAPH}/use-the-api`,
    test: `${PEOPLE}: is used by a script of another origin: a preflight needs no token, and answers may be read`,
  },
]
