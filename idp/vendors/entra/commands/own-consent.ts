import { revokePermissions } from '#idp/core/directory/grants.ts'
import type { OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import { consentsTo } from '../sign-in/consents-to.ts'
import { type CommandDeps, standingOf } from './actor.ts'
import { journalChange } from './journal-change.ts'

/**
 * A person takes back everything they consented to for an app themselves; no role is needed. They are asked again at the next sign-in.
 * Consents on behalf of the organization stay, and tokens already issued hold until they end.
 *
 * @returns what was taken back; nothing when there was nothing, as after a second click.
 * @throws {Refusal} `signed_out` (401) when the person is gone or blocked.
 */
export async function revokeOwnConsent(
  { system }: CommandDeps,
  userId: string,
  { appId }: { readonly appId: string },
): Promise<readonly OAuth2PermissionGrant[]> {
  const { revoked, app, subject } = await system.store.transact((tx) => {
    const standing = standingOf(tx, { kind: 'person', userId })
    const { own } = consentsTo(tx, userId, appId)
    const principal = tx.get('servicePrincipals', appId)
    for (const grant of own) {
      revokePermissions(tx, standing.tenant.id, grant.id)
      const scope = { name: 'DelegatedPermissionGrant.Scope', oldValue: JSON.stringify(grant.scope), newValue: null }
      recordAudit(tx, system.clock, {
        tenantId: standing.tenant.id,
        activity: 'Remove delegated permission grant',
        initiatedBy: initiatorOf(tx, standing),
        targets: principal === undefined ? [] : [appTarget(principal, [scope])],
      })
    }
    return { revoked: own, app: principal, subject: tx.get('users', userId)?.userPrincipalName ?? userId }
  })
  for (const grant of revoked) {
    journalChange(system, {
      title: `${subject} took back their consent to ${app?.displayName ?? appId}`,
      subject,
      change: { type: 'permission-grant', id: grant.id, before: grant },
    })
  }
  return revoked
}
