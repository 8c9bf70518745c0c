import { type Diagnoser, dialpadPage, oktaPage } from '../diagnoser.ts'
import type { Diagnosis } from '../finding.ts'
import type { Sight } from '../sight.ts'

/** What Okta and Dialpad have been told of each other for signing in. */

const samlPage = dialpadPage('company/authentication/saml', 'Authentication > SAML')

/** SAML as it stands on both sides, where Dialpad was told of this org; `undefined` elsewhere. */
function bothSides({ okta, dialpad }: Sight) {
  const { app } = okta
  const saml = dialpad.company?.saml
  const isOurs = saml?.provider === 'okta' && app !== undefined
  return isOurs ? { app, saml, issuer: `http://www.okta.com/${app.samlKey}` } : undefined
}

const bare = (certificate: string): string => certificate.replace(/-----[^-]+-----|\s/g, '')

function differs(
  headline: string,
  find: (sides: NonNullable<ReturnType<typeof bothSides>>, sight: Sight) => Omit<Diagnosis, 'headline'> | undefined,
) {
  return (sight: Sight): Diagnosis | undefined => {
    const sides = bothSides(sight)
    const found = sides === undefined ? undefined : find(sides, sight)
    return found === undefined ? undefined : { headline, ...found }
  }
}

export const SAML_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'saml-issuer-differs',
    source: 'okta 8.2, dialpad F21',
    look: differs("Dialpad expects another issuer than Okta's.", ({ saml, issuer }) =>
      saml.idpEntityId === issuer
        ? undefined
        : { evidence: [`Dialpad: ${saml.idpEntityId}`, `Okta: ${issuer}`], page: samlPage },
    ),
  },
  {
    fault: 'saml-sso-address-wrong',
    source: 'dialpad F21, F22',
    look: differs("Dialpad sends people to an address that is not the app's in Okta.", ({ saml, app }) =>
      saml.idpSsoUrl.includes(`/${app.samlKey}/sso/saml`)
        ? undefined
        : {
            evidence: [
              `IdP SSO URL at Dialpad: ${saml.idpSsoUrl}; the app's ends with /${app.samlKey}/sso/saml.`,
              `Other ways to log in: ${saml.preventOtherProviders ? 'prevented' : 'allowed'}.`,
            ],
            page: samlPage,
          },
    ),
  },
  {
    fault: 'saml-certificate-differs',
    source: 'okta 8.2, dialpad F21',
    look: differs('Dialpad checks signatures with another certificate than Okta signs with.', ({ saml }, { okta }) =>
      okta.certificate === undefined || bare(saml.certificate) === bare(okta.certificate)
        ? undefined
        : {
            evidence: [
              `Dialpad's ends in ${bare(saml.certificate).slice(-12)}; the one that is active in Okta ends in ${bare(okta.certificate).slice(-12)}.`,
            ],
            page: samlPage,
          },
    ),
  },
  {
    fault: 'saml-addresses-swapped',
    source: 'okta 8.2',
    look: differs("ACS URL and entity id stand in each other's place in Okta.", ({ app }, sight) =>
      app.signOn.acsUrl.includes('/saml/metadata/') && app.signOn.spEntityId.includes('/saml/sso/')
        ? {
            evidence: [`SP SSO URL: ${app.signOn.acsUrl}`, `SP Entity ID: ${app.signOn.spEntityId}`],
            page: oktaPage(sight, 'signon', 'Sign On'),
          }
        : undefined,
    ),
  },
  {
    fault: 'saml-attribute-case',
    source: 'okta 8.2',
    look: differs('An attribute that Dialpad reads is written otherwise in Okta: case counts.', ({ app }, sight) => {
      const names = app.signOn.attributeStatements.map(({ name }) => name)
      const wrong = names.find((name) => name !== 'Email' && name.toLowerCase() === 'email')
      return wrong === undefined || names.includes('Email')
        ? undefined
        : {
            evidence: [`Attribute statements: ${names.join(', ')}. Dialpad reads "Email".`],
            page: oktaPage(sight, 'signon', 'Sign On'),
          }
    }),
  },
]
