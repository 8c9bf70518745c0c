import { z } from 'zod'

/** The records of Okta a diagnosis reads, in the form the control API gives them: what is not said here does not matter to it. */

const Text = z.string()

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
export const OktaTask = z.looseObject({
  id: Text,
  kind: Text,
  appId: Text,
  userId: Text.optional(),
  message: Text,
  status: Text,
})
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
export const OktaOidcApp = z.looseObject({
  id: Text,
  name: Text,
  label: Text,
  oidc: z.looseObject({
    redirectUris: z.array(Text),
    authMethod: Text,
    implicitAssignment: z.boolean(),
    secrets: z.array(z.looseObject({ id: Text, status: Text, lastUpdated: Text })),
  }),
})
export const OktaAuthorizationServer = z.looseObject({ id: Text, name: Text, status: Text })
export const OktaScope = z.looseObject({ serverId: Text, name: Text })
export const OktaAccessPolicy = z.looseObject({
  id: Text,
  serverId: Text,
  name: Text,
  status: Text,
  clients: z.union([z.literal('ALL_CLIENTS'), z.array(Text)]),
})
export const OktaTrustedOrigin = z.looseObject({ origin: Text, cors: z.boolean(), status: Text })
export const OktaEvent = z.looseObject({
  key: Text,
  eventType: Text,
  published: Text,
  actor: z.looseObject({ id: Text }),
  outcome: z.looseObject({ result: Text, reason: Text.nullable() }),
  target: z.array(z.looseObject({ id: Text, type: Text, alternateId: Text.optional() })),
  debugData: z.record(Text, Text),
})
