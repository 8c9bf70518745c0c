import { expect } from 'vitest'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { dialpadResidence } from '#dialpad/app.ts'
import { idpResidences } from '#idp/app.ts'
import { parseConfig } from '#kit/config.ts'
import { hostSystems } from '#kit/system/host-systems.ts'
import type { FaultRule } from '#kit/system/system-control.ts'
import type { Typed } from '#kit/test/browser.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { type ControlClient, createControlClient } from '#scenarios/library/control-client.ts'

/** The Okta twin and the Dialpad twin in this process, spoken to over HTTP alone: an administrator at the console, and scripts. */

export const DOMAIN = 'brightwave.example'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export type Fields = Readonly<Record<string, unknown>>

const FEATURES = ['createUsers', 'updateAttributes', 'deactivateUsers', 'syncPassword'] as const
type Feature = (typeof FEATURES)[number]

/** A request of the org to Dialpad's SCIM server. */
interface ScimCall {
  /** `PATCH /Users`, `GET /Groups`: what it is for, without whom. */
  readonly call: string
  /** Path and query below the SCIM base. */
  readonly path: string
  readonly body: Fields
}

export interface OktaStage {
  readonly okta: ControlClient
  readonly dialpad: ControlClient
  /** Signed in to the admin console. */
  readonly marta: Visitor
  /** Both systems as their worlds say; nothing has been sent. */
  resetTo(oktaWorld: string, dialpadWorld?: string): Promise<void>
  signIn(handle: string, at?: string): Promise<Visitor>
  /** Address below the app Dialpad. */
  at(path: string): Promise<string>
  /** Open a page, send its form whose action ends so, run the queue. @returns what the page says then. */
  send(path: string, actionEnd: string, typed?: Typed): Promise<string>
  /** What a page says. */
  read(path: string): Promise<string>
  run(): Promise<unknown>
  /** Move the org's clock: what falls due runs before this returns. */
  advance(duration: string): Promise<void>
  records(system: 'okta' | 'dialpad', collection: string): Promise<readonly Fields[]>
  edit(system: 'okta' | 'dialpad', collection: string, change: (record: Fields) => object): Promise<void>
  /** Somebody's account, as if changed in Dialpad by hand. */
  editAccount(handle: string, fields: Fields): Promise<void>
  userId(handle: string): Promise<string>
  groupId(name: string): Promise<string>
  /** Somebody's assignment. */
  row(handle: string): Promise<Fields | undefined>
  /** Somebody's account in Dialpad. */
  account(handle: string): Promise<Fields | undefined>
  officeOf(handle: string): Promise<unknown>
  /** Requests since the last look. */
  sent(): Promise<readonly ScimCall[]>
  fault(on: string, effect: FaultRule['effect'], times?: number): Promise<unknown>
  /** Texts of the open tasks. */
  tasks(): Promise<readonly string[]>
  /** Tick every task of a kind, and Retry Selected. */
  retry(kind: string): Promise<void>
  /** A call of Dialpad's SCIM server by somebody else. */
  scim(method: string, path: string, body?: object): Promise<Fields>
  /** Add Dialpad from the catalog, user name format Email, API integration on with this token; every feature is off still. */
  connect(token?: string): Promise<void>
  /** To App > Edit, these ticked and no others, Save. */
  tick(...features: readonly Feature[]): Promise<void>
  assign(handle: string, typed?: Typed): Promise<string>
  unassign(handle: string): Promise<void>
  /** Something of Person > More Actions. */
  lifecycle(handle: string, act: string): Promise<void>
  /** Change one attribute on somebody's Profile tab. */
  editProfile(handle: string, attribute: string, text: string): Promise<void>
  join(group: string, handle: string): Promise<void>
  leave(group: string, handle: string): Promise<void>
  /** Push Groups > Find groups by name > Save. */
  push(group: string): Promise<void>
  /** + Add Attribute in the profile of the app; with `undefined` without a namespace. */
  addAttribute(name: string, namespace: string | undefined, more?: Typed): Promise<void>
  close(): Promise<void>
}

export async function openOktaStage(): Promise<OktaStage> {
  const env: Record<string, string> = { HOST: '127.0.0.1', SMTP_PORT: '0' }
  for (const { name } of SYSTEM_ADDRESSES) env[`${name.toUpperCase()}_PORT`] = '0'
  const config = parseConfig(env, SYSTEM_ADDRESSES)
  const hosted = await hostSystems([...idpResidences(), dialpadResidence()], {
    config,
    version: '0.0.0',
    dataDir: null,
  })
  const okta = createControlClient(hosted.urls['okta'] ?? '')
  const dialpad = createControlClient(hosted.urls['dialpad'] ?? '')
  const controls = { okta, dialpad }
  let marta = createVisitor(okta.origin)
  let looked = 0

  const records: OktaStage['records'] = async (system, collection) =>
    Object.values((await controls[system].state()).collections[collection] ?? {}) as Fields[]
  const emailOf = (handle: string): string => `${handle}@${DOMAIN}`
  const appOf = async (): Promise<Fields> => {
    const app = (await records('okta', 'apps')).find(({ catalogKey }) => catalogKey === 'dialpad')
    if (app === undefined) throw new Error('There is no app.')
    return app
  }
  const at: OktaStage['at'] = async (path) => `/admin/app/dialpad/instance/${(await appOf())['id']}/${path}`
  const run = (): Promise<unknown> => okta.call('POST', '/jobs/run', {})

  const stage: OktaStage = {
    okta,
    dialpad,
    get marta() {
      return marta
    },
    async resetTo(oktaWorld, dialpadWorld = oktaWorld) {
      await okta.reset({ world: oktaWorld })
      await dialpad.reset({ world: dialpadWorld })
      marta = await stage.signIn('marta.silva', '/admin')
      looked = (await okta.journal()).items.at(-1)?.seq ?? 0
    },
    async signIn(handle, page = '/') {
      const visitor = createVisitor(okta.origin)
      await visitor.open(page)
      await visitor.submit('/login/identify', { username: emailOf(handle) })
      await visitor.submit('/login/verify', { password: TRAINING_PASSWORD })
      return visitor
    },
    at,
    async send(path, actionEnd, typed = {}) {
      await marta.open(path)
      await marta.submit(actionEnd, typed)
      expect(marta.status, marta.text).toBe(200)
      const { text } = marta
      await run()
      return text
    },
    async read(path) {
      await marta.open(path)
      return marta.text
    },
    run,
    async advance(duration) {
      await okta.moveClock({ advance: duration })
      // A session does not outlast two idle hours.
      marta = await stage.signIn('marta.silva', '/admin')
    },
    records,
    async edit(system, collection, change) {
      const state = await controls[system].state()
      const changed = Object.entries(state.collections[collection] ?? {}).map(([key, record]) => [
        key,
        change(record as Fields),
      ])
      const collections = { ...state.collections, [collection]: Object.fromEntries(changed) }
      await controls[system].putState({ ...state, collections })
    },
    editAccount: (handle, fields) =>
      stage.edit('dialpad', 'users', (user) =>
        (user['emails'] as string[])[0] === emailOf(handle) ? { ...user, ...fields } : user,
      ),
    async userId(handle) {
      const found = (await records('okta', 'users')).find(
        ({ profile }) => (profile as Fields)['login'] === emailOf(handle),
      )
      if (found === undefined) throw new Error(`Nobody in Okta is called ${handle}.`)
      return String(found['id'])
    },
    async groupId(name) {
      const found = (await records('okta', 'groups')).find((group) => group['name'] === name)
      if (found === undefined) throw new Error(`There is no group ${name}.`)
      return String(found['id'])
    },
    async row(handle) {
      const id = await stage.userId(handle)
      return (await records('okta', 'appUsers')).find(({ userId }) => userId === id)
    },
    account: async (handle) =>
      (await records('dialpad', 'users')).find(({ emails }) => (emails as string[])[0] === emailOf(handle)),
    async officeOf(handle) {
      const officeId = (await stage.account(handle))?.['officeId']
      return (await records('dialpad', 'offices')).find(({ id }) => id === officeId)?.['name']
    },
    async sent() {
      const { items } = await okta.journal({ kind: 'http-out', after: looked })
      looked = items.at(-1)?.seq ?? looked
      return items.flatMap(({ request }) => {
        const { method = '', url = '', body } = request ?? {}
        if (!url.includes('/scim/')) return []
        const path = decodeURIComponent(url.replace(/^.*\/scim/, ''))
        const kind = /^\/\w+/.exec(path)?.[0] ?? ''
        return [{ call: `${method} ${kind}`, path, body: body === undefined ? {} : (JSON.parse(body) as Fields) }]
      })
    },
    fault: (on, effect, times) => dialpad.putFaults([{ on, effect, ...(times === undefined ? {} : { times }) }]),
    tasks: async () =>
      (await records('okta', 'tasks')).filter(({ status }) => status === 'OPEN').map(({ message }) => String(message)),
    async retry(kind) {
      const open = (await records('okta', 'tasks')).filter((task) => task['status'] === 'OPEN' && task['kind'] === kind)
      await marta.open('/admin/tasks')
      const _csrf = marta.valueOf('_csrf') ?? ''
      await marta.post('/admin/tasks', { _csrf, kind, do: 'retry', taskId: open.map(({ id }) => String(id)) })
      expect(marta.text).toContain('will be tried again')
      await run()
    },
    async scim(method, path, body) {
      const answer = await fetch(`${dialpad.origin}/scim${path}`, {
        method,
        headers: { authorization: `Bearer ${CONNECTED_API_KEY}`, 'content-type': 'application/scim+json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return text === '' ? {} : (JSON.parse(text) as Fields)
    },
    async connect(token = CONNECTED_API_KEY) {
      await stage.send('/admin/apps/add-app/dialpad/settings', '/settings', { label: 'Dialpad' })
      await stage.send(await at('signon/edit'), '/signon/edit', { format: 'email' })
      const typed = { enabled: 'true', importGroups: 'true', token, do: 'save' }
      await stage.send(await at('provisioning/integration/edit'), '/integration/edit', typed)
    },
    async tick(...features) {
      const typed = Object.fromEntries(FEATURES.map((each) => [each, features.includes(each) ? 'true' : undefined]))
      await stage.send(await at('provisioning/to-app/edit'), '/to-app/edit', typed)
    },
    async assign(handle, typed = {}) {
      const id = await stage.userId(handle)
      return stage.send(await at(`assignments/assign/people/${id}`), `/assign/people/${id}`, typed)
    },
    async unassign(handle) {
      const id = (await stage.row(handle))?.['id']
      await stage.send(await at(`assignments/user/${id}/unassign`), '/unassign')
    },
    async lifecycle(handle, act) {
      await stage.send(`/admin/user/${await stage.userId(handle)}/${act}`, `/${act}`)
    },
    async editProfile(handle, attribute, text) {
      const id = await stage.userId(handle)
      await stage.send(`/admin/user/${id}/profile/edit`, '/profile/edit', { [`attribute.${attribute}`]: text })
    },
    async join(group, handle) {
      const page = `/admin/group/${await stage.groupId(group)}/people/assign`
      await marta.open(page)
      const _csrf = marta.valueOf('_csrf') ?? ''
      await marta.post(page, { _csrf, userId: await stage.userId(handle) })
      expect(marta.text).toContain(`was assigned to ${group}.`)
      await run()
    },
    async leave(group, handle) {
      const page = `/admin/group/${await stage.groupId(group)}/people/${await stage.userId(handle)}/remove`
      await stage.send(page, '/remove')
    },
    async push(group) {
      const typed = { groupId: await stage.groupId(group), action: 'create', do: 'save' }
      await stage.send(await at('push/by-name'), '/by-name', typed)
    },
    async addAttribute(name, namespace, more = {}) {
      await stage.send(`/admin/profile-editor/${(await appOf())['id']}/add`, '/add', {
        type: 'string',
        title: name,
        name,
        externalName: name,
        externalNamespace: namespace ?? '',
        do: 'save',
        ...more,
      })
    },
    close: hosted.close,
  }
  return stage
}
