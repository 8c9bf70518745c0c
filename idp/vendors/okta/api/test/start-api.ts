import { type Answer, call } from '#kit/test/call.ts'
import { createApiToken } from '../../commands/tokens.ts'
import { type RunningOkta, startOkta } from '../../console/test/start-okta.ts'
import { oktaUserIdOf } from '../../world.ts'

/** What a test says of a call beyond its method and path. */
export interface ApiOptions {
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
  /** Another token than Marta's; `null` sends none. */
  readonly token?: string | null
}

/** The org on a free port, and a script that holds a token of its Super Administrator. */
export interface RunningApi extends RunningOkta {
  /** A new token of somebody of the cast. */
  token(handle: string): Promise<string>
  /** `ask('GET', '/api/v1/users')`. */
  ask(method: string, path: string, options?: ApiOptions): Promise<Answer>
}

export const SUPER_ADMIN = 'marta.silva'

/** @param dialpadUrl Origin that stands in for the target app; nobody listens at the default. */
export async function startApi(world?: string, dialpadUrl?: string): Promise<RunningApi> {
  const okta = await startOkta(dialpadUrl, world)
  let made = 0
  let kept: string | undefined

  async function token(handle: string): Promise<string> {
    made += 1
    const actor = { kind: 'person', userId: oktaUserIdOf(handle) } as const
    return (await createApiToken({ system: okta.system }, actor, { name: `script ${made}` })).value
  }

  return {
    ...okta,
    token,
    async ask(method, path, { body, headers = {}, token: given } = {}) {
      kept ??= await token(SUPER_ADMIN)
      const value = given === undefined ? kept : given
      return call(`${okta.origin}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(value === null ? {} : { authorization: `SSWS ${value}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      })
    },
  }
}
