import type { Json } from './server-under-test.ts'

/** A refusal of one of the kit's own APIs: a mistake of this part, not of the server under test. */
export class SetUpRefused extends Error {
  override readonly name = 'SetUpRefused'
  readonly status: number
  readonly body: Json
  constructor(call: string, status: number, body: Json) {
    super(`${call} was answered ${status}: ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
  }
}

export type CallJson = (method: string, path: string, body?: object) => Promise<Json>

/** JSON calls below `base` with one credential. @throws {SetUpRefused} from a call that is not a success. */
export function createCallJson(base: string, authorization: string): CallJson {
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const parsed = text === '' ? {} : (JSON.parse(text) as Json)
    if (!response.ok) throw new SetUpRefused(`${method} ${path}`, response.status, parsed)
    return parsed
  }
}
