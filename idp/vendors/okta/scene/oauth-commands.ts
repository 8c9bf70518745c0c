import { z } from 'zod'
import { publishedKeys } from '#idp/protocols/oidc/signing-keys.ts'
import { Refusal } from '#kit/http/errors.ts'
import { GROUP_FILTERS } from '../apps/records.ts'
import { isOidc, type OidcApp } from '../oauth/clients.ts'
import {
  addClientSecret,
  createOidcApp,
  deleteClientSecret,
  editOidcApp,
  setClientSecretStatus,
  usualSettings,
} from '../oauth/commands/apps.ts'
import { putClaim } from '../oauth/commands/claims.ts'
import { putPolicy, putRule, type RuleSettings } from '../oauth/commands/policies.ts'
import { putScope } from '../oauth/commands/scopes.ts'
import { retireServerKey, rollServerKey } from '../oauth/commands/server-keys.ts'
import { createServer, knownServer, setServerStatus } from '../oauth/commands/servers.ts'
import { addTrustedOrigin, deleteTrustedOrigin } from '../oauth/commands/trusted-origins.ts'
import { APPLICATION_TYPES, CLIENT_AUTH_METHODS, GRANT_TYPES, SCOPE_CONSENTS } from '../oauth/records.ts'
import { DEFAULT_SERVER, ORG_SERVER, policiesOf } from '../oauth/servers.ts'
import { appNamed } from './find.ts'
import { given, KIT, oktaCommand, type SceneDeps } from './okta-command.ts'

/** Of an OpenID Connect app, by label or client id. */
const app = z.string()
/** `default`, `org`, or the id of another server. */
const server = z.string().default(DEFAULT_SERVER)
const addresses = z.array(z.string()).optional()

const Settings = {
  grantTypes: z.array(z.enum(GRANT_TYPES)).optional(),
  authMethod: z.enum(CLIENT_AUTH_METHODS).optional(),
  redirectUris: addresses,
  postLogoutRedirectUris: addresses,
  /** With it people have a tile, which opens the address. */
  initiateLoginUri: z.string().optional(),
  consent: z.enum(['TRUSTED', 'REQUIRED']).optional(),
  pkceRequired: z.boolean().optional(),
  refreshRotation: z.enum(['ROTATE', 'STATIC']).optional(),
  /** Federation Broker Mode: nobody needs an assignment. */
  everybody: z.boolean().optional(),
  groupsClaim: z.strictObject({ name: z.string(), filter: z.enum(GROUP_FILTERS), value: z.string() }).optional(),
} as const

/** As the rule of the default server. */
const OPEN_RULE: RuleSettings = {
  name: 'Default Policy Rule',
  status: 'ACTIVE',
  grantTypes: ['authorization_code', 'client_credentials'],
  scopes: 'ANY',
  people: 'EVERYONE',
  accessTokenMinutes: 60,
  refreshTokenMinutes: 0,
  refreshTokenWindowMinutes: 7 * 24 * 60,
}

interface GivenSettings {
  readonly initiateLoginUri?: string | undefined
  readonly consent?: 'TRUSTED' | 'REQUIRED' | undefined
  readonly everybody?: boolean | undefined
}

function patchOf<T extends GivenSettings>({ initiateLoginUri, consent, everybody, ...rest }: T) {
  return {
    ...given(rest),
    ...(initiateLoginUri === undefined
      ? {}
      : { initiateLoginUri, loginMode: initiateLoginUri === '' ? ('DISABLED' as const) : ('SPEC' as const) }),
    ...(consent === undefined ? {} : { consentMethod: consent }),
    ...(everybody === undefined ? {} : { implicitAssignment: everybody }),
  }
}

/** OpenID Connect apps, authorization servers, keys, trusted origins. */
export function oauthCommands(deps: SceneDeps) {
  const { system } = deps

  function clientNamed(name: string): OidcApp {
    const found = appNamed(deps, name)
    if (isOidc(found)) return found
    throw new Refusal('unknown_app', 404, `${found.label} is no OpenID Connect app.`, {
      hint: 'Make one with create-oidc-app.',
    })
  }
  const tellClient = ({ id, label, oidc }: OidcApp) => ({ clientId: id, label, redirectUris: oidc.redirectUris })

  return [
    oktaCommand(
      'create-oidc-app',
      'Makes an OpenID Connect app, as Create App Integration does; tells the client id and, once, the secret.',
      z.strictObject({ label: z.string(), type: z.enum(APPLICATION_TYPES).default('web'), ...Settings }),
      async ({ label, type, ...settings }) => {
        const usual = usualSettings(type)
        const { app: made, secret } = await createOidcApp(deps, KIT, {
          label,
          applicationType: type,
          settings: {
            consentMethod: 'TRUSTED',
            ...(usual.grantTypes.includes('authorization_code')
              ? { grantTypes: ['authorization_code', 'refresh_token'] }
              : {}),
            ...patchOf(settings),
          },
        })
        return { ...tellClient(made), ...(secret === undefined ? {} : { clientSecret: secret }) }
      },
    ),
    oktaCommand(
      'edit-oidc-app',
      'Changes the General Settings of an OpenID Connect app.',
      z.strictObject({ app, ...Settings }),
      async ({ app: name, ...settings }) =>
        tellClient(await editOidcApp(deps, KIT, { appId: clientNamed(name).id, patch: patchOf(settings) })),
    ),
    oktaCommand(
      'add-redirect-uri',
      'Adds a sign-in redirect URI to an OpenID Connect app.',
      z.strictObject({ app, uri: z.string(), signOut: z.boolean().default(false) }),
      async ({ app: name, uri, signOut }) => {
        const { id, oidc } = clientNamed(name)
        const member = signOut ? 'postLogoutRedirectUris' : 'redirectUris'
        return tellClient(
          await editOidcApp(deps, KIT, { appId: id, patch: { [member]: [...new Set([...oidc[member], uri])] } }),
        )
      },
    ),
    oktaCommand(
      'remove-redirect-uri',
      'Takes a sign-in redirect URI from an OpenID Connect app.',
      z.strictObject({ app, uri: z.string(), signOut: z.boolean().default(false) }),
      async ({ app: name, uri, signOut }) => {
        const { id, oidc } = clientNamed(name)
        const member = signOut ? 'postLogoutRedirectUris' : 'redirectUris'
        return tellClient(
          await editOidcApp(deps, KIT, { appId: id, patch: { [member]: oidc[member].filter((each) => each !== uri) } }),
        )
      },
    ),
    oktaCommand(
      'rotate-client-secret',
      'Makes a new secret and ends those before; tells the new one once.',
      z.strictObject({ app }),
      async ({ app: name }) => {
        const { id, oidc } = clientNamed(name)
        const [newest, ...older] = oidc.secrets.toReversed()
        for (const old of older) {
          if (old.status === 'ACTIVE')
            await setClientSecretStatus(deps, KIT, { appId: id, secretId: old.id, status: 'INACTIVE' })
          await deleteClientSecret(deps, KIT, { appId: id, secretId: old.id })
        }
        const { secret } = await addClientSecret(deps, KIT, { appId: id })
        if (newest !== undefined)
          await setClientSecretStatus(deps, KIT, { appId: id, secretId: newest.id, status: 'INACTIVE' })
        return { clientId: id, clientSecret: secret }
      },
    ),
    oktaCommand(
      'add-trusted-origin',
      'Lets scripts of an origin call the org (CORS), and pages of it be gone on to (Redirect).',
      z.strictObject({
        origin: z.string(),
        name: z.string().optional(),
        cors: z.boolean().default(true),
        redirect: z.boolean().default(true),
      }),
      async ({ origin, name, ...types }) => ({
        trustedOriginId: (await addTrustedOrigin(deps, KIT, { name: name ?? origin, origin, ...types })).id,
      }),
    ),
    oktaCommand(
      'remove-trusted-origin',
      'Trusts an origin no longer.',
      z.strictObject({ origin: z.string() }),
      async ({ origin }) => {
        const [trusted] = system.store.find('trustedOrigins', 'origin', origin.toLowerCase())
        if (trusted === undefined)
          throw new Refusal('unknown_origin', 404, `${origin} is not trusted.`, { hint: 'Nothing has to be done.' })
        return { removed: (await deleteTrustedOrigin(deps, KIT, { id: trusted.id })).id }
      },
    ),
    oktaCommand(
      'create-authorization-server',
      'Adds a custom authorization server, with a policy that lets every client and everybody assigned in.',
      z.strictObject({ name: z.string(), audience: z.string(), description: z.string().default('') }),
      async (settings) => {
        const made = await createServer(deps, KIT, settings)
        const policy = await putPolicy(deps, KIT, {
          serverId: made.id,
          settings: { name: 'Default Policy', description: '', status: 'ACTIVE', clients: 'ALL_CLIENTS' },
        })
        await putRule(deps, KIT, { serverId: made.id, policyId: policy.id, settings: OPEN_RULE })
        return { serverId: made.id, issuer: `${system.origin}/oauth2/${made.id}` }
      },
    ),
    oktaCommand(
      'set-authorization-server-status',
      'Activates or deactivates a custom authorization server.',
      z.strictObject({ status: z.enum(['ACTIVE', 'INACTIVE']), server }),
      async ({ server: serverId, status }) => ({
        status: (await setServerStatus(deps, KIT, { serverId, status })).status,
      }),
    ),
    oktaCommand(
      'create-scope',
      'Adds a scope to a custom authorization server.',
      z.strictObject({
        name: z.string(),
        displayName: z.string().default(''),
        description: z.string().default(''),
        consent: z.enum(SCOPE_CONSENTS).default('IMPLICIT'),
        isDefault: z.boolean().default(false),
        server,
      }),
      async ({ server: serverId, ...settings }) => ({
        scopeId: (await putScope(deps, KIT, { serverId, settings: { ...settings, isPublished: true } })).id,
      }),
    ),
    oktaCommand(
      'create-claim',
      'Adds a claim to the tokens of a custom authorization server: an expression over user, or groups that pass a filter.',
      z.strictObject({
        name: z.string(),
        value: z.string(),
        token: z.enum(['access', 'id']).default('access'),
        groups: z.enum(GROUP_FILTERS).optional(),
        scopes: z.array(z.string()).default([]),
        server,
      }),
      async ({ server: serverId, token, groups, ...rest }) => {
        const claim = await putClaim(deps, KIT, {
          serverId,
          settings: {
            ...rest,
            claimType: token === 'access' ? 'RESOURCE' : 'IDENTITY',
            valueType: groups === undefined ? 'EXPRESSION' : 'GROUPS',
            ...(groups === undefined ? {} : { groupFilter: groups }),
            status: 'ACTIVE',
            alwaysInclude: true,
          },
        })
        return { claimId: claim.id }
      },
    ),
    oktaCommand(
      'set-policy-clients',
      'Says for which clients the first access policy of a server counts; without any named for all.',
      z.strictObject({ apps: z.array(z.string()).default([]), server }),
      async ({ apps, server: serverId }) => {
        knownServer(system.store, serverId)
        const [first] = policiesOf(system.store, serverId)
        const clients = apps.length === 0 ? ('ALL_CLIENTS' as const) : apps.map((name) => clientNamed(name).id)
        const { name, description, status } = first ?? {
          name: 'Access Policy',
          description: '',
          status: 'ACTIVE' as const,
        }
        const policy = await putPolicy(deps, KIT, {
          serverId,
          ...(first === undefined ? {} : { policyId: first.id }),
          settings: { name, description, status, clients },
        })
        return { policyId: policy.id, clients: policy.clients === 'ALL_CLIENTS' ? [] : policy.clients }
      },
    ),
    oktaCommand(
      'roll-signing-key',
      'Signs tokens of a server with a new key; the ones before stay published. The server org is the org itself.',
      z.strictObject({ server }),
      async ({ server: serverId }) => ({ kid: await rollServerKey(deps, KIT, { serverId }) }),
    ),
    oktaCommand(
      'retire-signing-key',
      'Publishes a key no longer: the one named, or all that do not sign.',
      z.strictObject({ kid: z.string().optional(), server }),
      async ({ kid, server: serverId }) => {
        const older = publishedKeys(
          system.store,
          serverId === ORG_SERVER ? ORG_SERVER : knownServer(system.store, serverId).id,
        ).slice(1)
        const retired = kid === undefined ? older.map((key) => key.kid) : [kid]
        for (const each of retired) await retireServerKey(deps, KIT, { serverId, kid: each })
        return { retired }
      },
    ),
  ]
}
