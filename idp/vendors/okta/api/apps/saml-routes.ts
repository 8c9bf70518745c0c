import { hash, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { SamlCertificateRecord } from '#idp/protocols/saml/collections.ts'
import { certificatesOf } from '#idp/protocols/saml/signing-certificates.ts'
import { certificateFor } from '../../saml/certificates.ts'
import { appMetadata } from '../../saml/metadata.ts'
import { resourceNotFound } from '../api-error.ts'
import { type ApiRoute, defineRoute } from '../define-route.ts'
import { ok } from '../send.ts'
import { appOfCall } from './known-app.ts'

/** What a service provider is told of an app: metadata and keys (reference sheet 5.1, 6.3). */

/** A signing key, the public half, as a JSON Web Key (RFC 7517). */
export function keyResource(record: SamlCertificateRecord): Readonly<Record<string, unknown>> {
  const der = Buffer.from(record.certificate, 'base64')
  const { kty, n, e } = new X509Certificate(der).publicKey.export({ format: 'jwk' })
  return {
    kid: record.id,
    kty,
    use: 'sig',
    created: record.createdAt,
    lastUpdated: record.createdAt,
    expiresAt: record.expiresAt,
    e,
    n,
    x5c: [record.certificate],
    'x5t#S256': hash('sha256', der, 'base64url'),
  }
}

export const APP_SAML_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.saml-metadata',
    method: 'GET',
    path: '/apps/{appId}/sso/saml/metadata',
    query: z.object({ kid: z.string().max(100).optional() }),
    async handle(call) {
      const { kid } = call.query
      const body = await appMetadata(call.system, appOfCall(call), kid)
      if (body === undefined) throw resourceNotFound('Key', kid ?? '')
      return { kind: 'xml', body }
    },
  }),
  defineRoute({
    name: 'okta.api.apps.keys.list',
    method: 'GET',
    path: '/apps/{appId}/credentials/keys',
    async handle(call) {
      const app = appOfCall(call)
      await certificateFor(call.system, app)
      return ok(certificatesOf(call.reader, app.id).map(keyResource))
    },
  }),
]
