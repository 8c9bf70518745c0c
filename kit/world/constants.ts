/**
 * Public constants of the worlds that more than one system must agree on. None of them is a secret: they open nothing but
 * a simulation, and the README prints them.
 */

/** The primary directory tenant. */
export const TENANT_ID = '5f0c8d1e-6a3b-4c27-9e41-b7d2a90c3f58'

/** A second tenant, whose people must be refused where a tenant is pinned. */
export const OTHER_TENANT = {
  id: '0b7e5a94-2d61-4f0e-8c53-6a1f9d47e2c8',
  name: 'Northpeak',
  domain: 'northpeak.example',
} as const

/** The multi-tenant OpenID Connect client by which the target product signs people in with their work account. */
export const PARTNER_APP = {
  appId: '8d2c41f7-95b3-4e0a-bb16-3f7a60c9e254',
  objectId: 'c7a0e3d2-41b8-4f6d-9a25-80e1f5b7d936',
  publisherTenantId: 'a41d7c60-3e92-4b85-8f07-d5c2b1e96a3f',
  secret: 'partner-app-secret-public-7f3a9c',
} as const

/** Sample applications for people who point their own code at the kit. Redirects: any loopback port. */
export const SAMPLE_WEB_APP = {
  appId: '2f9b6d0c-7a14-4c8e-b3d5-91e0f6a8c472',
  objectId: '61e3b8a5-0c92-4d7f-a846-f25d19c7b03e',
  secret: 'sample-web-app-secret-public-51d2e8',
} as const
export const SAMPLE_SPA = {
  appId: '93c5e71a-4d28-4b60-9f1e-c08b7a2d6e35',
  objectId: 'd48f20c6-b719-4e53-8a6b-17e95c3d02fa',
} as const

/** The API key of the `connected-*` worlds. */
export const CONNECTED_API_KEY = 'connected-world-api-key-public-0a6e4d91c7'
