import { type Diagnoser, dialpadPage, entraPage } from '../diagnoser.ts'
import type { Diagnosis } from '../finding.ts'
import type { Sight } from '../sight.ts'

/** Between Entra and the target: the key, the address, whether cycles run at all. */

const CREDENTIALS = /credential/i

function quarantineOf({
  entra,
}: Sight): { readonly code: string; readonly message: string; readonly since: string } | undefined {
  const { run } = entra
  return run?.quarantine == null ? undefined : { ...run.quarantine.error, since: run.quarantine.since }
}

const told = (quarantine: { readonly message: string; readonly since: string }): string =>
  `The job is in quarantine since ${quarantine.since}: ${quarantine.message}`

const credentialsPage = (sight: Sight) => entraPage(sight, 'provisioning/connectivity', 'Provisioning > Connectivity')

/** Whether the token is refused, and the newest key that could have been it. */
export function refusedKey(sight: Sight): { readonly what: 'revoked' | 'expired' | 'unknown' } {
  const newest = sight.dialpad.keys.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))[0]
  if (newest?.revokedAt !== undefined) return { what: 'revoked' }
  if (newest?.expiresAt !== undefined && newest.expiresAt <= sight.dialpad.now) return { what: 'expired' }
  return { what: 'unknown' }
}

function tokenRefused(
  what: 'revoked' | 'expired' | 'unknown',
  say: (sight: Sight) => { readonly headline: string; readonly key: string },
): (sight: Sight) => Diagnosis | undefined {
  return (sight) => {
    const quarantine = quarantineOf(sight)
    if (quarantine === undefined || !CREDENTIALS.test(quarantine.code)) return undefined
    if (refusedKey(sight).what !== what) return undefined
    const { headline, key } = say(sight)
    return { headline, evidence: [told(quarantine), key], page: credentialsPage(sight) }
  }
}

const newestKey = ({ dialpad }: Sight) =>
  dialpad.keys.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))[0]

/** Where SCIM is served: the address the articles give, with what may follow it. */
const SCIM_PATH = /^\/scim(\/v2)?\/?$/

function pathOf(url: string): string {
  try {
    return new URL(url).pathname
  } catch {
    return url
  }
}

export const ENTRA_CONNECTION_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'entra-consent-blocked',
    source: 'dialpad F20',
    look: (sight) =>
      sight.entra.consentBlocked
        ? {
            headline:
              'People cannot log in to Dialpad with Microsoft: the tenant lets nobody consent, and no administrator has.',
            evidence: ['User consent is "block", and there is no grant for the whole organization.'],
            page: {
              system: 'dialpad',
              path: '/login',
              label: 'Dialpad, Log in with Microsoft as a Global Administrator',
            },
          }
        : undefined,
  },
  {
    fault: 'entra-key-revoked',
    source: 'dialpad F1, entra-provisioning 12.3',
    look: tokenRefused('revoked', (sight) => ({
      headline: 'The API key that Entra sends was revoked in Dialpad.',
      key: `Dialpad's newest key, "${newestKey(sight)?.name}", was revoked ${newestKey(sight)?.revokedAt}.`,
    })),
  },
  {
    fault: 'entra-key-expired',
    source: 'dialpad F1, entra-provisioning 12.3',
    look: tokenRefused('expired', (sight) => ({
      headline: 'The API key that Entra sends has expired.',
      key: `Dialpad's newest key, "${newestKey(sight)?.name}", expired ${newestKey(sight)?.expiresAt}; it is ${sight.dialpad.now} now.`,
    })),
  },
  {
    fault: 'entra-token-mistyped',
    source: 'dialpad F3, entra-provisioning 12.3',
    look: tokenRefused('unknown', (sight) => ({
      headline: "The secret token in Entra is no key of Dialpad's: it was pasted with something before or after it.",
      key:
        newestKey(sight) === undefined
          ? 'Dialpad has no API key.'
          : `Dialpad's newest key, "${newestKey(sight)?.name}", is neither revoked nor expired.`,
    })),
  },
  {
    fault: 'key-owner-demoted',
    source: 'dialpad F2',
    look(sight) {
      const owners = sight.dialpad.keys.flatMap((key) => {
        const owner = sight.dialpad.byId(key.createdBy)
        return key.revokedAt === undefined && owner !== undefined && !owner.isCompanyAdmin ? [{ key, owner }] : []
      })
      const [first] = owners
      const quarantine = quarantineOf(sight)
      if (first === undefined) return undefined
      const who = first.owner.emails[0]
      return {
        headline: `The API key "${first.key.name}" has lost its power: ${who}, who made it, is no Company Admin any more.`,
        evidence: [
          `${who} is no Company Admin; the key "${first.key.name}" is theirs and is not revoked.`,
          ...(quarantine === undefined ? [] : [told(quarantine)]),
        ],
        page: dialpadPage('company/authentication/api-keys', 'Authentication > API Keys'),
      }
    },
  },
  {
    fault: 'entra-tenant-url-wrong',
    source: 'dialpad F4, entra-provisioning 12.3',
    look(sight) {
      const { job } = sight.entra
      if (job === undefined || SCIM_PATH.test(pathOf(job.tenantUrl))) return undefined
      const quarantine = quarantineOf(sight)
      return {
        headline: "The Tenant URL does not lead to Dialpad's SCIM service.",
        evidence: [
          `Tenant URL: ${job.tenantUrl}; its path is ${pathOf(job.tenantUrl)}, not /scim.`,
          ...(quarantine === undefined ? [] : [told(quarantine)]),
        ],
        page: credentialsPage(sight),
      }
    },
  },
  {
    fault: 'provisioning-not-started',
    source: 'entra-provisioning 12.3, dialpad F18',
    look(sight) {
      const { job, run, inScope } = sight.entra
      if (job?.state !== 'Paused' || run == null || run.begun > 0 || inScope.length === 0) return undefined
      return {
        headline: 'Provisioning is set up and was never started.',
        evidence: [`The job is ${job.state} and has begun no cycle; ${inScope.length} people are assigned.`],
        page: entraPage(sight, 'provisioning', 'Provisioning > Overview'),
      }
    },
  },
  {
    fault: 'provisioning-stopped',
    source: 'entra-provisioning 12.2 (21)',
    look(sight) {
      const { job, run } = sight.entra
      if (job?.state !== 'Paused' || run == null || run.begun === 0) return undefined
      return {
        headline: 'Somebody has stopped provisioning.',
        evidence: [`The job is ${job.state} after ${run.begun} cycles; no next one is planned.`],
        page: entraPage(sight, 'provisioning', 'Provisioning > Overview'),
      }
    },
  },
]
