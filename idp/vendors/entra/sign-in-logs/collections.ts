import type { CollectionSpecs } from '#kit/store/store.ts'
import type { SignInEntry, SignInLogShape } from './records.ts'

/** How entries are found: by the list they are in, and what a filter names exactly. All values begin with the tenant. */
export const SIGN_IN_LOG_COLLECTIONS: CollectionSpecs<SignInLogShape> = {
  signInLogs: {
    indexes: {
      kind: (entry) => `${entry.tenantId}/${entry.kind}`,
      user: (entry) => filed(entry, entry.user?.id),
      app: (entry) => `${entry.tenantId}/${entry.app.appId}`,
      code: (entry) => `${entry.tenantId}/${entry.errorCode}`,
      status: (entry) => `${entry.tenantId}/${entry.status}`,
      correlation: (entry) => `${entry.tenantId}/${entry.correlationId}`,
      id: (entry) => `${entry.tenantId}/${entry.id}`,
    },
  },
  signInLogCounter: {},
}

function filed({ tenantId }: SignInEntry, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${tenantId}/${value}`
}
