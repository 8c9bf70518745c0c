import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const User = z.looseObject({
  id: z.string(),
  emails: z.array(z.string()),
  givenName: z.string(),
  familyName: z.string(),
  title: z.string().optional(),
  language: z.string().optional(),
  country: z.string().optional(),
  state: z.string(),
  officeId: z.string(),
  licence: z.string(),
  origin: z.string(),
  isCompanyAdmin: z.boolean(),
  microsoft: z.looseObject({ tenantId: z.string() }).optional(),
})
const PhoneNumber = z.looseObject({ number: z.string(), userId: z.string().optional() })
const Office = z.looseObject({ id: z.string(), name: z.string(), areaCode: z.string(), isPrimary: z.boolean() })
const ApiKey = z.looseObject({
  name: z.string(),
  last4: z.string(),
  expiresAt: z.string().optional(),
  lastUsedAt: z.string().optional(),
  revokedAt: z.string().optional(),
})
const Group = z.looseObject({ id: z.string(), displayName: z.string() })
const Member = z.looseObject({ groupId: z.string(), userId: z.string() })
const Company = z.looseObject({
  name: z.string(),
  domains: z.array(z.string()),
  microsoftTenantId: z.string().optional(),
  saml: z
    .looseObject({ provider: z.string(), certificate: z.string(), idpSsoUrl: z.string(), idpEntityId: z.string() })
    .optional(),
})

export type DialpadPerson = z.infer<typeof User> & {
  readonly office: string
  readonly numbers: readonly string[]
  /** Names of directory groups. */
  readonly groups: readonly string[]
}

/** Dialpad's state at one moment, in the words a check speaks. */
export interface DialpadPicture {
  readonly companies: readonly z.infer<typeof Company>[]
  readonly offices: readonly z.infer<typeof Office>[]
  readonly keys: readonly z.infer<typeof ApiKey>[]
  readonly groups: readonly string[]
  /** By primary address, without case, or by id; deleted people too. */
  person(emailOrId: string): DialpadPerson | undefined
  /** Licences of an office in use: people active or pending. */
  seatsTaken(office: string): number
}

export async function pictureDialpad(client: ControlClient): Promise<DialpadPicture> {
  const records = await lookAt(client)
  const users = records.of('users', User)
  const offices = records.of('offices', Office)
  const numbers = records.of('numbers', PhoneNumber)
  const groups = records.of('groups', Group)
  const members = records.of('groupMembers', Member)
  return {
    companies: records.of('companies', Company),
    offices,
    keys: records.of('apiKeys', ApiKey),
    groups: groups.map((group) => group.displayName),
    person(who) {
      const user = users.find(({ id, emails }) => id === who || emails[0]?.toLowerCase() === who.toLowerCase())
      if (user === undefined) return undefined
      const isIn = new Set(members.filter((pair) => pair.userId === user.id).map((pair) => pair.groupId))
      return {
        ...user,
        office: offices.find((office) => office.id === user.officeId)?.name ?? user.officeId,
        numbers: numbers.filter((number) => number.userId === user.id).map((number) => number.number),
        groups: groups.filter((group) => isIn.has(group.id)).map((group) => group.displayName),
      }
    },
    seatsTaken(office) {
      const id = offices.find((each) => each.name === office)?.id
      return users.filter((user) => user.officeId === id && (user.state === 'active' || user.state === 'pending'))
        .length
    },
  }
}
