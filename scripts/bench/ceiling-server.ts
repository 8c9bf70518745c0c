import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import express from 'express'

/** What the fastest honest Express server could do: one route that takes the same request and answers the same bytes. */

export interface Ceiling {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Of the route: `/scim/Users/:id`. */
  readonly route: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const ceiling = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Ceiling

const headers = Object.entries(ceiling.headers)

const app = express()
app.disable('x-powered-by')
if (ceiling.method !== 'GET') app.use(express.json({ type: () => true, limit: '8mb' }))
app[ceiling.method.toLowerCase() as 'get' | 'post' | 'patch'](ceiling.route, (_req, res) => {
  res.statusCode = ceiling.status
  for (const [name, value] of headers) res.setHeader(name, value)
  if (ceiling.body !== '') res.end(ceiling.body)
  else res.end()
})
const server = app.listen(0, '127.0.0.1', () => {
  console.error(`the ceiling is up at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
