import { X509Certificate } from 'node:crypto'
import { SAML } from '@node-saml/node-saml'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OpenedSystem } from '#kit/system/open-system.ts'
import { certificatePem } from '#kit/x509/certificates.ts'
import { answerLogin, certificateFingerprint, responseValues } from '../answer-login.ts'
import type { SamlShape } from '../collections.ts'
import {
  activateCertificate,
  activeCertificateOf,
  certificatesOf,
  removeCertificate,
  removeCertificatesOf,
} from '../signing-certificates.ts'
import { ADA, certify, openProvider, POLICY } from './open-provider.ts'

let system: OpenedSystem<SamlShape>
beforeEach(async () => {
  system = await openProvider()
})
afterEach(() => system.close())

function signedNow(): string {
  const values = responseValues(POLICY, { ...ADA, authenticatedAtMs: 0 }, undefined, Date.now())
  return answerLogin(system, POLICY, values, undefined).fields['SAMLResponse'] ?? ''
}

function accepts(certificate: string, SAMLResponse: string): Promise<boolean> {
  const { audience, acsUrl } = POLICY
  const saml = new SAML({ idpCert: certificate, issuer: audience, callbackUrl: acsUrl, audience })
  return saml.validatePostResponseAsync({ SAMLResponse }).then(
    () => true,
    () => false,
  )
}

describe('a signing certificate', () => {
  test('is X.509 as others read it: names, dates, its own signature', async () => {
    const { certificate, expiresAt } = await certify(system)
    const read = new X509Certificate(Buffer.from(certificate, 'base64'))
    expect(read.subject).toBe('C=US\nO=Training\nCN=brightwave\nemailAddress=info@idp.example')
    expect(read.issuer).toBe(read.subject)
    expect(read.verify(read.publicKey)).toBe(true)
    expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048)
    expect(Math.floor(Date.parse(expiresAt) / 1000)).toBe(Math.floor(Date.parse(read.validTo) / 1000))
    expect(new X509Certificate(certificatePem(certificate)).fingerprint256).toBe(certificateFingerprint(certificate))
    expect(read.fingerprint256).toBe(certificateFingerprint(certificate))
  })

  test('keeps its private key sealed: no state, no journal shows it', async () => {
    const record = await certify(system)
    expect(system.vault.open(record.privateKey)).toContain('BEGIN PRIVATE KEY')
    signedNow()
    const seen = JSON.stringify([[...system.store.entries('samlCertificates')], system.journal.read({}).items])
    expect(seen).not.toContain('PRIVATE KEY')
  })

  test('is rolled over: two at once, one of them signs, the other goes when it is out of use', async () => {
    const first = await certify(system)
    const second = await certify(system, { activate: false })
    const other = await certify(system, { owner: 'app-2' })
    expect(certificatesOf(system.store, POLICY.owner).map(({ id, isActive }) => [id, isActive])).toEqual([
      [first.id, true],
      [second.id, false],
    ])
    const before = signedNow()
    expect([await accepts(first.certificate, before), await accepts(second.certificate, before)]).toEqual([true, false])

    await system.store.transact((tx) => activateCertificate(tx, POLICY.owner, second.id))
    const after = signedNow()
    expect([await accepts(first.certificate, after), await accepts(second.certificate, after)]).toEqual([false, true])
    expect(activeCertificateOf(system.store, 'app-2')?.id).toBe(other.id)

    const removed = await system.store.transact((tx) => [
      removeCertificate(tx, POLICY.owner, second.id),
      removeCertificate(tx, POLICY.owner, other.id),
      removeCertificate(tx, POLICY.owner, first.id),
    ])
    expect(removed).toEqual([false, false, true])
    expect(await system.store.transact((tx) => activateCertificate(tx, POLICY.owner, other.id))).toBeUndefined()
    await system.store.transact((tx) => removeCertificatesOf(tx, POLICY.owner))
    expect(certificatesOf(system.store, POLICY.owner)).toEqual([])
    expect(certificatesOf(system.store, 'app-2')).toHaveLength(1)
  })

  test('made active takes the place of the one before', async () => {
    const first = await certify(system)
    const second = await certify(system)
    expect(activeCertificateOf(system.store, POLICY.owner)?.id).toBe(second.id)
    expect(system.store.get('samlCertificates', first.id)?.isActive).toBe(false)
  })

  test('of the SHA-1 kind signs with SHA-1, as old applications ask for', async () => {
    const { certificate } = await certify(system, { hash: 'sha1' })
    const answer = signedNow()
    expect(Buffer.from(answer, 'base64').toString()).toContain('xmldsig#rsa-sha1')
    expect(await accepts(certificate, answer)).toBe(true)
  })
})
