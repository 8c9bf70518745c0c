import type { DirectoryUser } from '#idp/core/directory/records.ts'

/** What client libraries tell accounts apart by, asked for with `client_info=1`: the account and its tenant, as JSON in base64url. */
export function clientInfoOf({ id, tenantId }: DirectoryUser): string {
  return Buffer.from(JSON.stringify({ uid: id, utid: tenantId })).toString('base64url')
}
