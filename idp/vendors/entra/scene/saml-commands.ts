import { z } from 'zod'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { SAML_TOOLKIT_LISTING } from '#idp/gallery/saml-toolkit/listing.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { APP_TEMPLATES } from '../commands/app-templates.ts'
import { instantiateApp } from '../commands/instantiate-app.ts'
import { samlIssuerOf, ssoPath, userAccessPath } from '../saml/addresses.ts'
import { shownCertificates, thumbprintOf } from '../saml/certificates.ts'
import { checkBasicSaml, checkClaim } from '../saml/check-settings.ts'
import { claimName, DEFAULT_CLAIMS } from '../saml/claims.ts'
import {
  activateSamlCertificate,
  chooseSaml,
  disableSaml,
  newSamlCertificate,
  removeClaim,
  samlSettingsOf,
  saveBasicSaml,
  saveClaim,
  saveNameId,
  saveSigning,
} from '../saml/commands.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { appNamed } from './find.ts'

const app = z.string()

const Basic = {
  /** Identifier (Entity ID). */
  identifier: z.string().optional(),
  /** Reply URL (Assertion Consumer Service URL). */
  replyUrl: z.string().optional(),
  signOnUrl: z.string().nullable().optional(),
  relayState: z.string().nullable().optional(),
  /** Where the answer to a sign-out of the app goes. */
  logoutUrl: z.string().nullable().optional(),
}

/** Single sign-on of apps by SAML: set up, claims, certificates. */
export function samlCommands(deps: SceneDeps) {
  const { system } = deps

  /** What the other side is given. */
  const tellSaml = (appId: string) => {
    const principal = system.store.get('servicePrincipals', appId)
    if (principal === undefined) throw notFound('service principal', appId)
    const [active] = shownCertificates(system, appId)
    return {
      appId,
      name: principal.displayName,
      loginUrl: system.origin + ssoPath(principal.tenantId),
      logoutUrl: system.origin + ssoPath(principal.tenantId),
      entraIdentifier: samlIssuerOf(principal.tenantId),
      userAccessUrl: system.origin + userAccessPath(principal),
      ...(active === undefined ? {} : { certificate: active.certificate, thumbprint: thumbprintOf(active) }),
    }
  }

  return [
    entraCommand(
      'add-saml-app',
      'Adds the SAML Toolkit of the gallery under a name, sets it up with SAML, and adds claims to the default ones.',
      z.strictObject({
        name: z.string(),
        identifier: z.string(),
        replyUrl: z.string(),
        /** Source attribute or text in quotes by claim name, without a namespace. */
        claims: z.record(z.string(), z.string()).optional(),
      }),
      async ({ name, identifier, replyUrl, claims = {} }) => {
        const template = APP_TEMPLATES.find(({ templateId }) => templateId === SAML_TOOLKIT_LISTING.templateId)
        if (template === undefined) throw notFound('application template', SAML_TOOLKIT_LISTING.templateId)
        const basic = { identifiers: [identifier], replyUrls: [replyUrl] }
        const added = Object.entries(claims).map(([claim, source]) => ({ name: claim, source }))
        // Whole or not at all: what would be refused is, before there is an app.
        checkBasicSaml(system.store, { principalId: '', tenantId: TENANT_ID }, basic)
        for (const [index, claim] of added.entries()) checkClaim(claim, [...DEFAULT_CLAIMS, ...added.slice(0, index)])
        const { id: appId } = (await instantiateApp(deps, KIT, { templateId: template.id, displayName: name })).app
        await chooseSaml(deps, KIT, { appId })
        await saveBasicSaml(deps, KIT, { appId, basic })
        for (const claim of added) await saveClaim(deps, KIT, { appId, claim })
        return tellSaml(appId)
      },
    ),
    entraCommand(
      'edit-saml-app',
      'Changes the basic SAML configuration of an app, its Unique User Identifier, or what is signed; what is not named stays.',
      z.strictObject({
        app,
        ...Basic,
        /** Source of the Unique User Identifier. */
        nameId: z.string().optional(),
        signingOption: z.enum(['assertion', 'response', 'both']).optional(),
      }),
      async ({ app: named, identifier, replyUrl, signOnUrl, relayState, logoutUrl, nameId, signingOption }) => {
        const appId = appNamed(deps, named).id
        const own = samlSettingsOf(system.store, appId)
        await saveBasicSaml(deps, KIT, {
          appId,
          basic: {
            identifiers: identifier === undefined ? own.identifiers : [identifier],
            replyUrls: replyUrl === undefined ? own.replyUrls : [replyUrl],
            ...textOf('signOnUrl', signOnUrl, own.signOnUrl),
            ...textOf('relayState', relayState, own.relayState),
            ...textOf('logoutUrl', logoutUrl, own.logoutUrl),
          },
        })
        if (nameId !== undefined) await saveNameId(deps, KIT, { appId, nameId: { ...own.nameId, source: nameId } })
        if (signingOption !== undefined) {
          const hash = shownCertificates(system, appId)[0]?.hash ?? 'sha256'
          const { notificationEmails } = own
          await saveSigning(deps, KIT, { appId, signing: { option: signingOption, hash, notificationEmails } })
        }
        return tellSaml(appId)
      },
    ),
    entraCommand(
      'set-saml-claim',
      'Adds a claim of an app with SAML, or changes the one of that name; without a source it is removed.',
      z.strictObject({ app, name: z.string(), source: z.string().nullable() }),
      async ({ app: named, name, source }) => {
        const appId = appNamed(deps, named).id
        const known = samlSettingsOf(system.store, appId).claims.find((claim) => claimName(claim) === name)
        if (source === null) await removeClaim(deps, KIT, { appId, name })
        else {
          const claim = known === undefined ? { name, source } : { ...known, source }
          await saveClaim(deps, KIT, { appId, claim, ...(known === undefined ? {} : { replaced: name }) })
        }
        return { appId, claims: samlSettingsOf(system.store, appId).claims.map(claimName) }
      },
    ),
    entraCommand(
      'roll-saml-certificate',
      'Makes a new signing certificate for an app with SAML, and makes it active unless told otherwise.',
      z.strictObject({ app, activate: z.boolean().default(true) }),
      async ({ app: named, activate }) => {
        const appId = appNamed(deps, named).id
        samlSettingsOf(system.store, appId)
        const { id } = await newSamlCertificate(deps, KIT, { appId })
        if (activate) await activateSamlCertificate(deps, KIT, { appId, certificateId: id })
        return { ...tellSaml(appId), certificateId: id }
      },
    ),
    entraCommand(
      'activate-saml-certificate',
      'Makes a signing certificate of an app active, by its thumbprint.',
      z.strictObject({ app, thumbprint: z.string() }),
      async ({ app: named, thumbprint }) => {
        const appId = appNamed(deps, named).id
        const wanted = shownCertificates(system, appId).find((each) => thumbprintOf(each) === thumbprint)
        if (wanted === undefined) throw badValue('thumbprint', `The app has no certificate ${thumbprint}.`)
        await activateSamlCertificate(deps, KIT, { appId, certificateId: wanted.id })
        return tellSaml(appId)
      },
    ),
    entraCommand(
      'disable-saml',
      'Switches the single sign-on of an app off; its settings and certificates go.',
      z.strictObject({ app }),
      async ({ app: named }) => {
        const appId = appNamed(deps, named).id
        await disableSaml(deps, KIT, { appId })
        return { appId }
      },
    ),
  ]
}

/** A text that is changed, cleared by `null`, or stays. */
function textOf<K extends string>(name: K, given: string | null | undefined, before: string | undefined) {
  const value = given === undefined ? before : (given ?? undefined)
  return (value === undefined ? {} : { [name]: value }) as { readonly [key in K]?: string }
}
