import type { SamlCertificateRecord } from '#idp/protocols/saml/collections.ts'
import {
  activeCertificateOf,
  keepCertificate,
  openSigner,
  prepareCertificate,
} from '#idp/protocols/saml/signing-certificates.ts'
import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaSystem, OktaWriter } from '../collections.ts'

const YEARS = 10

/** Ten years on, by the calendar (reference sheet 5.1). Wall milliseconds. */
function tenYearsAfter(wallMs: number): number {
  const date = new Date(wallMs)
  return date.setUTCFullYear(date.getUTCFullYear() + YEARS)
}

/**
 * Make the key pair and certificate of an app: RSA 2048, SHA-256, ten years, the subject of reference sheet 5.1. Takes a few
 * hundred milliseconds; {@link keepAppCertificate} writes it, in the transaction of a command.
 */
export function prepareAppCertificate(
  system: Pick<OktaSystem, 'vault' | 'clock' | 'store'>,
  { owner, activate }: { readonly owner: string; readonly activate: boolean },
): Promise<SamlCertificateRecord> {
  const now = Date.now()
  const company = system.store.get('org', 'org')?.companyName ?? 'org'
  return prepareCertificate(system, {
    owner,
    subject: [
      { name: 'countryName', value: 'US' },
      { name: 'stateOrProvinceName', value: 'California' },
      { name: 'localityName', value: 'San Francisco' },
      { name: 'organizationName', value: 'Okta' },
      { name: 'organizationalUnitName', value: 'SSOProvider' },
      { name: 'commonName', value: company.toLowerCase() },
      { name: 'emailAddress', value: 'info@okta.com' },
    ],
    hash: 'sha256',
    notBeforeMs: now,
    notAfterMs: tenYearsAfter(now),
    activate,
  })
}

/** Write a prepared certificate for `appId`, under an id made like every other. */
export function keepAppCertificate(
  tx: OktaWriter,
  appId: string,
  prepared: SamlCertificateRecord,
  id: string = lettersOf(nextIdSeed(tx), '', 27),
): SamlCertificateRecord {
  const record = { ...prepared, id, owner: appId }
  keepCertificate(tx, record)
  return record
}

/**
 * The certificate that signs for an app. Apps get theirs when they are added; one that came with a world, or with a state from
 * before there were certificates, gets it here, when it is first needed. Of several first needs at once one wins.
 */
export async function certificateFor(system: OktaSystem, app: OktaApp): Promise<SamlCertificateRecord> {
  const known = activeCertificateOf(system.store, app.id)
  if (known !== undefined) return known
  const prepared = await prepareAppCertificate(system, { owner: app.id, activate: true })
  return system.store.transact((tx) => {
    const meanwhile = activeCertificateOf(tx, app.id)
    if (meanwhile !== undefined) return meanwhile
    // Not the counter of ids: looking at a page must not change the ids of what is made afterwards.
    const id = lettersOf(`okta/saml/${app.id}`, '', 27)
    return tx.get('apps', app.id) === undefined ? prepared : keepAppCertificate(tx, app.id, prepared, id)
  })
}

/** Whether this installation can sign with it: a state may come from elsewhere, sealed with a key that stayed there. */
export function isKeyReadable(system: Pick<OktaSystem, 'vault'>, record: SamlCertificateRecord): boolean {
  try {
    openSigner(system, record)
    return true
  } catch {
    return false
  }
}
