import { z } from 'zod'
import type { UserProperties } from '../../commands/users.ts'
import { ObjectReference } from '../read-body.ts'

const LONGEST = 1_024
const Text = z.string().max(LONGEST).nullable().optional()

/** Properties a call may set, under Graph's names. `null` clears. */
const UserPropertiesBody = {
  displayName: z.string().max(256).optional(),
  userPrincipalName: z.string().max(LONGEST).optional(),
  mailNickname: z.string().max(64).optional(),
  businessPhones: z.array(z.string().max(64)).max(1).optional(),
  city: Text,
  country: Text,
  department: Text,
  employeeId: Text,
  givenName: Text,
  jobTitle: Text,
  mail: Text,
  mobilePhone: Text,
  officeLocation: Text,
  postalCode: Text,
  preferredLanguage: Text,
  state: Text,
  streetAddress: Text,
  surname: Text,
  usageLocation: Text,
  userType: z.enum(['Member', 'Guest']).optional(),
} as const

const PasswordProfile = z.strictObject({
  password: z.string().max(256),
  forceChangePasswordNextSignIn: z.boolean().optional(),
  forceChangePasswordNextSignInWithMfa: z.boolean().optional(),
})

/** Create a user: what the real service requires is required (Graph v1.0, Create User). */
export const NewUserBody = z.strictObject({
  ...UserPropertiesBody,
  accountEnabled: z.boolean(),
  displayName: z.string().min(1).max(256),
  mailNickname: z.string().min(1).max(64),
  userPrincipalName: z.string().min(1).max(LONGEST),
  passwordProfile: PasswordProfile,
  'manager@odata.bind': ObjectReference.optional(),
})

/** Update a user. */
export const UserChangeBody = z.strictObject({
  ...UserPropertiesBody,
  accountEnabled: z.boolean().optional(),
  passwordProfile: PasswordProfile.optional(),
})

type PropertiesBody = Omit<z.infer<typeof UserChangeBody>, 'accountEnabled' | 'passwordProfile'>

/** The directory's names for what a body sets. */
export function userPropertiesOf(body: PropertiesBody): UserProperties {
  const { businessPhones, mobilePhone, officeLocation, ...same } = body
  const given = {
    ...same,
    ...(businessPhones === undefined ? {} : { telephoneNumber: businessPhones[0] ?? null }),
    mobile: mobilePhone,
    physicalDeliveryOfficeName: officeLocation,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as UserProperties
}
