import { activeCertificateOf } from '#idp/protocols/saml/signing-certificates.ts'
import { catalogEntry } from '../../apps/catalog.ts'
import { DEFAULT_GENERAL, type OktaApp } from '../../apps/records.ts'
import type { OktaReader } from '../../collections.ts'
import { embedPath } from '../../dashboard/assigned-tiles.ts'
import { mayLogOut, NO_SINGLE_LOGOUT } from '../../saml/single-logout.ts'
import { featuresOf } from './app-features.ts'
import { attributeStatementResources } from './attribute-statements.ts'
import { usernameTemplateResource } from './username-template.ts'

/** An app as the API shows it (reference sheet 6.3). */

const POST = { allow: ['POST'] } as const

/** Name of the app's mode of signing on in the API. */
export function signOnModeOf({
  signOnMode,
}: Pick<OktaApp, 'signOnMode'>): 'SAML_2_0' | 'AUTO_LOGIN' | 'OPENID_CONNECT' {
  return signOnMode === 'SECURE_WEB_AUTHENTICATION' ? 'AUTO_LOGIN' : signOnMode
}

/** Whether the service provider's two addresses are settings of the catalog entry, or typed as in any SAML app of the wizard. */
export function isListed({ catalogKey }: Pick<OktaApp, 'catalogKey'>): boolean {
  return catalogEntry(catalogKey)?.listed === true
}

/** Version of SAML that names the format (SAML core §8.3). */
const NAME_ID_VERSION = { unspecified: '1.1', emailAddress: '1.1', persistent: '2.0', transient: '2.0' } as const

const textOrNull = (text: string): string | null => (text === '' ? null : text)

function signOnSettings(app: OktaApp): object {
  const { defaultRelayState, acsUrl, spEntityId, disableForceAuthn, nameIdFormat = 'unspecified' } = app.signOn
  const addresses = isListed(app)
    ? { ssoAcsUrlOverride: null, audienceOverride: null, recipientOverride: null, destinationOverride: null }
    : { ssoAcsUrl: acsUrl, recipient: acsUrl, destination: acsUrl, audience: spEntityId }
  return {
    defaultRelayState: textOrNull(defaultRelayState),
    ...addresses,
    honorForceAuthn: !disableForceAuthn,
    subjectNameIdFormat: `urn:oasis:names:tc:SAML:${NAME_ID_VERSION[nameIdFormat]}:nameid-format:${nameIdFormat}`,
    attributeStatements: attributeStatementResources(app.signOn),
    ...singleLogoutSettings(app),
  }
}

/** An app of the wizard says whether it may begin a Single Logout, and by which certificate it is known. */
function singleLogoutSettings(app: OktaApp): object {
  if (!mayLogOut(app)) return {}
  const { enabled, url, issuer, certificate } = app.signOn.singleLogout ?? NO_SINGLE_LOGOUT
  return {
    slo: enabled ? { enabled, issuer, logoutUrl: url } : { enabled },
    ...(enabled ? { spCertificate: { x5c: [certificate] } } : {}),
  }
}

function linksOf(origin: string, app: OktaApp): object {
  const self = `${origin}/api/v1/apps/${app.id}`
  const lifecycle = app.status === 'ACTIVE' ? 'deactivate' : 'activate'
  return {
    self: { href: self },
    metadata: { href: `${self}/sso/saml/metadata`, type: 'application/xml' },
    appLinks: [{ name: `${app.name}_link`, href: `${origin}${embedPath(app)}`, type: 'text/html' }],
    help: {
      href: `${origin}/admin/app/${app.name}/instance/${app.id}/setup/help/SAML_2_0/instructions`,
      type: 'text/html',
    },
    users: { href: `${self}/users` },
    groups: { href: `${self}/groups` },
    [lifecycle]: { href: `${self}/lifecycle/${lifecycle}`, hints: POST },
  }
}

/** @param origin Of the org: links begin with it. */
export function appResource(reader: OktaReader, origin: string, app: OktaApp): Readonly<Record<string, unknown>> {
  const { visibility, signOn, general = DEFAULT_GENERAL } = app
  const kid = activeCertificateOf(reader, app.id)?.id
  return {
    id: app.id,
    name: app.name,
    label: app.label,
    status: app.status,
    created: app.created,
    lastUpdated: app.lastUpdated,
    accessibility: {
      selfService: general.selfService,
      errorRedirectUrl: textOrNull(general.errorRedirectUrl),
      loginRedirectUrl: null,
    },
    visibility: {
      autoLaunch: false,
      autoSubmitToolbar: visibility.autoSubmit,
      hide: { iOS: visibility.hideMobile, web: visibility.hideWeb },
      appLinks: { [`${app.name}_link`]: true },
    },
    features: featuresOf(app),
    signOnMode: signOnModeOf(app),
    credentials: {
      userNameTemplate: usernameTemplateResource(signOn.usernameTemplate),
      signing: kid === undefined ? {} : { kid },
    },
    settings: {
      app: isListed(app) ? { acsURL: textOrNull(signOn.acsUrl), entityID: textOrNull(signOn.spEntityId) } : {},
      notifications: {
        vpn: {
          network: { connection: general.vpn.notice.toUpperCase() },
          message: textOrNull(general.vpn.message),
          helpUrl: textOrNull(general.vpn.url),
        },
      },
      notes: { admin: textOrNull(app.notesForAdmins), enduser: textOrNull(app.notesForUsers) },
      implicitAssignment: app.oidc?.implicitAssignment ?? false,
      ...(app.oidc === undefined ? { signOn: signOnSettings(app) } : {}),
    },
    _links: linksOf(origin, app),
  }
}
