import { createPrivateKey, createPublicKey } from 'node:crypto'
import { inject, vi } from 'vitest'
import type { RsaKeys } from '../x509/rsa-keys.ts'

/**
 * What costs by design, made cheap for tests: a new RSA pair is the next of those made for the run, one after the other, and passwords
 * are hashed in fewer rounds. Signatures, seals and comparisons are the real ones. Installed by `vitest.config.ts` in every worker.
 */
let next = 0

vi.mock('../x509/rsa-keys.ts', async (original) => ({
  ...(await original<typeof import('../x509/rsa-keys.ts')>()),
  makeRsaKeys: async (): Promise<RsaKeys> => {
    const keys = inject('rsaKeys')
    const pair = keys[next++ % keys.length]
    if (pair === undefined) throw new Error('No keys were made for this run.')
    return { publicKey: createPublicKey(pair.publicKey), privateKey: createPrivateKey(pair.privateKey) }
  },
}))

vi.mock('../password-cost.ts', () => ({ PASSWORD_COST: { N: 2 ** 8, r: 8, p: 1 } }))
