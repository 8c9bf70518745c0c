import type { SamlCertificateRecord } from '#idp/protocols/saml/collections.ts'
import { activateCertificate, certificatesOf, removeCertificate } from '#idp/protocols/saml/signing-certificates.ts'
import type { OktaReader } from '../collections.ts'
import { type Actor, type CommandDeps, mustAdminister } from '../commands/actor.ts'
import { inChange } from '../commands/in-change.ts'
import { knownApp } from '../commands/known.ts'
import { notFound, OktaRefusal } from '../commands/refusal.ts'
import { appTarget, recordEvent } from '../system-log/record-event.ts'
import { keepAppCertificate, prepareAppCertificate } from './certificates.ts'

/** The table SAML Signing Certificates (reference sheet 1.5). */

/** Certificates an app has at most. */
export const MOST_CERTIFICATES = 8

interface OneCertificate {
  readonly appId: string
  /** Id of the certificate. */
  readonly kid: string
}

/** What a page or a journal may know of a certificate. */
function shown({ id, isActive, expiresAt }: SamlCertificateRecord) {
  return { kid: id, isActive, expiresAt }
}

/**
 * "Generate new certificate": a second one, inactive, so that the other side can be told of it before it signs.
 * @throws {OktaRefusal} E0000006, E0000007, E0000001 for one too many.
 */
export async function generateCertificate(
  deps: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<SamlCertificateRecord> {
  const { system } = deps
  mustAdminister(system.store, actor, 'apps')
  knownApp(system.store, appId)
  checkRoom(system.store, appId)
  const prepared = await prepareAppCertificate(system, { owner: appId, activate: false })
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx, clock, actor: by }) => {
      const app = knownApp(tx, appId)
      checkRoom(tx, appId)
      const record = keepAppCertificate(tx, appId, prepared)
      recordEvent(tx, clock, {
        eventType: 'application.configuration.update',
        actor: by,
        target: [appTarget(app)],
        debugData: { certificate: record.id, action: 'generate' },
      })
      return record
    },
    (record) => ({
      title: 'A signing certificate was generated',
      subject: appId,
      change: { type: 'saml-certificate', id: record.id, after: shown(record) },
    }),
  )
}

function checkRoom(reader: OktaReader, appId: string): void {
  if (certificatesOf(reader, appId).length < MOST_CERTIFICATES) return
  throw new OktaRefusal('E0000001', `An app has at most ${MOST_CERTIFICATES} certificates. Delete an inactive one.`)
}

/**
 * Sign with this certificate from now on. A service provider that still holds the one before refuses every answer.
 * @throws {OktaRefusal} E0000006, E0000007.
 */
export function activateAppCertificate(
  deps: CommandDeps,
  actor: Actor,
  { appId, kid }: OneCertificate,
): Promise<SamlCertificateRecord> {
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx, clock, actor: by }) => {
      const app = knownApp(tx, appId)
      const record = activateCertificate(tx, appId, kid)
      if (record === undefined) throw notFound('Certificate', kid)
      recordEvent(tx, clock, {
        eventType: 'application.configuration.update',
        actor: by,
        target: [appTarget(app)],
        debugData: { certificate: kid, action: 'activate' },
      })
      return record
    },
    (record) => ({
      title: 'A signing certificate was activated',
      subject: appId,
      change: { type: 'saml-certificate', id: kid, after: shown(record) },
    }),
  )
}

/** Remove a certificate that signs nothing. @throws {OktaRefusal} E0000006, E0000007, E0000001 for the active one. */
export function deleteAppCertificate(
  deps: CommandDeps,
  actor: Actor,
  { appId, kid }: OneCertificate,
): Promise<SamlCertificateRecord> {
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx, clock, actor: by }) => {
      const app = knownApp(tx, appId)
      const record = certificatesOf(tx, appId).find(({ id }) => id === kid)
      if (record === undefined) throw notFound('Certificate', kid)
      if (!removeCertificate(tx, appId, kid)) {
        throw new OktaRefusal('E0000001', 'The active certificate cannot be deleted. Activate another one first.')
      }
      recordEvent(tx, clock, {
        eventType: 'application.configuration.update',
        actor: by,
        target: [appTarget(app)],
        debugData: { certificate: kid, action: 'delete' },
      })
      return record
    },
    (record) => ({
      title: 'A signing certificate was deleted',
      subject: appId,
      change: { type: 'saml-certificate', id: kid, before: shown(record) },
    }),
  )
}
