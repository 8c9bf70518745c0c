import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** RSA pairs made once for a whole run, as PEM: making one takes longer than most tests. */
    readonly rsaKeys: readonly { readonly publicKey: string; readonly privateKey: string }[]
  }
}

const PAIRS = 16

/** Once a run, before any test file: `kit/test/cheap-crypto.ts` hands these out in every file. */
export async function setup(project: TestProject): Promise<void> {
  const make = () =>
    promisify(generateKeyPair)('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
  project.provide('rsaKeys', await Promise.all(Array.from({ length: PAIRS }, make)))
}
