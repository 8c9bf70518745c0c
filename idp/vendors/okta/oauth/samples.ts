import { lettersOf } from '#kit/ids.ts'
import { SAMPLE_WEB_APP } from '#kit/world/constants.ts'

/** The sample applications of every org (contract: Worlds): public constants, redirects to any loopback port. */

const CALLBACKS = [
  'http://localhost:8080/callback',
  'http://127.0.0.1:8080/callback',
  'http://localhost:8080/authorization-code/callback',
]
const HOMES = ['http://localhost:8080/', 'http://localhost:8080', 'http://127.0.0.1:8080/', 'http://127.0.0.1:8080']

/** A confidential client with a secret; also gets tokens for itself, from custom servers. */
export const OKTA_SAMPLE_WEB_APP = {
  clientId: lettersOf('okta/app/sample-web-app', '0oa', 17),
  secret: SAMPLE_WEB_APP.secret,
  label: 'Sample web app',
  redirectUris: CALLBACKS,
  postLogoutRedirectUris: HOMES,
} as const

/** A public client: code and PKCE. */
export const OKTA_SAMPLE_SPA = {
  clientId: lettersOf('okta/app/sample-spa', '0oa', 17),
  label: 'Sample single-page app',
  redirectUris: [
    'http://localhost:8080/login/callback',
    'http://127.0.0.1:8080/login/callback',
    ...CALLBACKS,
    ...HOMES,
  ],
  postLogoutRedirectUris: HOMES,
} as const

/** Where scripts of the samples come from. */
export const SAMPLE_ORIGINS = ['http://localhost:8080', 'http://127.0.0.1:8080'] as const
