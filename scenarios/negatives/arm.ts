import type { FaultRecord } from '#kit/system/collections.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { remainderOf } from '#scenarios/library/fault-rules.ts'
import { findNegative, NEGATIVES, UnknownNegative } from './catalogue.ts'
import { type Negative, PROVIDER_LABELS, type ProviderName } from './negative.ts'

/** The part of a provider's control API that is used here. */
export type FaultClient = Pick<ControlClient, 'faults' | 'putFaults'>

/** A negative that waits for its sign-in. */
export interface ArmedNegative {
  readonly negative: Negative
  readonly from: ProviderName
  /** Sign-ins it is still good for. */
  readonly left: number
}

const isNegative = ({ effect }: Pick<FaultRecord, 'effect'>): boolean => effect.flaw !== undefined

/** Rules that make operations fail stay; those that make something wrong go. */
async function others(client: FaultClient) {
  return (await client.faults()).filter((rule) => !isNegative(rule)).flatMap(remainderOf)
}

/**
 * Let the next sign-in at a provider go wrong; the one after it is right again. What was armed there before is not any more: of two
 * things that are wrong nobody could say which was refused.
 *
 * @param client That of the provider.
 * @param options.times Sign-ins that go wrong; one unless told.
 * @throws {UnknownNegative} for an id there is none of, and for a provider that cannot do it.
 */
export async function armNegative(
  client: FaultClient,
  id: string,
  { from, times = 1 }: { readonly from: ProviderName; readonly times?: number },
): Promise<Negative> {
  const negative = findNegative(id)
  if (!negative.from.includes(from)) throw new UnknownNegative(`${PROVIDER_LABELS[from]} has no negative "${id}".`)
  const { on, flaw } = negative.rule
  await client.putFaults([...(await others(client)), { on, effect: { flaw }, times }])
  return negative
}

/** What is armed at a provider. */
export async function armedAt(client: FaultClient, from: ProviderName): Promise<readonly ArmedNegative[]> {
  return (await client.faults()).flatMap((rule) => {
    const left = (rule.times ?? Number.POSITIVE_INFINITY) - rule.used
    const negative = NEGATIVES.find(
      (each) => each.from.includes(from) && each.rule.on === rule.on && each.rule.flaw === rule.effect.flaw,
    )
    return negative === undefined || left <= 0 ? [] : [{ negative, from, left }]
  })
}

/** Every sign-in is right again. @returns how many negatives were waiting. */
export async function clearNegatives(client: FaultClient, from: ProviderName): Promise<number> {
  const armed = await armedAt(client, from)
  if (armed.length > 0) await client.putFaults(await others(client))
  return armed.length
}
