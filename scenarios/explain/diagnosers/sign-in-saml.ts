import { type Diagnoser, dialpadPage } from '../diagnoser.ts'
import type { Diagnosis, MendingPage } from '../finding.ts'
import { named } from '../finding.ts'
import type { Sight } from '../sight.ts'
import type { SamlApp } from '../systems/entra-sign-in.ts'

/** What Entra and Dialpad have been told of each other for signing in by SAML, provider Custom. */

const samlPage = dialpadPage('company/authentication/saml', 'Authentication > SAML')

function appPage({ app }: SamlApp, path: string, name: string): MendingPage {
  return {
    system: 'entra',
    path: `/admin/apps/${app.id}/sign-on${path}`,
    label: `Entra, Enterprise apps > ${app.displayName} > Single sign-on > ${name}`,
  }
}

interface Sides {
  readonly own: SamlApp
  readonly saml: NonNullable<NonNullable<Sight['dialpad']['company']>['saml']>
  /** Ends of the addresses Dialpad has as a service provider, here and at the real one. */
  readonly acs: string
  readonly entityId: string
  readonly tenant: string
}

const ENTRA_LOGIN = /\/([0-9a-f-]{36})\/saml2$/

/**
 * Both sides, where Dialpad was told of this tenant. The app meant is the one that names Dialpad; where none does, the only one
 * there is.
 */
function bothSides({ entra, dialpad }: Sight): Sides | undefined {
  const saml = dialpad.company?.saml
  const { samlApps } = entra.signIn
  const [domain] = dialpad.company?.domains ?? []
  if (saml?.provider !== 'custom' || domain === undefined) return undefined
  const [acs, entityId] = [`/saml/sso/custom/${domain}`, `/api/saml/metadata/custom/${domain}`]
  const own =
    samlApps.find(({ settings }) =>
      [...settings.identifiers, ...settings.replyUrls].some((each) => each.endsWith(acs) || each.endsWith(entityId)),
    ) ?? (samlApps.length === 1 ? samlApps[0] : undefined)
  const [, tenant] = ENTRA_LOGIN.exec(saml.idpSsoUrl) ?? []
  if (own === undefined || tenant === undefined || tenant !== own.app.tenantId) return undefined
  return { own, saml, acs, entityId, tenant }
}

function differs(look: (sides: Sides) => Diagnosis | undefined): (sight: Sight) => Diagnosis | undefined {
  return (sight) => {
    const sides = bothSides(sight)
    return sides === undefined ? undefined : look(sides)
  }
}

const bare = (certificate: string): string => certificate.replace(/-----[^-]+-----|\s/g, '')

/** Attributes of a person that are an e-mail address. */
const ADDRESSES = new Set(['user.userprincipalname', 'user.mail'])

export const ENTRA_SAML_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'entra-saml-identifier',
    source: 'dialpad F21, AADSTS700016',
    look: differs(({ own, entityId }) =>
      own.settings.identifiers.some((each) => each.endsWith(entityId))
        ? undefined
        : {
            headline: 'Entra knows Dialpad by another name than Dialpad calls itself.',
            evidence: [
              `Identifier (Entity ID): ${named(own.settings.identifiers) || 'none'}; Dialpad's ends with ${entityId}.`,
            ],
            page: appPage(own, '/basic', 'Basic SAML Configuration'),
          },
    ),
  },
  {
    fault: 'entra-saml-reply-url',
    source: 'dialpad F21, AADSTS50011',
    look: differs(({ own, acs }) =>
      own.settings.replyUrls.some((each) => each.endsWith(acs))
        ? undefined
        : {
            headline: 'Entra sends its answer to an address at which Dialpad takes none.',
            evidence: [`Reply URL: ${named(own.settings.replyUrls) || 'none'}; Dialpad's ends with ${acs}.`],
            page: appPage(own, '/basic', 'Basic SAML Configuration'),
          },
    ),
  },
  {
    fault: 'entra-saml-email-claim',
    source: 'dialpad F21',
    look: differs(({ own }) => {
      const { claims } = own.settings
      if (claims.some(({ name, namespace }) => name === 'Email' && namespace === undefined)) return undefined
      return {
        headline: 'No claim of the app is called Email, by which Dialpad knows people.',
        evidence: [
          `Claims: ${named(claims.map(({ name, namespace }) => (namespace === undefined ? name : `${namespace}/${name}`)))}.`,
        ],
        page: appPage(own, '/claims', 'Attributes & Claims'),
      }
    }),
  },
  {
    fault: 'entra-saml-name-id',
    source: 'dialpad F21',
    look: differs(({ own }) => {
      const { source } = own.settings.nameId
      if (ADDRESSES.has(source)) return undefined
      return {
        headline: 'Entra names people by something that is no address of theirs.',
        evidence: [`Unique User Identifier (Name ID): ${source}. Dialpad looks for an e-mail address.`],
        page: appPage(own, '/claims', 'Attributes & Claims'),
      }
    }),
  },
  {
    fault: 'entra-saml-certificate',
    source: 'dialpad F21',
    look: differs(({ own: { certificate }, saml }) =>
      certificate === undefined || bare(saml.certificate) === bare(certificate)
        ? undefined
        : {
            headline: 'Dialpad checks signatures with another certificate than Entra signs with.',
            evidence: [
              `Dialpad's ends in ${bare(saml.certificate).slice(-12)}; the one that is active in Entra ends in ${bare(certificate).slice(-12)}.`,
            ],
            page: samlPage,
          },
    ),
  },
  {
    fault: 'entra-saml-issuer',
    source: 'dialpad F21',
    look: differs(({ tenant, saml }) =>
      saml.idpEntityId === `https://sts.windows.net/${tenant}/`
        ? undefined
        : {
            headline: "Dialpad expects another issuer than Entra's.",
            evidence: [
              `Dialpad: ${saml.idpEntityId}`,
              `Microsoft Entra Identifier: https://sts.windows.net/${tenant}/`,
            ],
            page: samlPage,
          },
    ),
  },
]
