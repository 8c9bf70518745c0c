import { z } from 'zod'

/** The records of Dialpad a diagnosis reads, in the form the control API gives them: what is not said here does not matter to it. */

const Text = z.string()

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
