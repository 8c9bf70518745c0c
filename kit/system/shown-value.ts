import { redactJson } from '#kit/journal/redact.ts'
import { isSecretName } from '#kit/journal/secret-names.ts'

/** A value of a record as people may see it. */
export type ShownValue = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'hidden' }

/** Characters of a text that is shown; longer ones, and those of several lines, are told by their length. */
const LONGEST = 160

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** Whether `value` is a point in time as records hold it. */
export function isInstant(value: unknown): boolean {
  return typeof value === 'string' && INSTANT.test(value)
}

/** What stands at rest in place of a secret, and keys: no names of fields in any protocol, so `isSecretName` does not know them. */
const KEPT_SECRET = /(hash|hashes|sealed|salt|verifier|signature|jwk|jwks|thumbprint|challenge|nonce|pem)$/i
const SECRET_VALUE = /^(sealed\.v\d|scrypt\$|eyJ|-----BEGIN)/
/** A run of characters nobody would type, unless it is an id. */
const KEY_LIKE = /[A-Za-z0-9_-]{24,}/g
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isKeyLike(text: string, isKnownId: (id: string) => boolean): boolean {
  return (text.match(KEY_LIKE) ?? []).some(
    (run) => /\d/.test(run) && /[A-Za-z]/.test(run) && !UUID.test(run) && !isKnownId(run),
  )
}

/**
 * What may be shown of `value`, filed under the path `field`. Hidden: what is secret by its name, by what secrets at rest look like, or
 * because it looks like a key. An id becomes the name of what it stands for.
 */
export function showValue(field: string, value: unknown, nameOfId: (id: string) => string | undefined): ShownValue {
  const isKnownId = (id: string): boolean => nameOfId(id) !== undefined
  if (field.split('.').some((part) => KEPT_SECRET.test(part) || isSecretName(part))) return { kind: 'hidden' }
  if (typeof value === 'string') {
    if (SECRET_VALUE.test(value)) return { kind: 'hidden' }
    const name = nameOfId(value)
    if (name !== undefined) return { kind: 'text', text: name }
  }
  const text = textOf(value, nameOfId)
  if (text.length > LONGEST || /[\r\n]/.test(text)) return { kind: 'text', text: lengthOf(value, text) }
  return isKeyLike(text, isKnownId) ? { kind: 'hidden' } : { kind: 'text', text }
}

function textOf(value: unknown, nameOfId: (id: string) => string | undefined): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) {
    return value.length === 0 ? '(none)' : value.map((each) => nameOfId(each) ?? each).join(', ')
  }
  return JSON.stringify(redactJson(value))
}

function lengthOf(value: unknown, text: string): string {
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`
  return `a text of ${text.length} characters`
}
