import { generateKeyPairSync } from 'node:crypto'
import { signOwnCertificate } from '#idp/protocols/saml/self-signed.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { EntraShape } from '../../../collections.ts'
import { ENTRA_SPEC } from '../../../spec.ts'
import type { Actor } from '../../actor.ts'
import { recycleBin } from '../../recycle-bin.ts'

/** The kit itself, which may do everything. */
export const KIT: Actor = { kind: 'kit', tenantId: TENANT_ID }

/** A directory in memory, without any surface. */
export async function openDirectory(world = 'brightwave'): Promise<OpenedSystem<EntraShape>> {
  const urls = { entra: 'http://localhost:9', kit: 'http://localhost:9', dialpad: 'http://localhost:9' }
  const system = await openSystem(ENTRA_SPEC, { dataDir: null, world, urls })
  system.schedule.register(recycleBin(system))
  return system
}

/** Somebody of the primary tenant, by the part of the name before the at sign. */
export function person(system: OpenedSystem<EntraShape>, handle: string): Actor & { readonly kind: 'person' } {
  const [user] = system.store.find('users', 'userPrincipalName', `${handle}@brightwave.example`)
  if (user === undefined) throw new Error(`There is no ${handle}.`)
  return { kind: 'person', userId: user.id }
}

/** A key pair and its self-signed certificate, PEM both. */
export function makeCertificate(
  notBefore: Date,
  notAfter: Date,
): { readonly certificate: string; readonly privateKeyPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const der = signOwnCertificate({
    privateKeyPem,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    subject: [{ name: 'commonName', value: 'reports.brightwave.example' }],
    notBefore,
    notAfter,
    hash: 'sha256',
  })
  const lines = der.match(/.{1,64}/g)?.join('\n') ?? ''
  return { certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, privateKeyPem }
}
