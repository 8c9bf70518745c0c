import { createHash, X509Certificate } from 'node:crypto'

/**
 * Flags that let a Chromium trust what the kit's CA has signed, and nothing more: the CA is known by its public key.
 * None where the kit is http.
 *
 * @param ca Certificate of the CA, PEM.
 */
export function trustArgs(ca: string | undefined): readonly string[] {
  if (ca === undefined) return []
  const key = new X509Certificate(ca).publicKey.export({ type: 'spki', format: 'der' })
  return [`--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`]
}
