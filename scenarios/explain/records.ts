import { z } from 'zod'

/** The records a diagnosis reads, of the states the control API gives: what is not said here does not matter to it. */

const Text = z.string()

export const EntraUser = z.looseObject({
  id: Text,
  tenantId: Text,
  userPrincipalName: Text,
  displayName: Text,
  mail: Text.optional(),
  jobTitle: Text.optional(),
  department: Text.optional(),
  physicalDeliveryOfficeName: Text.optional(),
  accountEnabled: z.boolean(),
  deletedDateTime: Text.optional(),
})
export const EntraGroup = z.looseObject({
  id: Text,
  tenantId: Text,
  displayName: Text,
  deletedDateTime: Text.optional(),
})
export const EntraMember = z.looseObject({ groupId: Text, memberId: Text, memberType: Text })
export const EntraApp = z.looseObject({
  id: Text,
  appId: Text,
  tenantId: Text,
  displayName: Text,
  templateId: Text.optional(),
})
export const EntraAssignment = z.looseObject({
  principalId: Text,
  principalType: Text,
  resourceId: Text,
  appRoleId: Text,
})
export const EntraGrant = z.looseObject({ clientId: Text, consentType: Text })
export const EntraConsent = z.looseObject({ userConsent: Text })
const MappingSource = z.looseObject({ type: Text, name: Text.optional(), expression: Text.optional() })
const ObjectMapping = z.looseObject({
  enabled: z.boolean(),
  scopingFilters: z.array(
    z.looseObject({
      title: Text,
      clauses: z.array(z.looseObject({ attribute: Text, operator: Text, value: Text })),
    }),
  ),
  actions: z.looseObject({ create: z.boolean(), update: z.boolean(), delete: z.boolean() }),
  attributeMappings: z.array(
    z.looseObject({ source: MappingSource, targetAttributeName: Text, matchingPriority: z.number() }),
  ),
})
export const EntraJob = z.looseObject({
  id: Text,
  servicePrincipalId: Text,
  tenantUrl: Text,
  state: Text,
  scope: Text,
  deletionGuard: z.looseObject({ enabled: z.boolean(), threshold: z.number() }),
  schema: z.looseObject({ users: ObjectMapping, groups: ObjectMapping }),
})
export const EntraRun = z.looseObject({
  jobId: Text,
  begun: z.number(),
  quarantine: z
    .looseObject({ reason: Text, since: Text, error: z.looseObject({ code: Text, message: Text }) })
    .nullable(),
})
export const EntraLink = z.looseObject({
  jobId: Text,
  sourceId: Text,
  kind: Text,
  targetId: Text,
  managed: z.boolean(),
  active: z.boolean(),
})
export const EntraEscrow = z.looseObject({
  jobId: Text,
  sourceId: Text,
  kind: Text,
  error: z.looseObject({ code: Text, message: Text }),
})
export const EntraDeparture = z.looseObject({
  jobId: Text,
  sourceId: Text,
  stagedAt: Text.optional(),
  allowed: z.boolean(),
})

export const DialpadCompany = z.looseObject({
  id: Text,
  name: Text,
  domains: z.array(Text),
  anyDomain: z.boolean().optional(),
  paymentFailedAt: Text.optional(),
  scim: z.looseObject({
    officeField: Text,
    mismatch: z.looseObject({ kind: Text }),
    exhaustion: Text,
  }),
  saml: z
    .looseObject({
      provider: Text,
      idpSsoUrl: Text,
      idpEntityId: Text,
      certificate: Text,
      preventOtherProviders: z.boolean(),
    })
    .optional(),
})
export const DialpadOffice = z.looseObject({
  id: Text,
  companyId: Text,
  name: Text,
  country: Text,
  seats: z.record(Text, z.number().nullable()),
})
export const DialpadUser = z.looseObject({
  id: Text,
  companyId: Text,
  officeId: Text,
  emails: z.array(Text),
  title: Text.optional(),
  licence: Text,
  state: Text,
  isCompanyAdmin: z.boolean(),
  scimExtras: z.record(Text, z.unknown()),
})
export const DialpadKey = z.looseObject({
  id: Text,
  companyId: Text,
  name: Text,
  createdBy: Text,
  createdAt: Text,
  expiresAt: Text.optional(),
  revokedAt: Text.optional(),
})
export const DialpadGroup = z.looseObject({ id: Text, companyId: Text, displayName: Text })
export const DialpadChange = z.looseObject({
  date: Text,
  action: Text,
  note: Text,
  target: z.looseObject({ id: Text, name: Text }),
})

const Profile = z.record(Text, z.unknown())
export const OktaUser = z.looseObject({ id: Text, status: Text, profile: z.looseObject({ login: Text, email: Text }) })
export const OktaGroup = z.looseObject({ id: Text, name: Text })
export const OktaMember = z.looseObject({ groupId: Text, userId: Text })
export const OktaApp = z.looseObject({
  id: Text,
  catalogKey: Text,
  label: Text,
  status: Text,
  samlKey: Text,
  signOn: z.looseObject({
    usernameTemplate: z.looseObject({ format: Text }),
    acsUrl: Text,
    spEntityId: Text,
    attributeStatements: z.array(z.looseObject({ name: Text, expression: Text })),
  }),
  provisioning: z
    .looseObject({
      enabled: z.boolean(),
      configured: z.boolean(),
      baseUrl: Text,
      toApp: z.looseObject({
        createUsers: z.boolean(),
        updateAttributes: z.boolean(),
        deactivateUsers: z.boolean(),
      }),
    })
    .optional(),
})
export const OktaAppUser = z.looseObject({
  id: Text,
  appId: Text,
  userId: Text,
  scope: Text,
  groupId: Text.optional(),
  userName: Text,
  profile: Profile,
  overrides: Profile,
  externalId: Text.optional(),
  beforeProvisioning: z.boolean(),
  error: Text.optional(),
})
export const OktaAppGroup = z.looseObject({ appId: Text, groupId: Text, priority: z.number(), profile: Profile })
export const OktaTask = z.looseObject({ id: Text, kind: Text, appId: Text, message: Text, status: Text })
export const OktaSchema = z.looseObject({
  ownerId: Text,
  attributes: z.array(
    z.looseObject({ name: Text, title: Text, externalNamespace: Text.optional(), custom: z.boolean() }),
  ),
})
export const OktaMapping = z.looseObject({
  id: Text,
  appId: Text,
  direction: Text,
  properties: z.record(Text, z.looseObject({ expression: Text, pushStatus: Text })),
})
export const OktaFormer = z.looseObject({ appId: Text, userId: Text, userName: Text, externalId: Text })
export const OktaPush = z.looseObject({
  id: Text,
  appId: Text,
  groupId: Text,
  targetName: Text,
  targetGroupId: Text.optional(),
  status: Text,
  error: Text.optional(),
})
export const OktaImport = z.looseObject({ appId: Text, state: Text, heldBack: z.array(Text).optional() })
export const OktaCertificate = z.looseObject({ owner: Text, certificate: Text, isActive: z.boolean() })
