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
