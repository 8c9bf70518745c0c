import type { RunningKit } from '#scenarios/library/kit.ts'
import { armNegative, type FaultClient } from './arm.ts'
import { NEGATIVES } from './catalogue.ts'
import type { ProviderName } from './negative.ts'

/** The negatives as members of a kit. */
export function kitNegatives(
  clients: Readonly<Record<ProviderName, FaultClient>>,
): Pick<RunningKit, 'negatives' | 'negative'> {
  return { negatives: NEGATIVES, negative: (id, options) => armNegative(clients[options.from], id, options) }
}
