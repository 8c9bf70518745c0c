import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SYSTEM_ADDRESSES } from '#contract/addresses.ts'
import { freePorts } from '#kit/test/free-ports.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type Server, startServer } from './processes.ts'
import { callControl } from './provisioning-stage.ts'
import type { BenchOptions, Line, Row } from './row.ts'

/** The event-driven service: a group of everybody is assigned by the pages of the console, and the queue runs to its end. */

const PEOPLE = 10_000
const ADMINISTRATOR = 'marta.silva@brightwave.example'

interface OrgStage {
  readonly idp: Server
  readonly dialpad: Server
  readonly origin: string
  readonly pages: Visitor
  /** Address of the dialog that assigns everybody. */
  readonly assignPath: string
  stop(): Promise<void>
}

/** Both systems as they ship, the app added and connected, every feature on but passwords, nobody assigned. */
async function openOrgStage(people: number, { scratch, progress }: BenchOptions): Promise<OrgStage> {
  const ports = await freePorts(SYSTEM_ADDRESSES.length + 1)
  const env = Object.fromEntries(SYSTEM_ADDRESSES.map(({ name }, at) => [`${name.toUpperCase()}_PORT`, `${ports[at]}`]))
  const shared = { ...env, SMTP_PORT: `${ports.at(-1)}`, HOST: '127.0.0.1', WORLD: `scale:${people}` }
  const folder = (name: string): string => mkdtempSync(join(scratch, `${name}-`))
  const running: Server[] = []
  const stop = async (): Promise<void> => {
    for (const server of running.splice(0)) await server.stop()
  }
  try {
    progress(`starting both with ${people.toLocaleString('en')} people`)
    const dialpad = await startServer(['dist/dialpad-sandbox/main.js'], { ...shared, DATA_DIR: folder('dialpad') })
    running.push(dialpad)
    const idp = await startServer(['dist/idp/main.js'], { ...shared, DATA_DIR: folder('idp') })
    running.push(idp)
    const { secret } = await callControl(dialpad.origin, '/api-keys', { name: 'Okta' })
    const origin = `http://127.0.0.1:${env['OKTA_PORT']}`
    const pages = createVisitor(origin)
    await pages.open('/admin')
    await pages.submit('/login/identify', { username: ADMINISTRATOR })
    await pages.submit('/login/verify', { password: TRAINING_PASSWORD })
    await pages.open('/admin/apps/add-app/dialpad/settings')
    await pages.submit('/settings', { label: 'Dialpad' })
    const at = pages.path.replace(/\/assignments$/, '')
    await pages.open(`${at}/signon/edit`)
    await pages.submit('/signon/edit', { format: 'email' })
    await pages.open(`${at}/provisioning/integration/edit`)
    const token = String(secret)
    await pages.submit('/integration/edit', { enabled: 'true', importGroups: 'true', token, do: 'save' })
    await pages.open(`${at}/provisioning/to-app/edit`)
    await pages.submit('/to-app/edit', { createUsers: 'true', updateAttributes: 'true', deactivateUsers: 'true' })
    await pages.open(`${at}/assignments/assign/groups?q=Everyone`)
    const assignPath = pages.linkTo('Assign Everyone')
    if (assignPath === undefined) throw new Error(`The group of everybody is not offered: ${pages.text}`)
    return { idp, dialpad, origin, pages, assignPath, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** An impatient person: twenty pages a second. */
const BETWEEN_PAGES_MS = 50

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

const ASSIGN_GROUP: Row = {
  name: 'okta-group',
  goal: '10,000 people assigned by one group, end to end into Dialpad; pages answer meanwhile',
  async measure(options): Promise<readonly Line[]> {
    const stage = await openOrgStage(PEOPLE, options)
    try {
      const { idp, dialpad, origin, pages, assignPath } = stage
      const cpuBefore = [idp.cpuMs(), dialpad.cpuMs()] as const
      options.progress('assigning everybody')
      const begun = performance.now()
      let isOver = false
      const times: number[] = []
      const work = (async () => {
        await pages.open(assignPath)
        await pages.submit(assignPath)
        const assignedMs = performance.now() - begun
        for (let waiting = 1; waiting > 0; ) waiting = Number((await callControl(origin, '/jobs/run', {}))['waiting'])
        return assignedMs
      })().finally(() => {
        isOver = true
      })
      const visitor = createVisitor(origin)
      while (!isOver) {
        const asked = performance.now()
        await visitor.open('/login/login.htm')
        times.push(performance.now() - asked)
        await pause(BETWEEN_PAGES_MS)
      }
      const assignedMs = await work
      const wallMs = performance.now() - begun
      const answer = await fetch(`${origin}/_kit/summary`)
      const { line } = (await answer.json()) as { line: string }
      if (!/(\d+) assigned, \1 provisioned/.test(line)) throw new Error(line)
      const cpu = `idp ${seconds(idp.cpuMs() - cpuBefore[0])}, dialpad ${seconds(dialpad.cpuMs() - cpuBefore[1])}`
      const longest = Math.max(...times).toFixed(0)
      return [
        {
          row: 'okta-group',
          at: `${PEOPLE.toLocaleString('en')} users`,
          value: seconds(wallMs),
          note: `assigned after ${seconds(assignedMs)}; longest page ${longest} ms of ${times.length}; CPU: ${cpu}; ${line}`,
        },
      ]
    } finally {
      await stage.stop()
    }
  },
}

export const OKTA_ROWS: readonly Row[] = [ASSIGN_GROUP]
