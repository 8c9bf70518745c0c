import { X509Certificate } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type Actor, actorOfUser } from '../domain/change-log.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import { certificateBody, isSamlOnly } from '../domain/saml.ts'
import { isSignInAllowed } from '../domain/user-states.ts'
import type { Company, DialpadUser, SamlSettings } from '../records.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem } from './work.ts'

/**
 * Save the SAML page (reference sheet 2.2). The certificate may stand with or without its BEGIN and END lines and is kept without.
 *
 * @throws {DialpadRefusal} `invalid-value` for a certificate that is none, an address that is none, an empty issuer.
 */
export function updateSamlSettings(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  input: SamlSettings,
): Promise<Company> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    const saml = checkSamlSettings(input)
    if (isDeepStrictEqual(company.saml, saml)) return company
    const after: Company = { ...company, saml }
    work.tx.put('companies', companyId, after)
    work.log(companyId, {
      action: 'saml_settings_changed',
      note: `SAML provider ${saml.provider}, issuer ${saml.idpEntityId}, other providers ${saml.preventOtherProviders ? 'prevented' : 'allowed'}`,
      target: { type: 'company', id: companyId, name: company.name },
    })
    work.note(company.name, 'SAML settings changed', {
      type: 'company',
      id: companyId,
      before: company.saml,
      after: saml,
    })
    return after
  })
}

/** The settings as they would be kept. @throws {DialpadRefusal} as {@link updateSamlSettings}. */
export function checkSamlSettings(input: SamlSettings): SamlSettings {
  return {
    ...input,
    idpSsoUrl: checkedAddress(input.idpSsoUrl.trim()),
    idpEntityId: checkedIssuer(input.idpEntityId.trim()),
    certificate: checkedCertificate(input.certificate),
  }
}

/**
 * Open the other ways in again: the recovery of somebody who is locked out. Does nothing where they are open.
 *
 * @throws {DialpadRefusal} `not-found`; `company-admin-required` (403) for anybody but a Company Admin of the company.
 */
export function allowOtherProviders(system: DialpadSystem, admin: DialpadUser): Promise<Company> {
  return act(system, actorOfUser(admin), (work) => {
    const company = companyOf(work.tx, admin.companyId)
    const current = work.tx.get('users', admin.id)
    if (!isSignInAllowed(current) || !current.isCompanyAdmin) {
      throw new DialpadRefusal({
        code: 'company-admin-required',
        status: 403,
        message: 'Only a Company Admin can open the other ways in',
      })
    }
    if (company.saml === undefined || !isSamlOnly(company)) return company
    const after: Company = { ...company, saml: { ...company.saml, preventOtherProviders: false } }
    work.tx.put('companies', company.id, after)
    const note = 'Other providers allowed again by the recovery of the sandbox'
    work.log(company.id, {
      action: 'saml_settings_changed',
      note,
      target: { type: 'company', id: company.id, name: company.name },
    })
    work.note(company.name, note, { type: 'company', id: company.id })
    return after
  })
}

export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  /** Wall time, as X.509 has it. */
  readonly validTo: string
  readonly fingerprint: string
}

/** What a certificate says about itself. @returns `undefined` for text that is no X.509 certificate. */
export function readCertificate(text: string): CertificateFacts | undefined {
  try {
    const certificate = new X509Certificate(Buffer.from(certificateBody(text), 'base64'))
    const { subject, issuer, validTo, fingerprint256 } = certificate
    return { subject, issuer, validTo, fingerprint: fingerprint256 }
  } catch {
    return undefined
  }
}

function checkedCertificate(text: string): string {
  if (readCertificate(text) === undefined) {
    throw invalid('certificate', 'This is not an X.509 certificate in base64: copy it whole')
  }
  return certificateBody(text)
}

function checkedAddress(text: string): string {
  if (!/^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '')) {
    throw invalid('idpSsoUrl', 'Enter a complete address that begins with https:// or http://')
  }
  return text
}

function checkedIssuer(text: string): string {
  if (text === '') throw invalid('idpEntityId', 'Enter the entity ID of your identity provider')
  return text
}

function invalid(field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-value', status: 400, field, message })
}
