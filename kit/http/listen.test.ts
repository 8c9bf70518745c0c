import { afterEach, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { type Listener, ListenFailed, listen } from './listen.ts'

const opened: Listener[] = []
afterEach(async () => {
  for (const listener of opened.splice(0)) await listener.close()
})

async function open(port = 0): Promise<Listener> {
  const listener = await listen({ system: 'sample', host: '127.0.0.1', port, variable: 'SAMPLE_PORT' })
  opened.push(listener)
  return listener
}

describe('listen', () => {
  test('says that it is starting until a handler is attached', async () => {
    const listener = await open()
    const url = `http://127.0.0.1:${listener.port}/_kit/health`
    const early = await call(url)
    expect([early.status, early.json()]).toEqual([503, { status: 'starting', system: 'sample' }])
    listener.attach((_req, res) => res.end('ready'))
    expect((await call(url)).text).toBe('ready')
  })

  test('a port in use is told with the variable to change', async () => {
    const { port } = await open()
    await expect(open(port)).rejects.toThrow(
      new ListenFailed(
        `sample cannot start: port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another port with SAMPLE_PORT.`,
      ),
    )
  })

  test('an address that is not ours is told', async () => {
    await expect(listen({ system: 'sample', host: '203.0.113.1', port: 0, variable: 'SAMPLE_PORT' })).rejects.toThrow(
      'Change HOST',
    )
  })

  test('closing ends connections that are still open', async () => {
    const listener = await open()
    const pending = call(`http://127.0.0.1:${listener.port}/`)
    let reached = (): void => undefined
    const reachedPromise = new Promise<void>((settle) => {
      reached = settle
    })
    listener.attach(() => reached())
    await reachedPromise
    await listener.close()
    await expect(pending).rejects.toThrow()
  })
})
