import type { LedgerRow } from '#kit/ledger.ts'
import { PORTAL_EDITION_SWITCH, PORTAL_EDITIONS } from '../portal-edition.ts'
import { TENANT_PLAN_SWITCH, TENANT_PLANS } from '../tenant-plan.ts'

const CLASSIC = 'idp/vendors/entra/provisioning/test/classic.test.ts'
const DOCS = 'https://learn.microsoft.com/en-us/entra'
const TESTS = 'idp/vendors/entra/admin/test'

/** What the admin center of this twin does as the real one does, and how sure we are. Provisioning has a ledger of its own. */
export const ENTRA_ADMIN_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-ADMIN-2',
    behaviour:
      'Enterprise apps > New application > Add from the gallery finds Dialpad; its pane names publisher, provisioning, single sign-on mode and URL and, as for every OpenID Connect app, sends people to sign up there instead of creating it.',
    fidelity: 'proven',
    source: `${DOCS}/identity/saas-apps/dialpad-provisioning-tutorial`,
    test: `${TESTS}/apps.test.ts: follows the tutorial: Enterprise apps > New application > Add from the gallery > Dialpad > URL`,
  },
  {
    id: 'FID-ENTRA-ADMIN-3',
    behaviour:
      'The gallery holds Dialpad alone. Create your own application makes a non-gallery app that can be provisioned to any Tenant URL on this machine, or on a host that was allowed; application proxy and registering an app one develops are shown and not offered.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/overview-application-gallery`,
    test: 'idp/vendors/entra/provisioning/test/own-application.test.ts: provisions an independent SCIM server: create, update, disable, delete and groups, in the compliant dialect',
  },
  {
    id: 'FID-ENTRA-ADMIN-15',
    behaviour:
      'Deleting an enterprise app deletes it for good, with its assignments, consents and provisioning configuration; its logs stay. A real tenant keeps it for 30 days, restorable through Graph.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/enterprise-apps/restore-application`,
  },
  {
    id: 'FID-ENTRA-ADMIN-4',
    behaviour:
      'Add Assignment takes several users and groups at once and one role, which is Default Access where the app declares none.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/assign-user-or-group-access-portal`,
    test: `${TESTS}/apps.test.ts: Add Assignment: search, select several, Default Access, Assign; then tick and remove`,
  },
  {
    id: 'FID-ENTRA-ADMIN-5',
    behaviour:
      'Groups can be assigned when the tenant has Entra ID P1 or P2, which it does; with "free" only users can be selected, and groups assigned before stay.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/assign-user-or-group-access-portal`,
    test: `${TESTS}/apps.test.ts: group assigned on the Free licence: the picker offers no groups`,
    switch: { id: TENANT_PLAN_SWITCH, values: TENANT_PLANS.values, default: TENANT_PLANS.default },
  },
  {
    id: 'FID-ENTRA-ADMIN-6',
    behaviour:
      'Deleted users can be restored for 30 days with their memberships and assignments, deleted permanently at once, and are gone after that time, which is virtual.',
    fidelity: 'proven',
    source: `${DOCS}/fundamentals/users-restore`,
    test: `${TESTS}/users.test.ts: after 30 virtual days they are gone, with roles, sessions and failed sign-ins`,
  },
  {
    id: 'FID-ENTRA-ADMIN-7',
    behaviour:
      'A deleted security group can be restored for 30 days with its members and assignments. The real service keeps security groups so in a preview only.',
    fidelity: 'assumed',
    source: `${DOCS}/identity/users/groups-restore-deleted`,
    test: `${TESTS}/groups.test.ts: is deleted after asking by name, comes back with its members, and can go for good`,
  },
  {
    id: 'FID-ENTRA-ADMIN-8',
    behaviour:
      'The admin center is read by holders of any directory role and by owners of an app. In a real tenant every member may read it, unless that is restricted.',
    fidelity: 'simplified',
    source: `${DOCS}/fundamentals/users-default-permissions`,
    test: `${TESTS}/frame.test.ts: somebody without a role is refused everywhere, with the roles named and another account offered`,
  },
  {
    id: 'FID-ENTRA-ADMIN-9',
    behaviour:
      'Only Global Administrators block, delete or reset people who hold a directory role. The real table is finer and knows more roles.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/role-based-access-control/privileged-roles-permissions`,
    test: `${TESTS}/users.test.ts: who holds a role is handled by Global Administrators only`,
  },
  {
    id: 'FID-ENTRA-ADMIN-10',
    behaviour:
      'A password set by an administrator stays. The real one is temporary and has to be changed at the next sign-in.',
    fidelity: 'simplified',
    source: `${DOCS}/fundamentals/users-reset-password-azure-portal`,
  },
  {
    id: 'FID-ENTRA-ADMIN-11',
    behaviour: 'A password has 8 to 256 characters of three of the four kinds lower case, upper case, digits, symbols.',
    fidelity: 'proven',
    source: `${DOCS}/identity/authentication/concept-sspr-policy`,
    test: `${TESTS}/users.test.ts: refuses %s beside the field and keeps what was typed`,
  },
  {
    id: 'FID-ENTRA-ADMIN-12',
    behaviour: 'An owner of an app manages that app without holding a role, and no other.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/overview-assign-app-owners`,
    test: `${TESTS}/apps.test.ts: are added and removed; an owner without a role manages this app and no other`,
  },
  {
    id: 'FID-ENTRA-ADMIN-14',
    behaviour: 'Directory roles can be read, not assigned.',
    fidelity: 'absent',
    source: `${DOCS}/identity/role-based-access-control/manage-roles-portal`,
  },
  {
    id: 'FID-ENTRA-ADMIN-20',
    behaviour:
      'Names, navigation and the layout of provisioning follow the edition of the portal a tutorial was written for: "azure-portal-2019" says Azure Active Directory and Synchronize Azure Active Directory Users to Dialpad, "azure-portal-2025" Microsoft Entra ID and Provision Microsoft Entra ID Users; both show provisioning as one long form. Each person may switch the layout of an app.',
    fidelity: 'proven',
    source: `${DOCS}/identity/saas-apps/dialpad-provisioning-tutorial, in its editions of 2019 and 2025`,
    test: `${CLASSIC}: the tutorial of 2019, from Azure Active Directory to Synchronization Details`,
    switch: { id: PORTAL_EDITION_SWITCH, values: PORTAL_EDITIONS.values, default: PORTAL_EDITIONS.default },
  },
]
