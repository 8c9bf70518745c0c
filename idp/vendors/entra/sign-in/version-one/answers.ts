import { decodeJwt } from 'jose'

type Answer = Readonly<Record<string, unknown>>

/** Members of a token answer that are numbers in version 2 and texts in version 1. */
const COUNTED = ['expires_in', 'ext_expires_in']

/**
 * A token answer as version 1 has it (authorization code grant, version 1): numbers are texts, the scopes stand without the name of
 * their resource, and the answer says for which resource it is and from when to when. Times are those of the access token: wall seconds.
 *
 * @param resource As the request named it.
 */
export function firstTokenAnswer(answer: Answer, resource: string): Answer {
  const { exp, nbf } = decodeJwt(String(answer['access_token']))
  const { scope } = answer
  return {
    ...withTexts(answer, COUNTED),
    ...(typeof scope === 'string' ? { scope: bareScopes(scope) } : {}),
    expires_on: String(exp),
    not_before: String(nbf),
    resource,
  }
}

/** The answer to a device as version 1 has it: texts for numbers, and `verification_url`. */
export function firstDeviceAnswer({ verification_uri: url, ...answer }: Answer): Answer {
  return { ...withTexts(answer, ['expires_in', 'interval']), verification_url: url }
}

function withTexts(answer: Answer, names: readonly string[]): Answer {
  const texts = names.filter((name) => name in answer).map((name) => [name, String(answer[name])])
  return { ...answer, ...Object.fromEntries(texts) }
}

function bareScopes(scope: string): string {
  return scope
    .split(' ')
    .map((each) => each.slice(each.lastIndexOf('/') + 1))
    .filter((each) => each !== '.default')
    .join(' ')
}
