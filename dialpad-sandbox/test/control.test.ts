import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Answer, call } from '#kit/test/call.ts'
import { createGroup } from '../commands/groups.ts'
import { updateUser } from '../commands/update-user.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import { type ServedDialpad, serveDialpad, userByEmail } from './serve.ts'

let served: ServedDialpad
beforeEach(async () => {
  served = await serveDialpad('brightwave')
})
afterEach(() => served.close())

function control(method: string, path: string, body?: object): Promise<Answer> {
  const { host, port } = new URL(served.origin)
  return call(`http://127.0.0.1:${port}/_kit${path}`, {
    method,
    headers: { host },
    ...(body === undefined ? {} : { body }),
  })
}

describe('the company in one line', () => {
  async function line(): Promise<unknown> {
    return (await control('GET', '/summary')).json()['line']
  }

  test('counts people by state and groups, one group as one', async () => {
    const { id, companyId } = userByEmail(served.system, 'tomas.berg@brightwave.example')
    expect(await line()).toBe('2 active')
    await updateUser(served.system, SYSTEM_ACTOR, id, { active: false })
    await createGroup(served.system, SYSTEM_ACTOR, { companyId, displayName: 'Sales', memberIds: [] })
    expect((await control('GET', '/summary')).json()).toEqual({
      line: '1 active, 1 suspended, 1 directory group',
      figures: [
        { label: 'Active', value: 1 },
        { label: 'Suspended', value: 1 },
        { label: 'Directory groups', value: 1 },
      ],
    })
    await createGroup(served.system, SYSTEM_ACTOR, { companyId, displayName: 'Support', memberIds: [] })
    expect(await line()).toBe('1 active, 1 suspended, 2 directory groups')
  })
})
