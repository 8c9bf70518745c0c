import { randomUUID } from 'node:crypto'
import type { TargetResource } from '#idp/core/provisioning/types.ts'
import type { OutboundResponse } from '#kit/http/outbound.ts'
import { createExchange, isSuccess, type Sent, type TargetAddress, type TargetDeps } from './exchange.ts'
import { type Answer, type Match, matchQuery, readMatch, readResource } from './read-answer.ts'
import type { ObjectKind } from './records.ts'
import type { CallPurpose } from './refusal-code.ts'
import { failureOf, incompatible, type TargetFailure } from './target-response.ts'

/** A SCIM client of one target (RFC 7644), sending what reference sheet section 2 lists and nothing else: no PUT, no Bulk. */
export interface TargetClient {
  /** `GET /Users?filter=userName eq "…"`. */
  match(kind: ObjectKind, path: string, value: string): Promise<Answer<Match>>
  /** `GET /Users/{id}`; `null` when it is not there. Groups without their members. */
  read(kind: ObjectKind, id: string): Promise<Answer<TargetResource | null>>
  create(kind: ObjectKind, resource: object): Promise<Answer<TargetResource>>
  patch(kind: ObjectKind, id: string, body: object): Promise<Answer<null>>
  /** An object that is not there any more counts as deleted. */
  remove(kind: ObjectKind, id: string): Promise<Answer<null>>
}

/** What is asked to find out whether a credential is accepted at all: for somebody who cannot exist. */
const probePath = () => `/Users?${matchQuery('User', 'userName', randomUUID())}`

/** SCIM calls to one target with one token (RFC 7644 §3); every failure is a value. */
export function createTargetClient(deps: TargetDeps, address: TargetAddress): TargetClient {
  const exchange = createExchange(deps, address)

  async function ask<T>(
    purpose: CallPurpose,
    sending: Promise<Sent>,
    accept: (call: string, response: OutboundResponse) => Answer<T>,
  ): Promise<Answer<T>> {
    const sent = await sending
    if ('kind' in sent) return sent
    return isSuccess(sent.response) ? accept(sent.call, sent.response) : refusedFor(purpose, sent)
  }

  /**
   * 401 to a filter is the credential's; to anything else it may be the object's alone, which a filter tells
   * (reference sheet 2.12: 401 on object call, 401 on most calls).
   */
  async function refusedFor(purpose: CallPurpose, sent: Exclude<Sent, TargetFailure>): Promise<TargetFailure> {
    const failure = failureOf(sent.call, purpose, sent.response, deps.clock.now())
    if (sent.response.status !== 401 || purpose === 'filter') return failure
    const probe = await exchange('GET', probePath(), 'credential check')
    const isAccepted = !('kind' in probe) && probe.response.status !== 401
    return isAccepted ? { ...failure, code: 'Unauthorized', reach: 'object' } : failure
  }
  const done = (): Answer<null> => ({ kind: 'ok', value: null })

  return {
    match: (kind, path, value) =>
      ask('filter', exchange('GET', `/${kind}s?${matchQuery(kind, path, value)}`, value), readMatch),
    async read(kind, id) {
      const without = kind === 'Group' ? '?excludedAttributes=members' : ''
      const sent = await exchange('GET', `/${kind}s/${encodeURIComponent(id)}${without}`, id)
      if ('kind' in sent) return sent
      if (sent.response.status === 404) return { kind: 'ok', value: null }
      if (!isSuccess(sent.response)) return refusedFor('read', sent)
      const answer = readResource(sent.call, sent.response)
      if (answer.kind === 'failure' || kind === 'User') return answer
      const { members } = answer.value
      if (!Array.isArray(members) || members.length === 0) return answer
      return {
        ...incompatible(sent.call, sent.response.status, 'the members that were excluded came along'),
        code: 'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse',
      }
    },
    create: (kind, resource) =>
      ask('create', exchange('POST', `/${kind}s`, subjectOf(resource), resource), readResource),
    patch: (kind, id, body) => ask('change', exchange('PATCH', `/${kind}s/${encodeURIComponent(id)}`, id, body), done),
    async remove(kind, id) {
      const sent = await exchange('DELETE', `/${kind}s/${encodeURIComponent(id)}`, id)
      if ('kind' in sent) return sent
      if (isSuccess(sent.response) || sent.response.status === 404) return done()
      return refusedFor('delete', sent)
    },
  }
}

function subjectOf(resource: object): string {
  const name = 'userName' in resource ? resource.userName : 'displayName' in resource ? resource.displayName : undefined
  return typeof name === 'string' ? name : 'new object'
}
