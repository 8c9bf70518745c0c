import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** 2048 bits: what relying parties expect of RS256 at least (RFC 7518 §3.3), and quick to make. */
const MODULUS_BITS = 2048

export interface RsaKeys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** A new pair. Takes some 100 ms of another thread, with luck and without it twice as much. */
export async function makeRsaKeys(): Promise<RsaKeys> {
  return promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS })
}

/** A pair as certificates and files have it. */
export function pemsOf({ publicKey, privateKey }: RsaKeys): {
  readonly publicKeyPem: string
  readonly privateKeyPem: string
} {
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
