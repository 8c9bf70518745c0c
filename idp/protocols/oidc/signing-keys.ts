import { generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'oidc-provider'
import type { System } from '#kit/system/system.ts'
import type { OidcKeyRecord, OidcShape } from './collections.ts'

const generate = promisify(generateKeyPair)

/** 2048 bits: what relying parties expect of RS256 at least (RFC 7518 §3.3), and quick to make. */
const MODULUS_BITS = 2048

/** Which part of a system keys need. */
export type KeySystem = Pick<System<OidcShape>, 'store' | 'vault' | 'clock'>

/**
 * The system's signing key, made once: at the first start on an empty store, then kept, its private part sealed.
 * @throws when the sealed part cannot be opened with the data folder's key.
 */
export async function loadSigningKey(system: KeySystem): Promise<JWK> {
  const [stored] = system.store.page('oidcKeys', 0, 1)
  if (stored !== undefined) return openKey(system, stored)

  const { privateKey, publicKey } = await generate('rsa', { modulusLength: MODULUS_BITS })
  const made = toRecord(system, privateKey.export({ format: 'jwk' }), publicKey.export({ format: 'jwk' }))
  const kept = await system.store.transact((tx) => {
    const [other] = tx.page('oidcKeys', 0, 1)
    if (other !== undefined) return other
    tx.put('oidcKeys', made.kid, made)
    return made
  })
  return openKey(system, kept)
}

function toRecord(system: KeySystem, privateJwk: JsonWebKey, publicJwk: JsonWebKey): OidcKeyRecord {
  const { n = '', e = '' } = publicJwk
  // The first 27 characters of the modulus: unique among any keys, and the length of a certificate's thumbprint.
  const kid = n.slice(0, 27)
  return {
    kid,
    alg: 'RS256',
    publicJwk: { kty: 'RSA', n, e, use: 'sig', alg: 'RS256', kid },
    privateJwk: system.vault.seal(JSON.stringify(privateJwk)),
    createdAt: system.clock.iso(),
  }
}

function openKey(system: KeySystem, record: OidcKeyRecord): JWK {
  const privateJwk = JSON.parse(system.vault.open(record.privateJwk)) as JsonWebKey
  return { ...privateJwk, ...record.publicJwk } as unknown as JWK
}
