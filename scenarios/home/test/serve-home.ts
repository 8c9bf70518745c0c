import { createApp, finishApp } from '#kit/http/create-app.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { SystemSpec } from '#kit/system/system.ts'
import { type Answer, call } from '#kit/test/call.ts'
import { createHome } from '../app.tsx'
import { type MailPort, openMailPort } from '../mail/mail-port.ts'
import { receiveMail } from '../mail/receive-mail.ts'
import type { HomeShape } from '../records.ts'
import { HOME_SPEC } from '../spec.ts'

/** A system small enough to stand in for a product: it keeps what it is sent. */
export type TinyShape = { notes: { readonly id: string } }

const tinySpec = (name: string): SystemSpec<TinyShape> => ({
  name,
  collections: { notes: {} },
  operations: ['notes.list'],
  ledger: [
    {
      id: `FID-${name.toUpperCase()}-1`,
      behaviour: 'Keeps notes.',
      fidelity: 'assumed',
      source: 'none published',
      switch: { id: 'order', values: ['new', 'old'], default: 'new' },
    },
  ],
  seed(tx, { world }) {
    tx.put('notes', 'seeded', { id: world })
  },
  resetOptions: {
    keepApiKeys(before, tx) {
      for (const [id, note] of before.entries('notes')) if (id.startsWith('key')) tx.put('notes', id, note)
    },
  },
})

export interface Tiny {
  readonly system: OpenedSystem<TinyShape>
  readonly url: string
  stop(): Promise<void>
}

export interface ServedHome {
  readonly home: OpenedSystem<HomeShape>
  readonly url: string
  readonly smtpPort: number
  /** `entra` and `dialpad`, as far as tests go. */
  readonly entra: Tiny
  readonly dialpad: Tiny
  close(): Promise<void>
}

export interface ServeOptions {
  /** Wall clock of every system; the real one unless told. */
  readonly wall?: () => number
  readonly patienceMs?: number
}

/** The home and two tiny systems behind real sockets, all in memory. */
export async function serveHome({ wall, patienceMs }: ServeOptions = {}): Promise<ServedHome> {
  const names = ['kit', 'entra', 'dialpad'] as const
  const listeners = await Promise.all(
    names.map((system) => listen({ system, host: '127.0.0.1', port: 0, variable: `${system.toUpperCase()}_PORT` })),
  )
  const listenerOf = (name: (typeof names)[number]): Listener => {
    const listener = listeners[names.indexOf(name)]
    if (listener === undefined) throw new Error(`Nothing listens for ${name}.`)
    return listener
  }
  const urls = Object.fromEntries(names.map((name) => [name, `http://localhost:${listenerOf(name).port}`]))
  const options = { dataDir: null, world: 'brightwave', urls, ...(wall === undefined ? {} : { wall }) }
  const mail: MailPort = await openMailPort({ host: '127.0.0.1', port: 0 })

  async function serveTiny(name: 'entra' | 'dialpad'): Promise<Tiny> {
    const system = await openSystem(tinySpec(name), options)
    const app = createApp(system)
    app.get('/notes', (_req, res) => {
      res.json({ notes: [...system.store.entries('notes')].map(([id]) => id) })
    })
    listenerOf(name).attach(finishApp(app, { report: () => undefined }))
    return { system, url: urls[name] ?? '', stop: () => listenerOf(name).close() }
  }

  const [entra, dialpad] = [await serveTiny('entra'), await serveTiny('dialpad')]
  const home = await openSystem(HOME_SPEC, options)
  mail.onMessage((message) => receiveMail(home, message))
  listenerOf('kit').attach(createHome(home, patienceMs === undefined ? {} : { patienceMs }).handler)
  return {
    home,
    url: urls['kit'] ?? '',
    smtpPort: mail.port,
    entra,
    dialpad,
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()))
      await mail.close()
      for (const system of [home, entra.system, dialpad.system]) await system.close()
    },
  }
}

/** One page after the other, as a browser without scripts has them: cookies kept, forms sent with their token. */
export interface Visitor {
  get(path: string): Promise<Answer>
  /** Send a form from the page last seen, then follow the redirect. `token: false` leaves the token out. */
  post(path: string, fields?: Readonly<Record<string, string>>, options?: PostOptions): Promise<Answer>
}

export interface PostOptions {
  readonly origin?: string
  readonly token?: false
}

export function visitorOf(url: string): Visitor {
  let cookie = ''
  let token = ''

  async function send(path: string, options: Parameters<typeof call>[1] = {}): Promise<Answer> {
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...options.headers }
    const answer = await call(`${url}${path}`, { ...options, headers })
    const [set] = answer.headers['set-cookie'] ?? []
    if (set !== undefined) cookie = set.split(';')[0] ?? ''
    token = /name="_csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? token
    const { location } = answer.headers
    return answer.status === 303 && location !== undefined ? send(location) : answer
  }

  return {
    get: (path) => send(path),
    async post(path, fields = {}, options = {}) {
      if (token === '') await send('/worlds')
      const body = new URLSearchParams({ ...fields, ...(options.token === false ? {} : { _csrf: token }) }).toString()
      return send(path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: options.origin ?? url },
      })
    },
  }
}
