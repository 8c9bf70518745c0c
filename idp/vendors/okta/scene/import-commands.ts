import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import type { OktaApp } from '../apps/records.ts'
import { clearUnconfirmed, confirmImport, type ImportDecision, importNow, resumeImport } from '../commands/imports.ts'
import type { ImportRow } from '../provisioning/records.ts'
import { appNamed, personNamed } from './find.ts'
import { KIT, oktaCommand, type SceneDeps } from './okta-command.ts'

const app = z.string().optional()
const OfApp = z.strictObject({ app })

/** The Import tab of an app. */
export function importCommands(deps: SceneDeps) {
  return [
    oktaCommand(
      'import-now',
      'Import Now: reads the people and groups of the app, and waits for the end.',
      OfApp,
      async (input) => {
        const { state, users, groups, error } = await importNow(deps, KIT, { appId: appNamed(deps, input.app).id })
        return {
          state,
          ...(users === undefined ? {} : { users }),
          ...(groups === undefined ? {} : { groups }),
          ...(error === undefined ? {} : { error }),
        }
      },
    ),
    oktaCommand(
      'confirm-import',
      'Confirm Assignments: the rows named, or all of them as they are proposed.',
      z.strictObject({
        decisions: z
          .array(
            z.strictObject({
              /** User name of the imported account, or its id in the app. */
              account: z.string(),
              /** `new`, `ignore`, or the person it belongs to. */
              as: z.string(),
            }),
          )
          .optional(),
        /** Auto-activate users after confirmation. */
        activate: z.boolean().default(false),
        app,
      }),
      async ({ decisions, activate, app: name }) => {
        const target = appNamed(deps, name)
        const rows = deps.system.store.find('importRows', 'app', target.id)
        const decided =
          decisions === undefined
            ? rows.flatMap(proposed)
            : decisions.map(({ account, as }) => decisionOf(deps, rowOf(rows, target, account), as))
        return { confirmed: await confirmImport(deps, KIT, { appId: target.id, decisions: decided, activate }) }
      },
    ),
    oktaCommand(
      'resume-import',
      'Goes past the import safeguard: those it held back lose the app.',
      OfApp,
      async (input) => ({ removed: await resumeImport(deps, KIT, { appId: appNamed(deps, input.app).id }) }),
    ),
    oktaCommand('clear-unconfirmed', 'Clears the rows nobody has confirmed.', OfApp, async (input) => ({
      cleared: await clearUnconfirmed(deps, KIT, { appId: appNamed(deps, input.app).id }),
    })),
  ]
}

function proposed({ externalId, match, userId }: ImportRow): readonly ImportDecision[] {
  if (match === 'ignore') return []
  return [userId === undefined ? { externalId, kind: 'new' } : { externalId, kind: 'join', userId }]
}

function decisionOf(deps: SceneDeps, { externalId }: ImportRow, as: string): ImportDecision {
  if (as === 'new' || as === 'ignore') return { externalId, kind: as }
  return { externalId, kind: 'join', userId: personNamed(deps, as).id }
}

function rowOf(rows: readonly ImportRow[], { label }: OktaApp, account: string): ImportRow {
  const row = rows.find((each) => each.externalId === account || each.userName.toLowerCase() === account.toLowerCase())
  if (row !== undefined) return row
  throw new Refusal('unknown_account', 404, `No account "${account}" of ${label} waits for confirmation.`, {
    hint: 'Import with import-now first.',
  })
}
