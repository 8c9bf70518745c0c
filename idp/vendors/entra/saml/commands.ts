import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import type { SamlCertificateRecord, SigningHash } from '#idp/protocols/saml/collections.ts'
import {
  activateCertificate,
  certificatesOf,
  keepCertificate,
  removeCertificate,
  removeCertificatesOf,
} from '#idp/protocols/saml/signing-certificates.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import type { EntraReader, EntraWriter } from '../collections.ts'
import { type Actor, type CommandDeps, mustManageApp } from '../commands/actor.ts'
import { journalChange } from '../commands/journal-change.ts'
import { prepareAppCertificate, thumbprintOf } from './certificates.ts'
import { type BasicSaml, checkBasicSaml, checkClaim, checkNotificationEmails, checkSource } from './check-settings.ts'
import { claimName, DEFAULT_CLAIMS, DEFAULT_NAME_ID } from './claims.ts'
import type { GroupsClaim, SamlClaim, SamlSettings, SigningOption } from './records.ts'

/** Certificates an app has at most. */
export const MOST_CERTIFICATES = 5

interface OneApp {
  /** Object id of the enterprise app. */
  readonly appId: string
}

/** The settings of an app with SAML. @throws {DirectoryRefusal} `Request_ResourceNotFound` for an app without. */
export function samlSettingsOf(reader: EntraReader, appId: string): SamlSettings {
  const settings = reader.get('samlSettings', appId)
  if (settings === undefined) throw notFound('SAML configuration', appId)
  return settings
}

interface Change<R> {
  readonly appId: string
  readonly title: (app: ServicePrincipal) => string
  readonly decide: (tx: EntraWriter, app: ServicePrincipal) => R
}

/** One transaction on an app the actor may manage, audited and journalled. @throws {Refusal} `role_needed`. */
async function changing<R>({ system }: CommandDeps, actor: Actor, { appId, title, decide }: Change<R>): Promise<R> {
  const { app, before, after, result } = await system.store.transact((tx) => {
    const standing = mustManageApp(tx, actor, appId)
    const { app: principal, tenant } = standing
    const old = tx.get('samlSettings', appId)
    const made = decide(tx, principal)
    recordAudit(tx, system.clock, {
      tenantId: tenant.id,
      activity: 'Update service principal',
      initiatedBy: initiatorOf(tx, standing),
      targets: [appTarget(principal)],
      details: { change: title(principal) },
    })
    return { app: principal, before: old, after: tx.get('samlSettings', appId), result: made }
  })
  journalChange(system, {
    title: title(app),
    subject: app.displayName,
    change: {
      type: 'saml-settings',
      id: appId,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  })
  return result
}

/**
 * Choose SAML as the single sign-on method: default claims, and a certificate that signs from now on. Chosen again, nothing changes.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for an app that signs people in by OpenID Connect.
 */
export async function chooseSaml(deps: CommandDeps, actor: Actor, { appId }: OneApp): Promise<SamlSettings> {
  const { system } = deps
  const { app } = mustManageApp(system.store, actor, appId)
  const known = system.store.get('samlSettings', appId)
  if (known !== undefined) return known
  if (!mayChooseSaml(system.store, app)) {
    throw badValue('method', `${app.displayName} signs people in with OpenID Connect; there is nothing to set up.`)
  }
  const prepared = await prepareAppCertificate(system, { owner: appId, id: '', activate: true })
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `SAML was chosen as single sign-on of ${displayName}`,
    decide: (tx, { tenantId }) => {
      const settings: SamlSettings = {
        principalId: appId,
        tenantId,
        identifiers: [],
        replyUrls: [],
        nameId: DEFAULT_NAME_ID,
        claims: DEFAULT_CLAIMS,
        signingOption: 'assertion',
        notificationEmails: [],
      }
      tx.put('samlSettings', appId, settings)
      keepCertificate(tx, { ...prepared, id: guidOf(nextIdSeed(tx)) })
      return settings
    },
  })
}

/** Apps of the gallery's OpenID Connect entries, and registrations with reply addresses, sign people in already. */
export function mayChooseSaml(reader: EntraReader, app: ServicePrincipal): boolean {
  const application = reader.get('applications', app.applicationId)
  if (application === undefined || application.firstParty) return false
  return application.web.redirectUris.length + application.spa.redirectUris.length === 0
}

/** Switch single sign-on off: settings and certificates go. @throws {Refusal} `role_needed`. */
export function disableSaml(deps: CommandDeps, actor: Actor, { appId }: OneApp): Promise<void> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `Single sign-on of ${displayName} was disabled`,
    decide: (tx) => forgetSaml(tx, samlSettingsOf(tx, appId).principalId),
  })
}

/** Nothing of an app's single sign-on stays behind. */
export function forgetSaml(tx: EntraWriter, appId: string): void {
  tx.delete('samlSettings', appId)
  removeCertificatesOf(tx, appId)
}

/** Save "Basic SAML Configuration". @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `checkBasicSaml`. */
export function saveBasicSaml(
  deps: CommandDeps,
  actor: Actor,
  { appId, basic }: OneApp & { readonly basic: BasicSaml },
): Promise<SamlSettings> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `The basic SAML configuration of ${displayName} was saved`,
    decide: (tx) => {
      const own = samlSettingsOf(tx, appId)
      checkBasicSaml(tx, own, basic)
      const { signOnUrl: _s, relayState: _r, logoutUrl: _l, ...rest } = own
      return put(tx, { ...rest, ...basic })
    },
  })
}

/** Save the Unique User Identifier. @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} for its source. */
export function saveNameId(
  deps: CommandDeps,
  actor: Actor,
  { appId, nameId }: OneApp & { readonly nameId: SamlSettings['nameId'] },
): Promise<SamlSettings> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `The Unique User Identifier of ${displayName} was changed`,
    decide: (tx) => {
      const own = samlSettingsOf(tx, appId)
      checkSource(nameId.source)
      return put(tx, { ...own, nameId })
    },
  })
}

/**
 * Add a claim, or change one.
 * @param replaced Full name of the claim it takes the place of; absent for a new one.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `checkClaim`; `Request_ResourceNotFound` for an unknown one.
 */
export function saveClaim(
  deps: CommandDeps,
  actor: Actor,
  { appId, claim, replaced }: OneApp & { readonly claim: SamlClaim; readonly replaced?: string | undefined },
): Promise<SamlSettings> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `The claim ${claimName(claim)} of ${displayName} was saved`,
    decide: (tx) => {
      const own = samlSettingsOf(tx, appId)
      const at = own.claims.findIndex((each) => claimName(each) === replaced)
      if (replaced !== undefined && at < 0) throw notFound('claim', replaced)
      checkClaim(claim, at < 0 ? own.claims : own.claims.toSpliced(at, 1))
      return put(tx, { ...own, claims: at < 0 ? [...own.claims, claim] : own.claims.with(at, claim) })
    },
  })
}

/** @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound`. */
export function removeClaim(
  deps: CommandDeps,
  actor: Actor,
  { appId, name }: OneApp & { readonly name: string },
): Promise<SamlSettings> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `The claim ${name} of ${displayName} was removed`,
    decide: (tx) => {
      const own = samlSettingsOf(tx, appId)
      const claims = own.claims.filter((each) => claimName(each) !== name)
      if (claims.length === own.claims.length) throw notFound('claim', name)
      return put(tx, { ...own, claims })
    },
  })
}

/** Set the groups claim; `undefined` removes it. @throws {Refusal} `role_needed`. */
export function saveGroupsClaim(
  deps: CommandDeps,
  actor: Actor,
  { appId, groupsClaim }: OneApp & { readonly groupsClaim: GroupsClaim | undefined },
): Promise<SamlSettings> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `The groups claim of ${displayName} was changed`,
    decide: (tx) => {
      const { groupsClaim: _before, ...own } = samlSettingsOf(tx, appId)
      return put(tx, groupsClaim === undefined ? own : { ...own, groupsClaim })
    },
  })
}

/** What the pane "SAML Signing Certificate" saves. */
export interface Signing {
  readonly option: SigningOption
  readonly hash: SigningHash
  readonly notificationEmails: readonly string[]
}

/** Save how answers are signed. @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} for the addresses. */
export function saveSigning(
  deps: CommandDeps,
  actor: Actor,
  { appId, signing }: OneApp & { readonly signing: Signing },
): Promise<SamlSettings> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `How answers for ${displayName} are signed was changed`,
    decide: (tx) => {
      const own = samlSettingsOf(tx, appId)
      const { option, hash, notificationEmails } = signing
      checkNotificationEmails(notificationEmails)
      for (const record of certificatesOf(tx, appId)) {
        if (record.hash !== hash) tx.put('samlCertificates', record.id, { ...record, hash })
      }
      return put(tx, { ...own, signingOption: option, notificationEmails })
    },
  })
}

/** "New Certificate": a second one, inactive, so that the other side can be told of it first. @throws {DirectoryRefusal} one too many. */
export async function newSamlCertificate(
  deps: CommandDeps,
  actor: Actor,
  { appId }: OneApp,
): Promise<SamlCertificateRecord> {
  const { system } = deps
  mustManageApp(system.store, actor, appId)
  checkRoom(system.store, appId)
  const prepared = await prepareAppCertificate(system, { owner: appId, id: '', activate: false })
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `A signing certificate of ${displayName} was made`,
    decide: (tx) => {
      checkRoom(tx, samlSettingsOf(tx, appId).principalId)
      const [active] = certificatesOf(tx, appId)
      const record = { ...prepared, hash: active?.hash ?? prepared.hash, id: guidOf(nextIdSeed(tx)) }
      keepCertificate(tx, record)
      return record
    },
  })
}

function checkRoom(reader: EntraReader, appId: string): void {
  if (certificatesOf(reader, appId).length < MOST_CERTIFICATES) return
  throw badValue('certificate', `An app has at most ${MOST_CERTIFICATES} certificates. Delete an inactive one.`)
}

interface OneCertificate extends OneApp {
  readonly certificateId: string
}

/** "Make certificate active": an app that still holds the one before refuses every answer. @throws {DirectoryRefusal} unknown. */
export function activateSamlCertificate(
  deps: CommandDeps,
  actor: Actor,
  { appId, certificateId }: OneCertificate,
): Promise<SamlCertificateRecord> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `Another certificate signs for ${displayName} now`,
    decide: (tx) => {
      const record = activateCertificate(tx, appId, certificateId)
      if (record === undefined) throw notFound('certificate', certificateId)
      return record
    },
  })
}

/** @throws {DirectoryRefusal} `Request_BadRequest` for the active one, `Request_ResourceNotFound`. */
export function deleteSamlCertificate(
  deps: CommandDeps,
  actor: Actor,
  { appId, certificateId }: OneCertificate,
): Promise<SamlCertificateRecord> {
  return changing(deps, actor, {
    appId,
    title: ({ displayName }) => `A signing certificate of ${displayName} was deleted`,
    decide: (tx) => {
      const record = certificatesOf(tx, appId).find(({ id }) => id === certificateId)
      if (record === undefined) throw notFound('certificate', certificateId)
      if (!removeCertificate(tx, appId, certificateId)) {
        throw badValue('certificate', `${thumbprintOf(record)} is active. Make another certificate active first.`)
      }
      return record
    },
  })
}

function put(tx: EntraWriter, settings: SamlSettings): SamlSettings {
  tx.put('samlSettings', settings.principalId, settings)
  return settings
}
