import { randomInt } from 'node:crypto'
import type { ExpressionEnvironment } from '#idp/core/provisioning/expression/environment.ts'
import type { ProvisioningPolicy } from '#idp/core/provisioning/types.ts'
import type { Clock } from '#kit/clock.ts'

const STEPS = 2 ** 32

/** What mapping expressions may ask of the world: the virtual time at each call, real chance, the policy's domain. */
export function environmentOf(
  { clock }: { readonly clock: Pick<Clock, 'now'> },
  { defaultDomain = '' }: Pick<ProvisioningPolicy, 'defaultDomain'>,
): ExpressionEnvironment {
  return {
    get now() {
      return clock.now()
    },
    random: () => randomInt(STEPS) / STEPS,
    defaultDomain,
  }
}
