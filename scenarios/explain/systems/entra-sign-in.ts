import type { z } from 'zod'
import { TENANT_ID } from '#kit/world/constants.ts'
import type { SystemReading } from '../reading/read-system.ts'
import {
  EntraApp,
  EntraCertificate,
  EntraRegistration,
  EntraSaml,
  EntraSignInLog,
  EntraUser,
} from '../records/entra.ts'
import { readSignInRequest, type SignInRequest } from './sign-in-request.ts'

export type Registration = z.infer<typeof EntraRegistration>
export type EnterpriseApp = z.infer<typeof EntraApp>

/** An enterprise app that signs people in by SAML. */
export interface SamlApp {
  readonly app: EnterpriseApp
  readonly settings: z.infer<typeof EntraSaml>
  /** The certificate that signs, as the record has it. */
  readonly certificate: string | undefined
}

export interface TurnedAway {
  readonly person: z.infer<typeof EntraUser>
  /** Virtual, ISO. */
  readonly at: string
  /** Name of the application. */
  readonly app: string
}

/** Number of the refusal of an account that is blocked. */
const BLOCKED = 50057

/** The tenant's own applications and those it uses, and what was asked of its sign-in lately. The platform's own are left out. */
export interface EntraSignIn {
  readonly registrations: readonly Registration[]
  readonly apps: readonly EnterpriseApp[]
  readonly samlApps: readonly SamlApp[]
  /** How many people and groups are assigned, by app: of those that are off, and of those that require assignment. */
  readonly assigned: ReadonlyMap<string, number>
  /** How many consents there are, by app of the gallery. */
  readonly consents: ReadonlyMap<string, number>
  /** People whose sign-in is blocked and who tried, with the attempt the log tells of. */
  readonly turnedAway: readonly TurnedAway[]
  /** The newest request of each application of the tenant at each endpoint. */
  readonly newest: readonly (SignInRequest & { readonly registration: Registration })[]
}

/** Gather what there is to say of signing in. */
export async function gatherSignIn(read: SystemReading): Promise<EntraSignIn> {
  const ofTenant = (what: string) => ({ index: 'tenant', values: [TENANT_ID], what })
  const [registered, principals, entries] = await Promise.all([
    read.filed('applications', EntraRegistration, ofTenant('app registrations')),
    read.filed('servicePrincipals', EntraApp, ofTenant('enterprise apps')),
    read.exchanges('oidc'),
  ])
  const registrations = registered.records.filter(({ firstParty }) => !firstParty)
  const apps = principals.records.filter(({ firstParty }) => !firstParty)
  const ids = apps.map(({ id }) => id)
  const settings = await read.byKeys('samlSettings', EntraSaml, ids)
  const owners = settings.map(({ principalId }) => principalId)
  const [certificates, assigned, consents, turnedAway] = await Promise.all([
    read.filed('samlCertificates', EntraCertificate, { index: 'owner', values: owners, what: 'SAML certificates' }),
    counts(
      read,
      { collection: 'appRoleAssignments', index: 'resource' },
      apps.filter((app) => !app.accountEnabled || app.appRoleAssignmentRequired),
    ),
    counts(
      read,
      { collection: 'permissionGrants', index: 'client' },
      apps.filter(({ templateId, id }) => templateId !== undefined && !owners.includes(id)),
    ),
    readTurnedAway(read),
  ])
  return {
    registrations,
    apps,
    samlApps: settings.flatMap((each) => {
      const app = apps.find(({ id }) => id === each.principalId)
      const active = certificates.records.find(({ owner, isActive }) => isActive && owner === each.principalId)
      return app === undefined ? [] : [{ app, settings: each, certificate: active?.certificate }]
    }),
    assigned,
    consents,
    turnedAway,
    newest: newestOf(entries.flatMap((entry) => readSignInRequest(entry) ?? [])).flatMap((request) => {
      const registration = registrations.find(({ appId }) => appId === request.clientId)
      return registration === undefined ? [] : [{ ...request, registration }]
    }),
  }
}

/** Whoever may sign in again by now is left out. */
async function readTurnedAway(read: SystemReading): Promise<readonly TurnedAway[]> {
  const { records } = await read.filed('signInLogs', EntraSignInLog, {
    index: 'code',
    values: [`${TENANT_ID}/${BLOCKED}`],
    what: 'sign-ins of blocked people',
  })
  const people = await read.byKeys(
    'users',
    EntraUser,
    records.flatMap(({ user }) => user?.id ?? []),
  )
  return people
    .filter(({ accountEnabled, deletedDateTime }) => !accountEnabled && deletedDateTime === undefined)
    .flatMap((person) => {
      const last = records.findLast(({ user }) => user?.id === person.id)
      return last === undefined ? [] : [{ person, at: last.at, app: last.app.displayName }]
    })
}

async function counts(
  read: SystemReading,
  { collection, index }: { readonly collection: string; readonly index: string },
  apps: readonly EnterpriseApp[],
): Promise<ReadonlyMap<string, number>> {
  const asked = apps.map(async ({ id }) => [id, await read.count(collection, index, id)] as const)
  return new Map(await Promise.all(asked))
}

/** Of requests, newest first: the first of each application at each endpoint. */
function newestOf(requests: readonly SignInRequest[]): readonly SignInRequest[] {
  const first = new Map<string, SignInRequest>()
  for (const request of requests) {
    const key = `${request.clientId} ${request.endpoint}`
    if (!first.has(key)) first.set(key, request)
  }
  return [...first.values()]
}
