import { NAME_ID_EMAIL } from '#kit/saml/names.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { SystemSpec } from '#kit/system/system.ts'
import type { ResponsePolicy } from '../answer-login.ts'
import { SAML_COLLECTIONS, type SamlShape } from '../collections.ts'
import { createCertificate, type NewCertificate } from '../signing-certificates.ts'

const SPEC: SystemSpec<SamlShape> = {
  name: 'sample',
  collections: SAML_COLLECTIONS,
  operations: [],
  ledger: [],
  seed: () => undefined,
}

const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000

export const POLICY: ResponsePolicy = {
  owner: 'app-1',
  issuer: 'http://idp.example/exk1',
  issuerFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
  acsUrl: 'https://sp.example/acs',
  audience: 'https://sp.example/metadata',
  validBeforeMs: 300_000,
  validAfterMs: 300_000,
  authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  signed: { assertion: true, response: true },
}

const UNSPECIFIED = 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified'

export const ADA = {
  nameId: 'ada.okafor@brightwave.example',
  nameIdFormat: NAME_ID_EMAIL,
  attributes: [
    { name: 'FirstName', nameFormat: UNSPECIFIED, values: ['Ada & <Co>'] },
    { name: 'LastName', nameFormat: UNSPECIFIED, values: ['Okafor'] },
    { name: 'Groups', nameFormat: UNSPECIFIED, values: ['Sales', 'Support'] },
    { name: 'Nothing', nameFormat: UNSPECIFIED, values: [] },
  ],
}

export function openProvider(): Promise<OpenedSystem<SamlShape>> {
  return openSystem(SPEC, { dataDir: null, world: 'brightwave', urls: { sample: 'http://localhost:1' } })
}

/** @param over What differs from an active SHA-256 certificate of the policy's owner. */
export function certify(system: OpenedSystem<SamlShape>, over: Partial<NewCertificate> = {}) {
  const now = Date.now()
  return createCertificate(system, {
    owner: POLICY.owner,
    subject: [
      { name: 'countryName', value: 'US' },
      { name: 'organizationName', value: 'Training' },
      { name: 'commonName', value: 'brightwave' },
      { name: 'emailAddress', value: 'info@idp.example' },
    ],
    hash: 'sha256',
    notBeforeMs: now,
    notAfterMs: now + TEN_YEARS_MS,
    activate: true,
    ...over,
  })
}
