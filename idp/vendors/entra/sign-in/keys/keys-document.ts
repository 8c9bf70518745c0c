import type { PublishedKey } from '#idp/protocols/oidc/signing-keys.ts'

/**
 * The keys that sign tokens, as the platform publishes them: each with its certificate, from whose thumbprint it has its name.
 * @param issuer Of the tokens; left out of the list of version 1.
 */
export function keysDocument(
  keys: readonly PublishedKey[],
  issuer: string | undefined,
): { readonly keys: readonly Readonly<Record<string, unknown>>[] } {
  return {
    keys: keys.map(({ kid, n, e, certificate }) => ({
      kty: 'RSA',
      use: 'sig',
      kid,
      ...(certificate === undefined ? {} : { x5t: certificate.thumbprint }),
      n,
      e,
      ...(certificate === undefined ? {} : { x5c: [certificate.der] }),
      cloud_instance_name: 'microsoftonline.com',
      ...(issuer === undefined ? {} : { issuer }),
    })),
  }
}
