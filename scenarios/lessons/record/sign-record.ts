import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { Vault } from '#kit/system/system.ts'
import { ONLY, type SigningKeyRecord } from '../progress/learning-records.ts'
import type { LearningStore } from '../progress/open-learning.ts'
import type { CompletionFile, CompletionRecord } from './completion-record.ts'

/** RFC 8037: EdDSA over Ed25519. */
export const ALGORITHM = 'EdDSA'
/** RFC 7515 section 4.1.9. */
export const TYPE = 'completion-record+jws'

export interface RecordSigner {
  sign(record: CompletionRecord): Promise<CompletionFile>
  /** What tells this kit's key from others: the thumbprint of its public key (RFC 7638). */
  fingerprint(): Promise<string>
}

/** Signs with the kit's own key, made when it is first needed and kept sealed. */
export function createRecordSigner(store: LearningStore, vault: Vault): RecordSigner {
  async function keys(): Promise<{ readonly publicKey: JWK; readonly privateKey: JWK }> {
    const kept = store.get('signingKeys', ONLY) ?? (await keepFirst(store, await makeKeys(vault)))
    return {
      publicKey: JSON.parse(kept.publicKey) as JWK,
      privateKey: JSON.parse(vault.open(kept.privateKey)) as JWK,
    }
  }
  return {
    async sign(record) {
      const { publicKey, privateKey } = await keys()
      const signature = await new CompactSign(new TextEncoder().encode(JSON.stringify(record)))
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, jwk: publicKey })
        .sign(await importJWK(privateKey, ALGORITHM))
      return { record, signature }
    },
    fingerprint: async () => calculateJwkThumbprint((await keys()).publicKey),
  }
}

async function makeKeys(vault: Vault): Promise<SigningKeyRecord> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true })
  return {
    publicKey: JSON.stringify(await exportJWK(publicKey)),
    privateKey: vault.seal(JSON.stringify(await exportJWK(privateKey))),
  }
}

/** Of two that were made at the same time the first stays. */
function keepFirst(store: LearningStore, made: SigningKeyRecord): Promise<SigningKeyRecord> {
  return store.transact((tx) => {
    const first = tx.get('signingKeys', ONLY)
    if (first === undefined) tx.put('signingKeys', ONLY, made)
    return first ?? made
  })
}
