import { type ControlClient, ControlRefusal } from '../control-client.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Records of one collection of a system. */
export async function recordsOf(client: ControlClient, collection: string): Promise<readonly Fields[]> {
  return Object.values((await client.state()).collections[collection] ?? {}) as Fields[]
}

/** Status and code a call is refused with; whatever else it throws is given back, and `undefined` for success. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof ControlRefusal ? [error.status, error.code] : error
}

/** The client, which notes the commands that did what they were asked. */
export function countingRuns(client: ControlClient, done: Set<string>): ControlClient {
  return {
    ...client,
    async run(command, input) {
      const answer = await client.run(command, input)
      done.add(command)
      return answer
    },
  }
}

/** Everything a system has written, without its clock, and its signing keys, which are made in the background after a reset. */
export async function writtenBy(client: ControlClient): Promise<object> {
  const { kitClock: _, oidcKeys: __, ...collections } = (await client.state()).collections
  return collections
}
