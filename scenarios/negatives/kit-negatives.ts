import type { RunningKit } from '#scenarios/library/kit.ts'
import { armNegative, type ProviderClients } from './arm.ts'
import { NEGATIVES } from './catalogue.ts'

/** The negatives as members of a kit. */
export function kitNegatives(clients: ProviderClients): Pick<RunningKit, 'negatives' | 'negative'> {
  return { negatives: NEGATIVES, negative: (id, options) => armNegative(clients, id, options) }
}
