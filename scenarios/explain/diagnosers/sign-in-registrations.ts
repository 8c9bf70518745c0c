import type { Diagnoser } from '../diagnoser.ts'
import { type Diagnosis, type MendingPage, named } from '../finding.ts'
import type { Sight } from '../sight.ts'
import type { EntraSignIn, Registration } from '../systems/entra-sign-in.ts'

/** What an application is registered with, and what it asks for. */

const LIST = '/admin/registrations'

function registrationPage({ id, displayName }: Registration, path: string, name: string): MendingPage {
  return {
    system: 'entra',
    path: `${LIST}/${id}/${path}`,
    label: `Entra, App registrations > ${displayName} > ${name}`,
  }
}
const authentication = (registration: Registration) =>
  registrationPage(registration, 'authentication', 'Authentication')
const credentials = (registration: Registration) =>
  registrationPage(registration, 'credentials', 'Certificates & secrets')

type Newest = EntraSignIn['newest'][number]

/** The newest request of an application that was refused with a number, where what it was refused for still stands. */
function refusedWith(code: number, stands: (request: Newest) => boolean, say: (request: Newest) => Diagnosis) {
  return ({ entra }: Sight): Diagnosis | undefined => {
    const found = entra.signIn.newest.find((request) => request.code === code && stands(request))
    return found === undefined ? undefined : say(found)
  }
}

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(?=\/|$)/

/** Whether an address is registered; the port of this machine's own does not matter. */
function isRegistered({ web, spa, publicClient }: Registration, uri: string): boolean {
  const comparable = (address: string): string => address.replace(LOOPBACK, 'http://$1')
  return [web, spa, publicClient].some(({ redirectUris }) =>
    redirectUris.some((each) => comparable(each) === comparable(uri)),
  )
}

interface Credential {
  readonly kind: 'secret' | 'certificate'
  readonly name: string
  readonly end: string | undefined
}

const credentialsOf = ({ secrets, keyCredentials }: Registration): readonly Credential[] => [
  ...secrets.map(({ displayName, hint, endDateTime }) => ({
    kind: 'secret' as const,
    name: displayName ?? `Secret ${hint}`,
    end: endDateTime,
  })),
  ...keyCredentials.map(({ displayName, endDateTime }) => ({
    kind: 'certificate' as const,
    name: displayName,
    end: endDateTime,
  })),
]

/** An application with credentials of which none is valid any more; the one that ended last is of this kind. */
function allEnded(kind: Credential['kind'], say: (registration: Registration, last: string) => Diagnosis) {
  return ({ entra }: Sight): Diagnosis | undefined => {
    for (const registration of entra.signIn.registrations) {
      const all = credentialsOf(registration)
      const ended = all.filter(({ end }) => end !== undefined && end <= entra.now)
      const last = ended.toSorted((one, other) => (other.end ?? '').localeCompare(one.end ?? ''))[0]
      if (last?.kind === kind && ended.length === all.length) {
        return say(registration, `${last.name} ended ${last.end}; it is ${entra.now} now.`)
      }
    }
    return undefined
  }
}

export const SIGN_IN_REGISTRATION_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'redirect-uri-missing',
    source: 'AADSTS50011',
    look: refusedWith(
      50011,
      ({ registration, redirectUri }) => redirectUri !== undefined && !isRegistered(registration, redirectUri),
      ({ registration, redirectUri, at }) => ({
        headline: `${registration.displayName} asks for answers at an address it is not registered with.`,
        evidence: [
          `AADSTS50011 at ${at}: asked for ${redirectUri}.`,
          `Registered: ${named([...registration.web.redirectUris, ...registration.spa.redirectUris, ...registration.publicClient.redirectUris]) || 'no redirect URI'}.`,
        ],
        page: authentication(registration),
      }),
    ),
  },
  {
    fault: 'single-tenant-at-common',
    source: 'AADSTS50194',
    look: refusedWith(
      50194,
      ({ registration }) => registration.signInAudience === 'AzureADMyOrg',
      ({ registration, place, at }) => ({
        headline: `${registration.displayName} is registered for one tenant, and sends people to the address of all.`,
        evidence: [
          `AADSTS50194 at ${at}: asked at /${place}/.`,
          `Supported account types of ${registration.displayName}: this organizational directory only.`,
        ],
        page: authentication(registration),
      }),
    ),
  },
  {
    fault: 'public-client-flows-off',
    source: 'AADSTS7000218',
    look: refusedWith(
      7000218,
      ({ registration, grantType }) =>
        (grantType ?? '').endsWith('device_code') && !registration.isFallbackPublicClient,
      ({ registration, grantType, at }) => ({
        headline: `${registration.displayName} comes for its tokens without a secret, and is not allowed to.`,
        evidence: [`AADSTS7000218 at ${at}: ${grantType}.`, 'Allow public client flows: No.'],
        page: authentication(registration),
      }),
    ),
  },
  {
    fault: 'client-secret-wrong',
    source: 'AADSTS7000215',
    look: refusedWith(
      7000215,
      // Whoever has made another secret since is about to give it to the application.
      ({ registration, at }) => !registration.secrets.some(({ startDateTime = '' }) => startDateTime > at),
      ({ registration, at }) => ({
        headline: `${registration.displayName} sends a secret that is none of its own.`,
        evidence: [
          `AADSTS7000215 at ${at}, at its newest request for tokens.`,
          `Its secrets, by ID: ${named(credentialsOf(registration).map(({ name }) => name)) || 'none'}. A Secret ID is not a secret.`,
        ],
        page: credentials(registration),
      }),
    ),
  },
  {
    fault: 'client-secret-expired',
    source: 'AADSTS7000222',
    look: allEnded('secret', (registration, last) => ({
      headline: `Every client secret of ${registration.displayName} has ended.`,
      evidence: [last],
      page: credentials(registration),
    })),
  },
  {
    fault: 'client-certificate-expired',
    source: 'AADSTS700027',
    look: allEnded('certificate', (registration, last) => ({
      headline: `Every certificate ${registration.displayName} signs with has ended.`,
      evidence: [last],
      page: credentials(registration),
    })),
  },
  {
    fault: 'app-permission-not-granted',
    source: 'dialpad F20',
    look({ entra: { signIn } }) {
      for (const registration of signIn.registrations) {
        const app = signIn.apps.find(({ appId }) => appId === registration.appId)
        const missing = registration.requiredRoles.filter((each) => !app?.applicationPermissions.includes(each))
        if (app !== undefined && missing.length > 0) {
          return {
            headline: `${registration.displayName} asks for permissions of its own, and no administrator has granted them.`,
            evidence: [
              `Application permissions asked for and not granted: ${named(missing)}.`,
              `Granted: ${named(app.applicationPermissions) || 'none'}.`,
            ],
            page: registrationPage(registration, 'permissions', 'API permissions'),
          }
        }
      }
      return undefined
    },
  },
]
