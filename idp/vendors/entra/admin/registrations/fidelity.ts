import type { LedgerRow } from '#kit/ledger.ts'

const ENTRA = 'https://learn.microsoft.com/en-us/entra'
const PLATFORM = `${ENTRA}/identity-platform`
const GRAPH = 'https://learn.microsoft.com/en-us/graph'
const REGISTERING = 'idp/vendors/entra/admin/registrations/test/registering.test.ts'
const SETTINGS = 'idp/vendors/entra/admin/registrations/test/sign-in-settings.test.ts'
const COMMANDS = 'idp/vendors/entra/commands/registrations/test/commands.test.ts'
const RULES = 'idp/vendors/entra/commands/registrations/test/rules.test.ts'
const APPLICATIONS = 'idp/vendors/entra/graph/test/applications.test.ts'

/** What app registrations of this twin do as the real ones do, and how sure we are. */
export const ENTRA_REGISTRATIONS_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-REG-1',
    behaviour:
      'Members register applications and own what they register, registration and enterprise app; guests need a role. Owners, Application, Cloud Application and Global Administrators change a registration, Global Readers read it.',
    fidelity: 'proven',
    source: `${ENTRA}/fundamentals/users-default-permissions`,
    test: `${REGISTERING}: a member without a role registers and manages their own, and no other`,
  },
  {
    id: 'FID-ENTRA-REG-2',
    behaviour:
      'The user setting that keeps members from registering applications, and the role Application Developer that goes with it. Personal Microsoft accounts: the two account types for them are not offered.',
    fidelity: 'absent',
    source: `${ENTRA}/identity/role-based-access-control/delegate-app-roles`,
  },
  {
    id: 'FID-ENTRA-REG-3',
    behaviour:
      'Redirect URIs are https, or http on localhost (127.0.0.1 by the manifest alone), custom schemes for installed applications, without fragment, wildcard or special characters, 256 characters and 256 of them at most, distinct. The words of the refusals are ours.',
    fidelity: 'proven',
    source: `${PLATFORM}/reply-url`,
    test: `${RULES}: %s is refused for %s: %s`,
  },
  {
    id: 'FID-ENTRA-REG-4',
    behaviour:
      'Wildcards in redirect URIs of single-tenant applications, which the real manifest editor still takes; implicit and hybrid flows; the platforms iOS/macOS and Android, which are entered as custom URIs here.',
    fidelity: 'absent',
    source: `${PLATFORM}/reply-url`,
  },
  {
    id: 'FID-ENTRA-REG-5',
    behaviour:
      'A client secret is forty characters with 8Q~ in the fourth to sixth place, shown once, then by its first three characters and its Secret ID; pages offer 90, 180, 365, 545 and 730 days and custom dates. It is kept as a hash.',
    fidelity: 'proven',
    source: `${PLATFORM}/quickstart-register-app`,
    test: `${SETTINGS}: a new secret is shown once, then by its first characters; deleting it asks first`,
  },
  {
    id: 'FID-ENTRA-REG-6',
    behaviour:
      'A certificate is uploaded as PEM or DER and shown with thumbprint, start and end; a private key, an expired certificate and one that is there already are refused. Whether the real page refuses the last two is not published.',
    fidelity: 'assumed',
    source: `${PLATFORM}/certificate-credentials`,
    test: `${SETTINGS}: a certificate is uploaded as a file, with its thumbprint and dates; a private key is refused`,
  },
  {
    id: 'FID-ENTRA-REG-7',
    behaviour:
      'Federated credentials, addKey and removeKey of Graph, app instance property lock, publisher verification, logo, roles and administrators of one registration, and the integration assistant.',
    fidelity: 'absent',
    source: `${PLATFORM}/app-objects-and-service-principals`,
  },
  {
    id: 'FID-ENTRA-REG-8',
    behaviour:
      'Scopes and app roles have values that are unique, at most 120 characters long and without blanks; one that is enabled is disabled before it can be deleted. The Application ID URI is api:// with the client id, the tenant or a verified domain, or https of a verified domain.',
    fidelity: 'proven',
    source: `${PLATFORM}/identifier-uri-restrictions`,
    test: `${COMMANDS}: the first scope names the API, values are unique, and what is enabled is not deleted`,
  },
  {
    id: 'FID-ENTRA-REG-9',
    behaviour:
      'Grant admin consent makes the delegated permissions granted for the tenant match those configured; application permissions granted before stay until they are revoked. The real dialog speaks of both alike.',
    fidelity: 'assumed',
    source: `${ENTRA}/identity/enterprise-apps/grant-admin-consent`,
    test: `${COMMANDS}: delegated and application permissions, of Graph and of an own API, are granted as asked for`,
  },
  {
    id: 'FID-ENTRA-REG-10',
    behaviour:
      'Application and Cloud Application Administrators consent to anything but application permissions of Graph, for which a Global or Privileged Role Administrator is needed. Owners do not consent for everybody.',
    fidelity: 'proven',
    source: `${ENTRA}/identity/role-based-access-control/permissions-reference`,
    test: `${COMMANDS}: an owner asks but does not grant; application permissions of Graph need a Global Administrator`,
  },
  {
    id: 'FID-ENTRA-REG-11',
    behaviour:
      'A deleted registration waits 30 virtual days with its enterprise app of the home tenant, assignments and consents, and comes back with them. Provisioning of the app is removed for good; enterprise apps of other tenants stay and sign nobody in.',
    fidelity: 'simplified',
    source: `${ENTRA}/identity-platform/howto-restore-app`,
    test: `${COMMANDS}: takes the enterprise app along, and a restore brings both back with assignments and consents`,
  },
  {
    id: 'FID-ENTRA-REG-12',
    behaviour:
      'Permissions of Graph have their published ids, but ProvisioningLog.Read.All, whose id is this twin’s own. Of the hundreds of the real one, those are offered that this twin’s Graph and consent pages know.',
    fidelity: 'simplified',
    source: `${GRAPH}/permissions-reference`,
  },
  {
    id: 'FID-ENTRA-REG-13',
    behaviour:
      'applications, their passwords, certificates and owners, servicePrincipals made from a registration of the tenant, oauth2PermissionGrants and appRoleAssignments are read and written by Graph, with its permissions and error codes. The groups claim has one value; addresses such as logo, terms and notes are not kept.',
    fidelity: 'proven',
    source: `${GRAPH}/api/resources/application`,
    test: `${APPLICATIONS}: are registered with what the body says, found, changed and deleted; the recycle bin has them`,
  },
  {
    id: 'FID-ENTRA-REG-14',
    behaviour:
      'The service principal of Graph itself is found by its id or filter and is in no unfiltered list; an application permission has an id made of who holds what, and no time of its assignment.',
    fidelity: 'simplified',
    source: `${GRAPH}/api/serviceprincipal-post-approleassignments`,
    test: `${APPLICATIONS}: application permissions of Graph: found by the id of Graph, given, in the next token, taken away`,
  },
  {
    id: 'FID-ENTRA-REG-15',
    behaviour:
      'A registration made by its pages signs people in at once, with its secret, app roles and admin consent; another redirect URI, a deleted secret and a deleted registration are refused.',
    fidelity: 'proven',
    source: `${PLATFORM}/quickstart-register-app`,
    test: 'idp/vendors/entra/admin/registrations/test/first-sign-in.test.ts: registered, given a secret, an app role and admin consent by pages, it signs people in; its deletion ends that',
  },
  {
    id: 'FID-ENTRA-REG-16',
    behaviour:
      'The pages Authentication and Manifest, which are saved as a whole, refuse once what another administrator has changed since they were opened. What the real pages do is not published.',
    fidelity: 'assumed',
    source: `${PLATFORM}/quickstart-register-app`,
    test: `${SETTINGS}: what a second administrator saved meanwhile is not undone unseen`,
  },
]
