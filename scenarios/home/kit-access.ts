import { SYSTEM_ADDRESSES, type SystemName } from '#contract/addresses.ts'
import { Refusal } from '#kit/http/errors.ts'
import { createLocalFetch } from '#kit/http/local-fetch.ts'
import type { System } from '#kit/system/system.ts'
import { createControlClient, fetchTransport } from '#scenarios/library/control-client.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import type { HomeShape } from './records.ts'

/**
 * The kit as a program sees it, for what acts in the trainee's place. `who` needs it, as in `Lessons`.
 * @throws Refusal `systems_missing` (409) when the home does not know every system.
 */
export function accessTo({ urls, ca }: System<HomeShape>, who: string): KitAccess {
  const missing = SYSTEM_ADDRESSES.find(({ name }) => urls[name] === undefined)
  if (missing !== undefined) {
    throw new Refusal('systems_missing', 409, `${who} need every system, and there is no address for ${missing.name}.`)
  }
  const fetch = createLocalFetch(ca)
  const transport = fetchTransport(fetch)
  const clients = SYSTEM_ADDRESSES.map(({ name }) => [name, createControlClient(urls[name] ?? '', transport)] as const)
  return {
    urls: urls as KitAccess['urls'],
    control: Object.fromEntries(clients) as Record<SystemName, (typeof clients)[number][1]>,
    fetch,
    ca,
  }
}
