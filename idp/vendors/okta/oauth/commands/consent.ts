import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaSystem } from '../../collections.ts'
import { inOwnChange } from '../../commands/in-change.ts'
import { knownApp, knownUser } from '../../commands/known.ts'
import { appTarget, recordEvent, userTarget } from '../../system-log/record-event.ts'
import { consentKey, type ScopeGrant } from '../records.ts'

/** Somebody allows a client scopes of a server; those they have allowed before stay. */
export async function allowScopes(
  system: OktaSystem,
  { scopes, ...given }: Pick<ScopeGrant, 'serverId' | 'clientId' | 'userId'> & { readonly scopes: readonly string[] },
): Promise<void> {
  await inOwnChange(
    { system },
    given.userId,
    ({ tx, clock, actor }) => {
      const created = clock.iso()
      for (const scope of scopes) {
        const grant = { ...given, scope, created }
        const key = consentKey(grant)
        if (!tx.has('scopeGrants', key)) {
          tx.put('scopeGrants', key, { ...grant, id: lettersOf(nextIdSeed(tx), 'oag', 17) })
        }
      }
      const app = knownApp(tx, given.clientId)
      const target = [userTarget(knownUser(tx, given.userId)), appTarget(app)]
      recordEvent(tx, clock, {
        eventType: 'app.oauth2.as.consent.grant',
        actor,
        target,
        debugData: { requestedScopes: scopes.join(' ') },
      })
      return app
    },
    (app) => ({
      title: `${app.label} was allowed ${scopes.join(', ')}`,
      subject: app.label,
      change: { type: 'consent', id: `${app.id}/${given.userId}` },
    }),
  )
}
