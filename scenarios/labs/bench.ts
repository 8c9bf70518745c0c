import type { SystemName } from '#contract/addresses.ts'
import { COMPANY } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { createPlainBrowser } from '#scenarios/runner/plain/plain-browser.ts'
import { createPlainDesk } from '#scenarios/runner/plain/plain-desk.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Desk } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'

export type Fields = Readonly<Record<string, unknown>>
type Product = Exclude<SystemName, 'kit'>

/** What breaking and mending needs: scripts of an administrator, pages without a browser, the control API. */
export interface Bench extends KitAccess {
  /** A call of the directory's own API, with the rights of the sample app. @throws when it is refused. */
  graph(method: string, path: string, body?: unknown): Promise<Fields>
  /** The org's console, signed in, at its dashboard. */
  console(): Promise<Desk>
  /** A command of Dialpad's portal. */
  dialpad(command: string, input: object): Promise<Fields>
  records(system: Product, collection: string): Promise<readonly Fields[]>
  /** Change the records of a collection that `change` answers for; the others stay. */
  edit(system: Product, collection: string, change: (record: Fields) => Fields | undefined): Promise<void>
  /** Add records. */
  add(system: Product, collection: string, records: Readonly<Record<string, Fields>>): Promise<void>
  /** Move the clock of all systems: what falls due runs before this returns. */
  pass(duration: string): Promise<void>
  /** Let one cycle of Entra go by. */
  cycle(): Promise<void>
  /** Let the org send what is queued. */
  send(): Promise<void>
}

/** Address of somebody, by handle. */
export const at = (handle: string): string => `${handle}@${COMPANY.domain}`

export function createBench(kit: KitAccess): Bench {
  let token: Promise<string> | undefined
  let desk: Desk | undefined

  async function fetchToken(): Promise<string> {
    const answer = await kit.fetch(`${kit.urls.entra}/${TENANT_ID}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: SAMPLE_WEB_APP.appId,
        client_secret: SAMPLE_WEB_APP.secret,
        scope: 'https://graph.microsoft.com/.default',
      }),
    })
    return ((await answer.json()) as { readonly access_token: string }).access_token
  }

  async function change(system: Product, collection: string, next: (known: Fields) => Fields): Promise<void> {
    const state = await kit.control[system].state()
    const known = (state.collections[collection] ?? {}) as Fields
    const collections = { ...state.collections, [collection]: next(known) } as typeof state.collections
    await kit.control[system].putState({ ...state, collections })
  }

  const bench: Bench = {
    ...kit,
    async graph(method, path, body) {
      token ??= fetchToken()
      const response = await kit.fetch(`${kit.urls.entra}/v1.0${path}`, {
        method,
        headers: { authorization: `Bearer ${await token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`)
      return text === '' ? {} : (JSON.parse(text) as Fields)
    },
    async console() {
      if (desk !== undefined) {
        await desk.open('/admin')
        return desk
      }
      desk = createPlainDesk(createPlainBrowser(Object.values(kit.urls), kit.fetch), kit.urls.okta, () => {})
      await desk.open('/admin')
      await signInToOkta(desk, PEOPLE.owner)
      await desk.open('/admin')
      return desk
    },
    dialpad: async (command, input) =>
      (await kit.control.dialpad.call('POST', `/commands/${command}`, input)) as Fields,
    records: async (system, collection) =>
      Object.values((await kit.control[system].state()).collections[collection] ?? {}) as readonly Fields[],
    edit: (system, collection, changed) =>
      change(system, collection, (known) =>
        Object.fromEntries(Object.entries(known).map(([key, record]) => [key, changed(record as Fields) ?? record])),
      ),
    add: (system, collection, records) => change(system, collection, (known) => ({ ...known, ...records })),
    async pass(duration) {
      await kit.control.kit.moveClock({ advance: duration })
    },
    cycle: () => bench.pass('PT41M'),
    async send() {
      await kit.control.okta.call('POST', '/jobs/run', {})
    },
  }
  return bench
}
