import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { CONNECTIONS, type LoadPlan, type LoadRequest, type LoadResult } from './load.ts'

/** The load, in a process of its own: reads a plan, prints what came of it. */

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LoadPlan
let number = plan.firstNumber
let client = 0

function prepare({ method, path, body }: LoadRequest): autocannon.Request {
  const request = { method, path, headers: plan.headers, ...(body === undefined ? {} : { body }) }
  if (body?.includes('{n}') !== true) return request
  return {
    ...request,
    setupRequest(given) {
      number += 1
      return { ...given, body: body.replaceAll('{n}', String(number)) }
    },
  }
}

const result = await autocannon({
  url: plan.origin,
  connections: CONNECTIONS,
  duration: plan.seconds,
  timeout: 30,
  setupClient(each) {
    const list = plan.requests[client % plan.requests.length] ?? []
    client += 1
    each.setRequests(list.map(prepare))
  },
})
const printed: LoadResult = {
  answered: result['2xx'],
  refused: result.non2xx + result.errors,
  seconds: result.duration,
}
process.stdout.write(JSON.stringify(printed))
