import type { FaultRecord } from '#kit/system/collections.ts'
import type { FaultRule } from '#kit/system/system-control.ts'
import type { ControlClient } from './control-client.ts'

/** What is left of a rule, none when it is used up: setting rules anew starts their count again. */
export function remainderOf({ on, effect, times, used }: FaultRecord): readonly FaultRule[] {
  if (times === undefined) return [{ on, effect }]
  return used < times ? [{ on, effect, times: times - used }] : []
}

/** Add a rule to those of a system; the others go on with what is left of them. @throws what `putFaults` throws. */
export async function addFault(client: ControlClient, rule: FaultRule): Promise<void> {
  await client.putFaults([...(await client.faults()).flatMap(remainderOf), rule])
}

/** A fault in words: `late by 200 ms, status 429, Retry-After 5 s`. */
export function effectWords({ status, retryAfter, detail, drop, html, delayMs, flaw }: FaultRecord['effect']): string {
  const parts = [
    delayMs === undefined ? '' : `late by ${delayMs} ms`,
    drop ? 'connection closed' : '',
    html ? 'a web page' : '',
    status === undefined ? '' : `status ${status}`,
    retryAfter === undefined ? '' : `Retry-After ${retryAfter} s`,
    flaw ?? '',
    detail ?? '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}
