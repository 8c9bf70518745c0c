import { z } from 'zod'

/** The records of Entra a diagnosis reads, in the form the control API gives them: what is not said here does not matter to it. */

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
  accountEnabled: z.boolean(),
  appRoleAssignmentRequired: z.boolean(),
  applicationPermissions: z.array(Text).default([]),
  firstParty: z.boolean(),
})
const RedirectUris = z.looseObject({ redirectUris: z.array(Text) })
export const EntraRegistration = z.looseObject({
  id: Text,
  appId: Text,
  displayName: Text,
  signInAudience: Text,
  web: RedirectUris,
  spa: RedirectUris,
  publicClient: RedirectUris,
  secrets: z.array(
    z.looseObject({
      displayName: Text.optional(),
      hint: Text,
      startDateTime: Text.optional(),
      endDateTime: Text.optional(),
    }),
  ),
  keyCredentials: z.array(z.looseObject({ displayName: Text, endDateTime: Text })).default([]),
  isFallbackPublicClient: z.boolean().default(false),
  requiredRoles: z.array(Text).default([]),
  firstParty: z.boolean(),
})
export const EntraSaml = z.looseObject({
  principalId: Text,
  identifiers: z.array(Text),
  replyUrls: z.array(Text),
  nameId: z.looseObject({ source: Text }),
  claims: z.array(z.looseObject({ name: Text, namespace: Text.optional(), source: Text })),
})
export const EntraCertificate = z.looseObject({ owner: Text, certificate: Text, isActive: z.boolean() })
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
export const EntraSignInLog = z.looseObject({
  at: Text,
  user: z.looseObject({ id: Text.optional(), userPrincipalName: Text }).optional(),
  app: z.looseObject({ displayName: Text }),
})
