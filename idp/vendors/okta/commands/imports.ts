import { appUserOf } from '../assignments/settle.ts'
import { loginOfAccount } from '../provisioning/import-match.ts'
import type { ImportRow, ImportRun } from '../provisioning/records.ts'
import { confirmRow, removeMissing, runImport } from '../provisioning/run-import.ts'
import { type Actor, type CommandDeps, mustAdminister } from './actor.ts'
import { inChange } from './in-change.ts'
import { connected, knownUser } from './known.ts'
import { notFound, OktaRefusal } from './refusal.ts'

/** Import tab (reference sheet 1.10). */

/** "Import Now": reads the app and answers when everything is read. @throws {OktaRefusal} E0000001 while the integration is off. */
export async function importNow(
  { system }: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<ImportRun> {
  const by = mustAdminister(system.store, actor, 'apps')
  const run = await runImport(system, connected(system.store, appId), by, false)
  system.journal.record({
    kind: 'state',
    title: `Import: ${run.state.toLowerCase()}`,
    subject: appId,
    change: { type: 'import', id: appId, after: run },
  })
  system.schedule.touch()
  return run
}

/** What becomes of a ticked row. */
export type ImportDecision =
  | { readonly externalId: string; readonly kind: 'join'; readonly userId: string }
  | { readonly externalId: string; readonly kind: 'new' }
  | { readonly externalId: string; readonly kind: 'ignore' }

export interface ImportDecisions {
  readonly appId: string
  readonly decisions: readonly ImportDecision[]
  /** "Auto-activate users after confirmation". */
  readonly activate: boolean
}

/** "Confirm Assignments". @returns how many were joined. @throws {OktaRefusal} E0000007 for an unknown row or person, E0000001. */
export function confirmImport(
  deps: CommandDeps,
  actor: Actor,
  { appId, decisions, activate }: ImportDecisions,
): Promise<number> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      const app = connected(tx, appId)
      let joined = 0
      for (const decision of decisions) {
        const key = `${appId}/${decision.externalId}`
        const row: ImportRow | undefined = tx.get('importRows', key)
        if (row === undefined) throw notFound('ImportedUser', decision.externalId)
        if (decision.kind === 'ignore') {
          const { userId: _, ...rest } = row
          tx.put('importRows', key, { ...rest, match: 'ignore' })
          continue
        }
        const userId = decision.kind === 'join' ? knownUser(tx, decision.userId).id : undefined
        const login = loginOfAccount(change, app, row)
        if (userId === undefined && tx.find('users', 'login', login.toLowerCase()).length > 0) {
          throw new OktaRefusal(
            'E0000001',
            `There is an Okta user called ${login} already: choose that person instead.`,
          )
        }
        if (userId !== undefined && appUserOf(tx, appId, userId)?.externalId !== undefined) {
          throw new OktaRefusal(
            'E0000001',
            `The person chosen for ${row.userName} has an account in ${app.label} already.`,
          )
        }
        confirmRow(change, app, row, userId, activate)
        joined += 1
      }
      return joined
    },
    (count) => ({
      title: `${count} imported people were confirmed`,
      subject: appId,
      change: { type: 'import', id: appId },
    }),
  )
}

/** Go past the import safeguard: those held back lose the app. @returns how many. @throws {OktaRefusal} E0000001 without a roadblock. */
export function resumeImport(deps: CommandDeps, actor: Actor, { appId }: { readonly appId: string }): Promise<number> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      const app = connected(tx, appId)
      const run = tx.get('importRuns', appId)
      if (run?.state !== 'ROADBLOCK') throw new OktaRefusal('E0000001', 'No import is held back.')
      const held = (run.heldBack ?? []).flatMap((id) => tx.get('appUsers', id) ?? [])
      removeMissing(change, app, held)
      const { heldBack: _, error: __, users, ...rest } = run
      tx.put('importRuns', appId, {
        ...rest,
        state: 'DONE',
        ...(users === undefined ? {} : { users: { ...users, removed: held.length } }),
      })
      return held.length
    },
    (count) => ({
      title: `An import was resumed: ${count} people removed`,
      subject: appId,
      change: { type: 'import', id: appId },
    }),
  )
}

/** "Clear Unconfirmed Users". @returns how many rows went. */
export function clearUnconfirmed(
  deps: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<number> {
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx }) => {
      const keys = [...tx.findKeys('importRows', 'app', appId)]
      for (const key of keys) tx.delete('importRows', key)
      return keys.length
    },
    (count) => ({
      title: `${count} unconfirmed people were cleared`,
      subject: appId,
      change: { type: 'import', id: appId },
    }),
  )
}
