import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** How messages travel: base64 in a form (SAML bindings §3.5), or deflated first, in an address (§3.4). */

export type DecodedMessage =
  | { readonly ok: true; readonly xml: string }
  | { readonly ok: false; readonly problem: 'too-large' | 'not-base64' | 'not-deflated' | 'not-utf8' }

/** Largest message, in bytes of XML: several times what an answer with many attributes needs. */
export const MESSAGE_LIMIT = 96 * 1024

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** The XML of a posted message; line ends within the base64 are of no account. */
export function decodePosted(value: string, limitBytes = MESSAGE_LIMIT): DecodedMessage {
  const bytes = bytesOf(value, limitBytes)
  return 'ok' in bytes ? bytes : textOf(bytes)
}

/** The XML of a message in an address. Inflating stops at the limit, however much more a few bytes would become. */
export function inflateRedirected(value: string, limitBytes = MESSAGE_LIMIT): DecodedMessage {
  const bytes = bytesOf(value, limitBytes)
  if ('ok' in bytes) return bytes
  try {
    return textOf(inflateRawSync(bytes, { maxOutputLength: limitBytes }))
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { ok: false, problem: isTooLarge ? 'too-large' : 'not-deflated' }
  }
}

export function encodePosted(xml: string): string {
  return Buffer.from(xml, 'utf8').toString('base64')
}

export function deflateForRedirect(xml: string): string {
  return deflateRawSync(Buffer.from(xml, 'utf8')).toString('base64')
}

function bytesOf(value: string, limitBytes: number): Buffer | Extract<DecodedMessage, { ok: false }> {
  if (value.length > Math.ceil(limitBytes / 3) * 4 * 1.1) return { ok: false, problem: 'too-large' }
  const plain = value.replace(/\s+/g, '')
  if (plain === '' || !BASE64.test(plain)) return { ok: false, problem: 'not-base64' }
  const bytes = Buffer.from(plain, 'base64')
  return bytes.length > limitBytes ? { ok: false, problem: 'too-large' } : bytes
}

function textOf(bytes: Buffer): DecodedMessage {
  try {
    return { ok: true, xml: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    // Another encoding: what is read here must be what is verified elsewhere.
    return { ok: false, problem: 'not-utf8' }
  }
}
