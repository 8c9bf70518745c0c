import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto'
import type { Reader, Writer } from '#kit/store/store.ts'
import type { System } from '#kit/system/system.ts'
import { makeRsaKeys, pemsOf } from '#kit/x509/rsa-keys.ts'
import type { SamlCertificateRecord, SamlShape, SigningHash } from './collections.ts'
import { type NamePart, signOwnCertificate } from './self-signed.ts'

/** Which part of a system certificates need. */
export type CertificateSystem = Pick<System<SamlShape>, 'store' | 'vault' | 'clock'>

export interface NewCertificate {
  readonly owner: string
  readonly subject: readonly NamePart[]
  readonly hash: SigningHash
  /** Wall milliseconds: X.509 dates are wall time. */
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** Use it at once; the one used until now stays, inactive. */
  readonly activate: boolean
  /** Absent: random. */
  readonly id?: string
}

/** Make a key pair and its certificate, and keep both, the private key sealed. Takes a few hundred milliseconds. */
export async function createCertificate(
  system: CertificateSystem,
  input: NewCertificate,
): Promise<SamlCertificateRecord> {
  const made = await prepareCertificate(system, input)
  await system.store.transact((tx) => keepCertificate(tx, made))
  return made
}

/** The part of {@link createCertificate} that takes time, for a command that keeps the result in its own transaction. */
export async function prepareCertificate(
  system: Pick<CertificateSystem, 'vault' | 'clock'>,
  input: NewCertificate,
): Promise<SamlCertificateRecord> {
  const pems = pemsOf(await makeRsaKeys())
  const notAfter = new Date(input.notAfterMs)
  return {
    id: input.id ?? randomUUID(),
    owner: input.owner,
    certificate: signOwnCertificate({
      ...pems,
      subject: input.subject,
      notBefore: new Date(input.notBeforeMs),
      notAfter,
      hash: input.hash,
    }),
    privateKey: system.vault.seal(pems.privateKeyPem),
    hash: input.hash,
    isActive: input.activate,
    createdAt: system.clock.iso(),
    expiresAt: notAfter.toISOString(),
  }
}

/** Write a prepared certificate; when it is active, the owner's others are not any more. */
export function keepCertificate(tx: Writer<SamlShape>, record: SamlCertificateRecord): void {
  if (record.isActive) deactivateAll(tx, record.owner)
  tx.put('samlCertificates', record.id, record)
}

/** The certificates of an owner, in the order they were made. */
export function certificatesOf(reader: Reader<SamlShape>, owner: string): readonly SamlCertificateRecord[] {
  return [...reader.find('samlCertificates', 'owner', owner)]
}

export function activeCertificateOf(reader: Reader<SamlShape>, owner: string): SamlCertificateRecord | undefined {
  return reader.find('samlCertificates', 'owner', owner).find((record) => record.isActive)
}

/**
 * Sign with this certificate from now on, and with no other of its owner. Receivers that still hold the old one refuse what follows:
 * that is the moment a rollover is about.
 * @returns `undefined` when the owner has no such certificate.
 */
export function activateCertificate(
  tx: Writer<SamlShape>,
  owner: string,
  id: string,
): SamlCertificateRecord | undefined {
  const record = tx.get('samlCertificates', id)
  if (record === undefined || record.owner !== owner) return undefined
  if (record.isActive) return record
  deactivateAll(tx, owner)
  const active = { ...record, isActive: true }
  tx.put('samlCertificates', id, active)
  return active
}

/** Remove a certificate that is not in use. @returns whether there was one to remove. */
export function removeCertificate(tx: Writer<SamlShape>, owner: string, id: string): boolean {
  const record = tx.get('samlCertificates', id)
  if (record === undefined || record.owner !== owner || record.isActive) return false
  tx.delete('samlCertificates', id)
  return true
}

/** Remove everything of an owner that is gone. */
export function removeCertificatesOf(tx: Writer<SamlShape>, owner: string): void {
  for (const record of certificatesOf(tx, owner)) tx.delete('samlCertificates', record.id)
}

function deactivateAll(tx: Writer<SamlShape>, owner: string): void {
  for (const record of certificatesOf(tx, owner)) {
    if (record.isActive) tx.put('samlCertificates', record.id, { ...record, isActive: false })
  }
}

/** What signs: a certificate with its private key, ready to use. Never stored, never shown. */
export interface Signer {
  readonly certificate: string
  readonly privateKey: KeyObject
  readonly hash: SigningHash
}

/** Opening and reading a key takes longer than signing with it, so it is kept for as long as its record is the one of the store. */
const opened = new WeakMap<SamlCertificateRecord, KeyObject>()

/** @throws when the key cannot be opened with the data folder's key. */
export function openSigner(system: Pick<CertificateSystem, 'vault'>, record: SamlCertificateRecord): Signer {
  const { certificate, hash } = record
  const privateKey = opened.get(record) ?? createPrivateKey(system.vault.open(record.privateKey))
  opened.set(record, privateKey)
  return { certificate, hash, privateKey }
}
