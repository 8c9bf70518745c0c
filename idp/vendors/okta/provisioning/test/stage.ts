import { openScimTarget, type ScimTarget, type SeenRequest } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import type { AppUser, OktaApp, ToAppSettings } from '../../apps/records.ts'
import { appUserOf } from '../../assignments/settle.ts'
import type { OktaSystem, OktaUser } from '../../collections.ts'
import type { Actor, CommandDeps } from '../../commands/actor.ts'
import { addApp, editSignOn } from '../../commands/apps.ts'
import { saveApiIntegration, saveToApp } from '../../commands/integration.ts'
import { oktaUserIdOf } from '../../world.ts'
import type { OktaTask } from '../records.ts'
import type { RunSummary } from '../runner.ts'
import { createOktaProvisioning } from '../service.ts'
import { openMemorySystem } from './open-memory-system.ts'

export const KIT: Actor = { kind: 'kit' }

export const ALL_ON: ToAppSettings = {
  createUsers: true,
  updateAttributes: true,
  deactivateUsers: true,
  syncPassword: true,
  passwordSource: 'OKTA',
}

/** An org with one app whose target is a SCIM server that shares no code with this project. */
export interface Stage {
  readonly system: OktaSystem
  readonly deps: CommandDeps
  readonly target: ScimTarget
  /** Add the app of that catalog entry, connect it, and switch features on. */
  connect(options?: {
    readonly catalogKey?: string
    readonly toApp?: Partial<ToAppSettings>
    readonly importGroups?: boolean
  }): Promise<OktaApp>
  /** Run the queue to its end. */
  run(): Promise<RunSummary>
  /** What was sent since the last look: `METHOD path`. */
  sent(): readonly string[]
  /** The same requests, whole. */
  seen(): readonly SeenRequest[]
  user(handle: string): OktaUser
  row(app: OktaApp, handle: string): AppUser | undefined
  tasks(): readonly OktaTask[]
  events(): readonly string[]
  advance(seconds: number): Promise<void>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const target = await openScimTarget()
  const system = await openMemorySystem(new URL(target.url).origin)
  const provisioning = createOktaProvisioning(system)
  const deps: CommandDeps = { system }
  let looked = 0
  const seen = (): readonly SeenRequest[] => {
    const fresh = target.requests.slice(looked)
    looked = target.requests.length
    return fresh
  }
  return {
    system,
    deps,
    target,
    async connect({ catalogKey = 'dialpad', toApp = {}, importGroups = true } = {}) {
      const own = catalogKey === 'scim' ? { baseUrl: target.url } : {}
      const app = await addApp(deps, KIT, { catalogKey, label: catalogKey === 'scim' ? 'Phones' : 'Dialpad', ...own })
      await editSignOn(deps, KIT, {
        appId: app.id,
        patch: { usernameTemplate: { format: 'email', pushStatus: 'PUSH' } },
      })
      const token = catalogKey === 'scim' ? `Bearer ${TARGET_TOKEN}` : TARGET_TOKEN
      const test = await saveApiIntegration(deps, KIT, { appId: app.id, enabled: true, token, importGroups })
      if (!test.ok) throw new Error(test.message)
      const connected = await saveToApp(deps, KIT, { appId: app.id, settings: { ...ALL_ON, ...toApp } })
      seen()
      return connected
    },
    run: async () => {
      await provisioning.rules.runDue()
      return provisioning.runner.runDue()
    },
    seen,
    sent: () => seen().map(({ method, url }) => `${method} ${decodeURIComponent(url)}`),
    user(handle) {
      const user = system.store.get('users', oktaUserIdOf(handle))
      if (user === undefined) throw new Error(`Nobody is called ${handle}.`)
      return user
    },
    row: (app, handle) => appUserOf(system.store, app.id, oktaUserIdOf(handle)),
    tasks: () => system.store.find('tasks', 'status', 'OPEN'),
    events: () => Array.from(system.store.entries('systemLog'), ([, event]) => event.eventType),
    async advance(seconds) {
      await system.control.moveClock({ kind: 'advance', duration: `PT${seconds}S` })
    },
    async close() {
      await provisioning.stop()
      await system.close()
      await target.close()
    },
  }
}
