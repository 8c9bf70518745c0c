import type { JWK } from 'oidc-provider'
import type { Reader } from '#kit/store/store.ts'
import type { System } from '#kit/system/system.ts'
import { makeRsaKeys, pemsOf } from '#kit/x509/rsa-keys.ts'
import type { OidcKeyRecord, OidcShape } from './collections.ts'
import { certifyKey, thumbprintOf } from './key-certificate.ts'

/** Which part of a system keys need. */
export type KeySystem = Pick<System<OidcShape>, 'store' | 'vault' | 'clock' | 'origin'>

/** Of several providers of one system, which the keys belong to; `undefined` for the one that has no name. */
type Namespace = string | undefined

/** The keys in use, newest first: the newest signs, the others are published until they are retired. */
export type SigningKeys = readonly [newest: JWK, ...older: JWK[]]

/** What is published of a key. */
export interface PublishedKey {
  readonly kid: string
  readonly n: string
  readonly e: string
  /** Base64 of the DER form, and its thumbprint; absent for keys made before certificates were. */
  readonly certificate?: { readonly der: string; readonly thumbprint: string }
  /** Virtual, ISO. */
  readonly createdAt: string
}

/**
 * The system's signing keys. The first one is made at the first start on an empty store, then kept, its private part sealed.
 * @throws when a sealed part cannot be opened with the data folder's key.
 */
export async function loadSigningKeys(
  system: KeySystem,
  wallNowMs: () => number,
  namespace: Namespace,
): Promise<SigningKeys> {
  if (newestFirst(system.store, namespace).length === 0) {
    const made = await makeKey(system, wallNowMs, namespace)
    await system.store.transact((tx) => {
      if (newestFirst(tx, namespace).length === 0) tx.put('oidcKeys', made.kid, made)
    })
  }
  const [newest, ...older] = newestFirst(system.store, namespace).map((record) => openKey(system, record))
  if (newest === undefined) throw new Error('There is no signing key.')
  return [newest, ...older]
}

/**
 * Make a key that signs from now on. The ones before stay published, so what they signed is still accepted.
 * @returns the new key's id.
 */
export async function addSigningKey(system: KeySystem, wallNowMs: () => number, namespace: Namespace): Promise<string> {
  const made = await makeKey(system, wallNowMs, namespace)
  await system.store.transact((tx) => {
    const [newest] = newestFirst(tx, namespace)
    tx.put('oidcKeys', made.kid, { ...made, number: (newest?.number ?? 0) + 1 })
  })
  return made.kid
}

/**
 * Publish a key no longer: what it signed is refused from then on by everybody who asks for the keys.
 * @returns `false` for a key that is not there, and for the one that signs.
 */
export async function retireSigningKey(system: KeySystem, kid: string, namespace: Namespace): Promise<boolean> {
  return system.store.transact((tx) => {
    const [, ...older] = newestFirst(tx, namespace)
    return older.some((each) => each.kid === kid) && tx.delete('oidcKeys', kid)
  })
}

/** The keys relying parties may know, newest first. */
export function publishedKeys(reader: Reader<OidcShape>, namespace: Namespace): readonly PublishedKey[] {
  return newestFirst(reader, namespace).map(({ kid, publicJwk, certificate, createdAt }) => ({
    kid,
    n: publicJwk['n'] ?? '',
    e: publicJwk['e'] ?? '',
    ...(certificate === undefined ? {} : { certificate: { der: certificate, thumbprint: thumbprintOf(certificate) } }),
    createdAt,
  }))
}

function newestFirst(reader: Reader<OidcShape>, namespace: Namespace): readonly OidcKeyRecord[] {
  return [...reader.entries('oidcKeys')]
    .map(([, record]) => record)
    .filter((record) => record.namespace === namespace)
    .sort((one, other) => (other.number ?? 0) - (one.number ?? 0))
}

async function makeKey(system: KeySystem, wallNowMs: () => number, namespace: Namespace): Promise<OidcKeyRecord> {
  const keys = await makeRsaKeys()
  const { n = '', e = '' } = keys.publicKey.export({ format: 'jwk' })
  const certificate = certifyKey(pemsOf(keys), new URL(system.origin).hostname, wallNowMs())
  const kid = thumbprintOf(certificate)
  return {
    kid,
    ...(namespace === undefined ? {} : { namespace }),
    alg: 'RS256',
    publicJwk: { kty: 'RSA', n, e, use: 'sig', alg: 'RS256', kid },
    privateJwk: system.vault.seal(JSON.stringify(keys.privateKey.export({ format: 'jwk' }))),
    certificate,
    createdAt: system.clock.iso(),
  }
}

function openKey(system: KeySystem, record: OidcKeyRecord): JWK {
  const privateJwk = JSON.parse(system.vault.open(record.privateJwk)) as Readonly<Record<string, string>>
  return { ...privateJwk, ...record.publicJwk } as unknown as JWK
}
