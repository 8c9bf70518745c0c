import type { CollectionSpecs } from '#kit/store/store.ts'
import type { SignInStateShape } from './records.ts'

export const SIGN_IN_STATE_COLLECTIONS: CollectionSpecs<SignInStateShape> = {
  authenticators: { indexes: { tenant: ({ tenantId }) => tenantId } },
  perUserMfa: { indexes: { tenant: ({ tenantId }) => tenantId } },
  signInFrequency: {},
  knownBrowsers: {},
  signInTimes: { indexes: { account: ({ accountId }) => accountId } },
}
