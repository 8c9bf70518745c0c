import type { OktaWriter } from '../collections.ts'

/** What authorization servers know of an app that is deleted: what people allowed it, and the policies that name it. */
export function forgetClient(tx: OktaWriter, appId: string): void {
  for (const key of [...tx.findKeys('scopeGrants', 'client', appId)]) tx.delete('scopeGrants', key)
  for (const [key, policy] of [...tx.entries('accessPolicies')]) {
    if (policy.clients === 'ALL_CLIENTS' || !policy.clients.includes(appId)) continue
    tx.put('accessPolicies', key, { ...policy, clients: policy.clients.filter((id) => id !== appId) })
  }
}
