import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/**
 * oidc-provider as its documentation sets it up, with its own store in memory, one client and one account. `GET /bench/refresh-token`
 * answers a refresh token without a sign-in. With `signed` as argument its access tokens are JWTs, as ours are.
 */

const CLIENT = { client_id: 'bench', client_secret: 'bench-secret-of-a-passing-server' }
const SCOPE = 'openid profile email offline_access'
const RESOURCE = 'https://graph.example'
const areSigned = process.argv[2] === 'signed'

const server = createServer()
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

const provider = new Provider(origin, {
  clients: [
    { ...CLIENT, redirect_uris: ['http://127.0.0.1/cb'], grant_types: ['authorization_code', 'refresh_token'] },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'bench' } as never] },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'oid', 'tid'], email: ['email'] },
  conformIdTokenClaims: false,
  rotateRefreshToken: true,
  cookies: { keys: ['bench'] },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: areSigned,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'User.Read', accessTokenFormat: 'jwt', accessTokenTTL: 3600 }),
    },
  },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: () => ({
      sub,
      name: 'Ada Okafor',
      preferred_username: 'ada.okafor@brightwave.example',
      email: 'ada.okafor@brightwave.example',
      oid: sub,
      tid: 'bench',
    }),
  }),
})

async function refreshToken(): Promise<string> {
  const client = await provider.Client.find(CLIENT.client_id)
  if (client === undefined) throw new Error('The client is not there.')
  const grant = new provider.Grant({ accountId: 'ada', clientId: CLIENT.client_id })
  grant.addOIDCScope(SCOPE)
  grant.addResourceScope(RESOURCE, 'User.Read')
  const grantId = await grant.save()
  const token = new provider.RefreshToken({
    client,
    accountId: 'ada',
    grantId,
    scope: areSigned ? `${SCOPE} User.Read` : SCOPE,
    gty: 'authorization_code',
    authTime: Math.floor(Date.now() / 1000),
    ...(areSigned ? { resource: RESOURCE } : {}),
  } as never)
  return token.save()
}

const answer = provider.callback()
server.on('request', (req, res) => {
  if (req.url === '/bench/refresh-token') void refreshToken().then((token) => res.end(token))
  else void answer(req, res)
})
console.error(`oidc-provider is up at ${origin}`)
