import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, expect, test } from 'vitest'
import { createFittedMessages } from './fitted-messages.ts'

const messages = createFittedMessages()
const app = express()
app.get('/hello', (_req, res) => {
  res.json({ hello: 'world' })
})
const seen: object[][] = []
const server = createServer(messages.options, (req, res) => {
  seen.push([Object.getPrototypeOf(req), Object.getPrototypeOf(res)])
  app(req, res)
})
afterEach(() => new Promise((settle) => server.close(settle)))

test('messages are born with the prototypes of the app, so that Express finds nothing to exchange', async () => {
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hello`
  const ask = async (): Promise<unknown> => (await fetch(address)).json()

  expect(await ask()).toEqual({ hello: 'world' })
  messages.fit(app)
  expect(await ask()).toEqual({ hello: 'world' })
  messages.fit((_req, res) => res.end())
  expect(await ask()).toEqual({ hello: 'world' })

  const own = [IncomingMessage.prototype, ServerResponse.prototype]
  expect(seen[0]?.map((each, at) => each === own[at])).toEqual([true, true])
  expect(seen[1]?.map((each, at) => each === [app.request, app.response][at])).toEqual([true, true])
  expect(seen[2]?.map((each, at) => each === own[at])).toEqual([true, true])
})
