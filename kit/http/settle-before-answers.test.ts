import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, test } from 'vitest'
import { settleBeforeAnswers } from './settle-before-answers.ts'

test('what waits to be kept is handed over before the first byte of an answer, whole or in parts', async () => {
  const order: string[] = []
  const app = express()
  settleBeforeAnswers(app, { settle: () => order.push('settled') })
  app.get('/whole', (_req, res) => {
    order.push('answering')
    res.send('whole')
  })
  app.get('/parts', (_req, res) => {
    order.push('answering')
    res.write('in ')
    res.end('parts')
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    expect(await (await fetch(`${origin}/whole`)).text()).toBe('whole')
    expect(order).toEqual(['answering', 'settled'])
    order.length = 0
    expect(await (await fetch(`${origin}/parts`)).text()).toBe('in parts')
    expect(order).toEqual(['answering', 'settled', 'settled'])
  } finally {
    server.close()
  }
})
