import type { Diagnoser } from '../diagnoser.ts'
import { type Diagnosis, type MendingPage, named } from '../finding.ts'
import type { Sight } from '../sight.ts'
import { type ClientRequest, type OidcApp, type OktaSignIn, ORG_SERVER } from '../systems/okta-sign-in.ts'

/** What keeps people and scripts out of the org's own applications: the app, its assignments, the authorization server, the origin. */

const API = 'Okta, Security > API'
const SERVERS = '/admin/access/api/authorization-servers'

function appPage({ id, name, label }: OidcApp, path: string, tab: string): MendingPage {
  return {
    system: 'okta',
    path: `/admin/app/${name}/instance/${id}/${path}`,
    label: `Okta, Applications > ${label} > ${tab}`,
  }
}

function serverPage({ servers }: OktaSignIn, id: string, path: string, tab: string): MendingPage {
  return {
    system: 'okta',
    path: `${SERVERS}/${id}/${path}`,
    label: `${API} > Authorization Servers > ${serverName(servers, id)} > ${tab}`,
  }
}

function serverName(servers: OktaSignIn['servers'], id: string): string {
  return servers.find((server) => server.id === id)?.name ?? id
}

/** The newest request of an app that was refused for a reason of the System Log, where what it was refused for still stands. */
function refusedFor(
  reason: string,
  stands: (request: ClientRequest, signIn: OktaSignIn) => boolean,
  say: (request: ClientRequest, signIn: OktaSignIn) => Diagnosis,
) {
  return ({ okta: { signIn } }: Sight): Diagnosis | undefined => {
    const found = signIn.newest.find((request) => request.reason === reason && stands(request, signIn))
    return found === undefined ? undefined : say(found, signIn)
  }
}

/** A client without a key that asks the org itself for a token of its own: it gives out none, whatever the secret. */
function asksOrgForItself({ app, serverId, grantType }: ClientRequest): boolean {
  return serverId === ORG_SERVER && grantType === 'client_credentials' && app.oidc.authMethod !== 'private_key_jwt'
}

const missingScopes = ({ serverId, scopes }: ClientRequest, signIn: OktaSignIn): readonly string[] =>
  scopes.filter((name) => !signIn.scopes.some((scope) => scope.serverId === serverId && scope.name === name))

export const OKTA_OIDC_DIAGNOSERS: readonly Diagnoser[] = [
  {
    fault: 'okta-redirect-uri-missing',
    source: 'okta 6.1',
    look: refusedFor(
      'illegal_redirect_uri',
      ({ app, redirectUri }) => redirectUri !== undefined && !app.oidc.redirectUris.includes(redirectUri),
      ({ app, redirectUri, at }) => ({
        headline: `${app.label} asks for answers at an address that is none of its sign-in redirect URIs.`,
        evidence: [
          `System Log, ${at}: illegal_redirect_uri, asked for ${redirectUri}.`,
          `Sign-in redirect URIs: ${named(app.oidc.redirectUris) || 'none'}.`,
        ],
        page: appPage(app, 'general', 'General'),
      }),
    ),
  },
  {
    fault: 'okta-org-server-asked',
    source: 'okta 6.1',
    look: refusedFor('invalid_client', asksOrgForItself, ({ app, at }, { servers }) => ({
      headline: `${app.label} asks the org itself for a token, and not the custom authorization server.`,
      evidence: [
        `System Log, ${at}: OIDC token request of ${app.label}, invalid_client, grant client_credentials, at the org server.`,
        `Custom authorization servers: ${named(servers.map(({ name, id }) => `${name} (/oauth2/${id})`)) || 'none'}.`,
      ],
      page: { system: 'okta', path: SERVERS, label: `${API} > Authorization Servers` },
    })),
  },
  {
    fault: 'okta-client-secret-wrong',
    source: 'okta 6.1',
    look: refusedFor(
      'invalid_client',
      // Whoever has made or activated a secret since is about to have the application use it.
      (request) =>
        !asksOrgForItself(request) && !request.app.oidc.secrets.some(({ lastUpdated }) => lastUpdated > request.at),
      ({ app, at }) => ({
        headline: `${app.label} sends a client secret that is not an active one of its own.`,
        evidence: [
          `System Log, ${at}: invalid_client, at its newest request for tokens.`,
          `Its secrets: ${named(app.oidc.secrets.map(({ status, lastUpdated }) => `${status.toLowerCase()} since ${lastUpdated}`)) || 'none'}.`,
        ],
        page: appPage(app, 'general', 'General'),
      }),
    ),
  },
  {
    fault: 'okta-scope-missing',
    source: 'okta 6.1',
    look: refusedFor(
      'no_matching_scope',
      (request, signIn) => request.serverId !== ORG_SERVER && missingScopes(request, signIn).length > 0,
      (request, signIn) => ({
        headline: `${request.app.label} asks for a scope the authorization server does not have.`,
        evidence: [
          `System Log, ${request.at}: no_matching_scope, asked for ${named(request.scopes)}.`,
          `Not among the scopes of ${serverName(signIn.servers, request.serverId)}: ${named(missingScopes(request, signIn))}.`,
        ],
        page: serverPage(signIn, request.serverId, 'scopes', 'Scopes'),
      }),
    ),
  },
  {
    fault: 'okta-policy-without-client',
    source: 'okta 6.1',
    look: refusedFor(
      'no_matching_policy',
      ({ app, serverId }, { policies }) =>
        !policies.some(
          (policy) =>
            policy.serverId === serverId &&
            policy.status === 'ACTIVE' &&
            (policy.clients === 'ALL_CLIENTS' || policy.clients.includes(app.id)),
        ),
      ({ app, serverId, at }, signIn) => ({
        headline: `No access policy of the authorization server is for ${app.label}.`,
        evidence: [
          `System Log, ${at}: no_matching_policy.`,
          `Access policies of ${serverName(signIn.servers, serverId)}: ${named(signIn.policies.filter((policy) => policy.serverId === serverId).map(({ name, clients }) => `${name} for ${clients === 'ALL_CLIENTS' ? 'all clients' : `${clients.length} named`}`)) || 'none'}.`,
        ],
        page: serverPage(signIn, serverId, 'policies', 'Access Policies'),
      }),
    ),
  },
  {
    fault: 'okta-app-unassigned',
    source: 'okta 6.1',
    look: refusedFor(
      'user_not_assigned',
      ({ app, person }, signIn) =>
        person !== undefined && !app.oidc.implicitAssignment && !signIn.isAssigned(app.id, person.id),
      ({ app, person, at }) => ({
        headline: `${person?.login} is not assigned to ${app.label}.`,
        evidence: [
          `System Log, ${at}: user_not_assigned, after the password.`,
          `Federation Broker Mode of ${app.label}: disabled, so everybody needs an assignment.`,
        ],
        page: appPage(app, 'assignments', 'Assignments'),
      }),
    ),
  },
  {
    fault: 'okta-origin-not-trusted',
    source: 'okta 6.1',
    look({ okta: { signIn } }) {
      const [unheard] = signIn.unheard.filter(({ origin }) => !signIn.isTrusted(origin))
      if (unheard === undefined) return undefined
      const app = signIn.apps.find(({ oidc }) => oidc.redirectUris.some((uri) => uri.startsWith(unheard.origin)))
      return {
        headline: `Scripts at ${unheard.origin} may not read what the org answers.`,
        evidence: [
          `${unheard.call} at ${unheard.at}: Origin ${unheard.origin}, answered without Access-Control-Allow-Origin.`,
          `No active trusted origin for CORS is ${unheard.origin}, where ${app?.label ?? 'an application'} is at home.`,
        ],
        page: { system: 'okta', path: '/admin/access/api/trusted-origins', label: `${API} > Trusted Origins` },
      }
    },
  },
]
