import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import { hashSecret, randomToken } from '#kit/secrets.ts'
import type { AppVisibility, OktaApp } from '../../apps/records.ts'
import type { OktaReader, OktaSystem, OktaWriter } from '../../collections.ts'
import type { Actor, CommandDeps } from '../../commands/actor.ts'
import { checkLabel, labelProblems } from '../../commands/apps.ts'
import { editApp } from '../../commands/edit-app.ts'
import { inChange } from '../../commands/in-change.ts'
import { knownApp } from '../../commands/known.ts'
import { invalid, invalidFields, notFound } from '../../commands/refusal.ts'
import type { Change } from '../../provisioning/queue.ts'
import type { EventType } from '../../system-log/event-types.ts'
import { appTarget, recordEvent } from '../../system-log/record-event.ts'
import { isOidc, type OidcApp } from '../clients.ts'
import type { ClientSecret, OidcAppSettings } from '../records.ts'
import { checkOidcSettings, settingsProblems } from './check-settings.ts'
import { writeOidcApp } from './write-app.ts'

/** Secrets a client has at most: two, so that one can be exchanged for another. */
export const MOST_SECRETS = 2
const SECRET_BYTES = 48

/** What an app of each type begins with, before anybody has said anything else. */
export function usualSettings(applicationType: OidcAppSettings['applicationType']): OidcAppSettings {
  const isService = applicationType === 'service'
  const isPublic = applicationType === 'browser' || applicationType === 'native'
  return {
    applicationType,
    grantTypes: [isService ? 'client_credentials' : 'authorization_code'],
    authMethod: isPublic ? 'none' : 'client_secret_basic',
    secrets: [],
    jwks: [],
    redirectUris: [],
    postLogoutRedirectUris: [],
    loginMode: 'DISABLED',
    initiateLoginUri: '',
    consentMethod: 'REQUIRED',
    pkceRequired: isPublic,
    refreshRotation: applicationType === 'browser' ? 'ROTATE' : 'STATIC',
    implicitAssignment: false,
  }
}

export interface NewOidcApp {
  readonly label: string
  readonly applicationType: OidcAppSettings['applicationType']
  readonly settings?: Partial<Omit<OidcAppSettings, 'applicationType' | 'secrets'>>
  readonly visibility?: AppVisibility
  readonly status?: OktaApp['status']
  /** A secret of the caller's own (Management API); absent: one is made where the client needs one. */
  readonly secret?: string
}

/** An app as it was made, with its secret, told here once. */
export interface CreatedOidcApp {
  readonly app: OidcApp
  readonly secret?: string
}

function needsSecret({ authMethod }: Pick<OidcAppSettings, 'authMethod'>): boolean {
  return authMethod === 'client_secret_basic' || authMethod === 'client_secret_post'
}

function makeSecret(system: OktaSystem, tx: OktaWriter, value: string): ClientSecret {
  const now = system.clock.iso()
  return {
    id: lettersOf(nextIdSeed(tx), 'ocs', 17),
    sealedSecret: system.vault.seal(value),
    secretHash: hashSecret(value),
    status: 'ACTIVE',
    created: now,
    lastUpdated: now,
  }
}

/** @throws {OktaRefusal} E0000001 for one too short or too long. */
function checkSecret(value: string): string {
  if (value.length < 14 || value.length > 100 || /[^\x21-\x7e]/.test(value)) {
    throw invalid('client_secret', 'A secret has 14 to 100 printable characters')
  }
  return value
}

/** @throws {OktaRefusal} E0000007 for an app that is none of these. */
export function knownOidcApp(reader: OktaReader, appId: string): OidcApp {
  const app = knownApp(reader, appId)
  if (!isOidc(app)) throw notFound('OAuthClient', appId)
  return app
}

/** Create App Integration > OIDC - OpenID Connect. @throws {OktaRefusal} E0000040, E0000001. */
export async function createOidcApp(deps: CommandDeps, actor: Actor, input: NewOidcApp): Promise<CreatedOidcApp> {
  const oidc: OidcAppSettings = { ...usualSettings(input.applicationType), ...input.settings }
  const causes = [...labelProblems(input.label), ...settingsProblems(oidc)]
  if (causes.length > 0) throw invalidFields(causes)
  const secret = needsSecret(oidc) ? checkSecret(input.secret ?? randomToken(SECRET_BYTES)) : undefined
  const app = await inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const id = (prefix: string): string => lettersOf(nextIdSeed(tx), prefix, 17)
      const label = checkLabel(tx, input.label)
      const ids = { id: id('0oa'), embedKey: id('aln'), mappingToApp: id('prm'), mappingToUser: id('prm') }
      const made = writeOidcApp(tx, ids, {
        label,
        oidc: { ...oidc, secrets: secret === undefined ? [] : [makeSecret(deps.system, tx, secret)] },
        now: clock.iso(),
        ...(input.visibility === undefined ? {} : { visibility: input.visibility }),
        ...(input.status === undefined ? {} : { status: input.status }),
      })
      for (const eventType of ['application.lifecycle.create', 'app.oauth2.client.lifecycle.create'] as const) {
        recordEvent(tx, clock, { eventType, actor: change.actor, target: [appTarget(made)] })
      }
      return made
    },
    (made) => ({
      title: `${made.label} was added`,
      subject: made.label,
      change: { type: 'app', id: made.id, after: made },
    }),
  )
  return { app, ...(secret === undefined ? {} : { secret }) }
}

/** Change the settings of one of these apps. */
function edit(
  deps: CommandDeps,
  actor: Actor,
  appId: string,
  eventType: EventType,
  rewrite: (change: Change, app: OidcApp) => OidcAppSettings,
): Promise<OidcApp> {
  const which = { known: (tx: OktaReader) => knownOidcApp(tx, appId), eventType }
  return editApp(deps, actor, which, (change, app) => ({ ...app, oidc: rewrite(change, app) }))
}

/** General and Sign On tab. A client that needs a secret and has none gets one. @throws {OktaRefusal} E0000001. */
export function editOidcApp(
  deps: CommandDeps,
  actor: Actor,
  {
    appId,
    patch,
    withoutGroupsClaim = false,
  }: {
    readonly appId: string
    readonly patch: Partial<Omit<OidcAppSettings, 'secrets'>>
    readonly withoutGroupsClaim?: boolean
  },
): Promise<OidcApp> {
  return edit(deps, actor, appId, 'application.lifecycle.update', ({ tx }, { oidc }) => {
    const { groupsClaim, ...rest } = oidc
    const before = withoutGroupsClaim || groupsClaim === undefined ? rest : { ...rest, groupsClaim }
    const next = checkOidcSettings({ ...before, ...patch })
    const lacksSecret = needsSecret(next) && next.secrets.length === 0
    return lacksSecret ? { ...next, secrets: [makeSecret(deps.system, tx, randomToken(SECRET_BYTES))] } : next
  })
}

/** Generate new secret: the old one goes on until it is deactivated. @returns the new one. @throws {OktaRefusal} E0000001. */
export async function addClientSecret(
  deps: CommandDeps,
  actor: Actor,
  { appId, value = randomToken(SECRET_BYTES) }: { readonly appId: string; readonly value?: string },
): Promise<{ readonly app: OidcApp; readonly secret: string; readonly secretId: string }> {
  checkSecret(value)
  const app = await edit(deps, actor, appId, 'app.oauth2.client.lifecycle.new_secret', ({ tx }, { oidc }) => {
    if (!needsSecret(oidc)) throw invalid('client_secret', 'This client does not authenticate with a secret')
    if (oidc.secrets.length >= MOST_SECRETS) {
      throw invalid('client_secret', `You can have at most ${MOST_SECRETS} secrets, so delete one first`)
    }
    return { ...oidc, secrets: [...oidc.secrets, makeSecret(deps.system, tx, value)] }
  })
  return { app, secret: value, secretId: app.oidc.secrets.at(-1)?.id ?? '' }
}

/** Activate or deactivate a secret. @throws {OktaRefusal} E0000007, E0000001 for the last one that is active. */
export function setClientSecretStatus(
  deps: CommandDeps,
  actor: Actor,
  {
    appId,
    secretId,
    status,
  }: { readonly appId: string; readonly secretId: string; readonly status: ClientSecret['status'] },
): Promise<OidcApp> {
  return edit(deps, actor, appId, 'application.lifecycle.update', ({ clock }, { oidc }) => {
    knownSecret(oidc, secretId)
    const secrets = oidc.secrets.map((each) =>
      each.id === secretId ? { ...each, status, lastUpdated: clock.iso() } : each,
    )
    if (!secrets.some((each) => each.status === 'ACTIVE')) {
      throw invalid('client_secret', 'You cannot deactivate the last active secret of a client')
    }
    return { ...oidc, secrets }
  })
}

/** Delete a secret that is inactive. @throws {OktaRefusal} E0000007, E0000001 for an active one. */
export function deleteClientSecret(
  deps: CommandDeps,
  actor: Actor,
  { appId, secretId }: { readonly appId: string; readonly secretId: string },
): Promise<OidcApp> {
  return edit(deps, actor, appId, 'app.oauth2.client.lifecycle.delete_secret', (_change, { oidc }) => {
    if (knownSecret(oidc, secretId).status === 'ACTIVE') {
      throw invalid('client_secret', 'You cannot delete an active secret, so deactivate it first')
    }
    return { ...oidc, secrets: oidc.secrets.filter(({ id }) => id !== secretId) }
  })
}

function knownSecret(oidc: OidcAppSettings, secretId: string): ClientSecret {
  const secret = oidc.secrets.find(({ id }) => id === secretId)
  if (secret === undefined) throw notFound('OAuth2ClientSecret', secretId)
  return secret
}

/** A secret in the clear, for an administrator who asks to see it. */
export function openSecret({ vault }: Pick<OktaSystem, 'vault'>, oidc: OidcAppSettings, secretId: string): string {
  return vault.open(knownSecret(oidc, secretId).sealedSecret)
}
