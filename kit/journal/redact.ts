import type { JournalChange, JournalMessage } from '#kit/journal.ts'
import { redactJsonText } from './redact-json.ts'
import { isSecretName, mayNameSecret } from './secret-names.ts'

/** Stands wherever a secret stood. */
export const REDACTED = '[redacted]'

/** Longest body kept, in bytes. */
export const BODY_LIMIT = 64 * 1024
/** Looked at beyond the limit, so that a secret across the cut is recognised whole. */
const MARGIN = 16 * 1024

const NEVER_RECORDED = new Set(['cookie', 'cookie2', 'set-cookie', 'set-cookie2'])
const SCHEME = /^(bearer|basic|digest|dpop|negotiate|ssws)\s/i

/** RFC 7519 and 7516 compact forms: a header that begins `{"`, then up to four more parts. */
const JWT = /eyJ[\w-]{10,}(?:\.[\w-]*){0,4}/g
/** Not `Bearer realm="…"`, which is a challenge. */
const BEARER = /\b(bearer|ssws|dpop)(\s+|%20|\+)(?!(?:realm|error|scope|error_description)=)([^\s"'<>,;&\\]+)/gi
const SCHEMES = /bearer|ssws|dpop/i
const HAS_USER_INFO = /:\/\/[^\s/?#@"'<>]+@/
const USER_INFO = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'<>]+@/gi
/** `name=value` as in queries, fragments and forms, also where `&` was escaped for HTML. */
const PAIR = /(^|[?&#;\s"'>(]|%3f|%26)([\w.$~%[\]+-]{1,80}?)(=|%3d)([^&\s"<>#;\\]*)/gi
const INPUT = /<input\b/gi
const ATTRIBUTE_VALUE = /(\bvalue\s*=\s*)("[^"]*"?|'[^']*'?|[^\s>]+)/i
const ATTRIBUTE_NAME = /\bname\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i
const FORM_DATA = /\bform-data;([^\r\n]*)/gi
const PART_NAME = /\bname="([^"]*)"/g
/** From the end of the line that names a part to its content. */
const REST_OF_HEAD = /(?:\r?\n[^\r\n]+){0,4}\r?\n\r?\n/y
/** First line of a multipart body, which later delimiters repeat. */
const DELIMITER = /^--[^\r\n]*[^\r\n\t ]/
const DELIMITER_END = /(?:--)?[\t ]*(?:\r?\n|$)/y
const FORM = /^[\w.$~%[\]+*-]+=[^\r\n<>{]*$/

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    // Not percent-encoded after all: it reads as it stands.
    return text
  }
}

/** A value may carry an encoded address or form of its own: `redirect_uri=https%3A%2F%2F…%3Fcode%3D…`. */
function redactValue(name: string, value: string): string {
  if (value === '') return value
  if (isSecretName(decode(name))) return REDACTED
  if (!/%3d/i.test(value)) return value
  const inner = decode(value)
  const clean = redactText(inner)
  return clean === inner ? value : encodeURIComponent(clean)
}

function redactInput(tag: string): string {
  const name = ATTRIBUTE_NAME.exec(tag)
  if (name === null || !isSecretName(name[1] ?? name[2] ?? name[3] ?? '')) return tag
  return tag.replace(ATTRIBUTE_VALUE, `$1"${REDACTED}"`)
}

/** Fields of a page. A tag ends at the next `>`, or with a text that was cut: found step by step, since texts may be made to be slow to match. */
function redactInputs(text: string): string {
  let clean = ''
  let done = 0
  for (const { index } of text.matchAll(INPUT)) {
    if (index < done) continue
    const close = text.indexOf('>', index)
    const end = close === -1 ? text.length : close + 1
    clean += text.slice(done, index) + redactInput(text.slice(index, end))
    done = end
  }
  return clean + text.slice(done)
}

/** Where the next line begins that is the delimiter and nothing else (RFC 2046 §5.1.1): a content may begin with dashes too. */
function nextDelimiter(text: string, delimiter: string, from: number): number {
  for (let at = text.indexOf(`\n${delimiter}`, from); at !== -1; at = text.indexOf(`\n${delimiter}`, at + 1)) {
    DELIMITER_END.lastIndex = at + 1 + delimiter.length
    if (DELIMITER_END.test(text)) return at
  }
  return -1
}

/** Parts of a multipart body, each as far as the next boundary or the end; step by step as above. */
function redactParts(text: string): string {
  const delimiter = DELIMITER.exec(text)?.[0] ?? '--'
  let clean = ''
  let done = 0
  for (const { 0: line, 1: parameters = '', index } of text.matchAll(FORM_DATA)) {
    const isSecret = Array.from(parameters.matchAll(PART_NAME)).some(([, name = '']) => isSecretName(name))
    if (index < done || !isSecret) continue
    REST_OF_HEAD.lastIndex = index + line.length
    if (!REST_OF_HEAD.test(text)) continue
    const start = REST_OF_HEAD.lastIndex
    const boundary = nextDelimiter(text, delimiter, start - 1)
    const end = boundary === -1 ? text.length : text[boundary - 1] === '\r' ? boundary - 1 : boundary
    if (end <= start) continue
    clean += text.slice(done, start) + REDACTED
    done = end
  }
  return clean + text.slice(done)
}

/** Remove secrets from any text: pages, addresses, messages. Bodies go through {@link redactBody}, which knows their forms. */
export function redactText(text: string): string {
  const clean = redactUnnamed(text)
  return mayNameSecret(clean) ? redactNamed(clean) : clean
}

/** What is seen to be a secret by its own form. */
function redactUnnamed(text: string): string {
  let clean = text
  if (clean.includes('eyJ')) clean = clean.replace(JWT, REDACTED)
  if (SCHEMES.test(clean)) clean = clean.replace(BEARER, `$1$2${REDACTED}`)
  if (HAS_USER_INFO.test(clean)) clean = clean.replace(USER_INFO, `$1${REDACTED}@`)
  return clean
}

function redactNamed(text: string): string {
  let clean = text
  if (clean.includes('<')) clean = redactInputs(clean)
  if (/form-data/i.test(clean)) clean = redactParts(clean)
  return clean.replace(
    PAIR,
    (_whole, before: string, name: string, equals: string, value: string) =>
      `${before}${name}${equals}${redactValue(name, value)}`,
  )
}

/** A form is taken apart at `&` alone, since clients differ in what else they encode. */
function redactForm(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      if (equals === -1) return pair
      return pair.slice(0, equals + 1) + redactValue(pair.slice(0, equals), pair.slice(equals + 1))
    })
    .join('&')
}

/** Remove secrets from a body of any form; what form it has is seen from its text, since content types lie. */
export function redactBody(body: string): string {
  if (!mayNameSecret(body)) return redactUnnamed(body)
  if (/^\s*[[{]/.test(body)) return redactText(redactJsonText(body, REDACTED))
  return redactText(FORM.test(body) ? redactForm(body) : body)
}

/** What was found out about a header: most messages carry the same ones as the message before. */
interface KnownHeader {
  readonly name: string
  readonly kind: 'left out' | 'secret' | 'plain'
  /** The last value that held no secret. */
  lastClean: string
}

const KNOWN_HEADERS = new Map<string, KnownHeader>()
/** Callers choose names: so many are remembered and no more. */
const MOST_KNOWN_HEADERS = 200

function headerOf(given: string): KnownHeader {
  const known = KNOWN_HEADERS.get(given)
  if (known !== undefined) return known
  const name = given.toLowerCase()
  const kind = NEVER_RECORDED.has(name) ? 'left out' : isSecretName(name) ? 'secret' : 'plain'
  const header: KnownHeader = { name, kind, lastClean: '' }
  if (KNOWN_HEADERS.size < MOST_KNOWN_HEADERS) KNOWN_HEADERS.set(given, header)
  return header
}

function redactPlainHeader(header: KnownHeader, value: string): string {
  if (header.lastClean === value) return value
  const clean = redactText(value)
  if (clean === value) header.lastClean = value
  return clean
}

/** Names in lower case; cookies left out; of credentials only the scheme remains. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const given in headers) {
    const value = headers[given]
    const header = headerOf(given)
    if (value === undefined || header.kind === 'left out') continue
    if (header.kind === 'secret') {
      const scheme = SCHEME.exec(value)?.[1]
      kept[header.name] = scheme === undefined ? REDACTED : `${scheme} ${REDACTED}`
    } else kept[header.name] = redactPlainHeader(header, value)
  }
  return kept
}

/** Redact, then cut at the limit, never inside a character. `bodyLength` is kept when the recorder knew better. */
function cutBody({
  body,
  bodyLength,
  truncated,
}: JournalMessage): Pick<JournalMessage, 'body' | 'bodyLength' | 'truncated'> {
  if (body === undefined) return bodyLength === undefined ? {} : { bodyLength }
  const length = bodyLength ?? Buffer.byteLength(body)
  if (body.length <= BODY_LIMIT && Buffer.byteLength(body) <= BODY_LIMIT) {
    // Kept whole, even where a mask is longer than what it hides.
    return { body: redactBody(body), bodyLength: length, ...(truncated === true ? { truncated } : {}) }
  }
  const isSeenWhole = body.length <= BODY_LIMIT + MARGIN
  const bytes = Buffer.from(redactBody(isSeenWhole ? body : body.slice(0, BODY_LIMIT + MARGIN)))
  // The margin itself is never kept: what says that something in it is a secret may stand behind it.
  let end = Math.min(isSeenWhole ? bytes.length : bytes.length - MARGIN, BODY_LIMIT)
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return { body: bytes.toString('utf8', 0, end), bodyLength: length, truncated: true }
}

/** A message as it may be kept: no credentials, no cookies, the body cut. Pure. */
export function redactMessage(message: JournalMessage): JournalMessage {
  const { method, url, status, headers, error } = message
  // Member by member: copying objects into each other costs more than all that is decided here.
  const kept: { -readonly [Member in keyof JournalMessage]: JournalMessage[Member] } = {}
  if (method !== undefined) kept.method = method
  if (status !== undefined) kept.status = status
  if (url !== undefined) kept.url = redactText(url)
  if (headers !== undefined) kept.headers = redactHeaders(headers)
  const { body, bodyLength, truncated } = cutBody(message)
  if (body !== undefined) kept.body = body
  if (bodyLength !== undefined) kept.bodyLength = bodyLength
  if (truncated !== undefined) kept.truncated = truncated
  if (error !== undefined) kept.error = redactText(error)
  return kept
}

/** A JSON value without secrets, by the names of its members and the look of its strings; itself when it holds none. Pure. */
export function redactJson(value: unknown): unknown {
  const text = JSON.stringify(value)
  if (text === undefined) return undefined
  const clean = redactJsonText(text, REDACTED)
  if (clean === text && redactText(text) === text) return value
  return JSON.parse(clean, (_key, part: unknown) => (typeof part === 'string' ? redactText(part) : part))
}

/** A change of state without secrets. Pure. */
export function redactChange({ type, id, before, after }: JournalChange): JournalChange {
  return {
    type,
    id,
    ...(before === undefined ? {} : { before: redactJson(before) }),
    ...(after === undefined ? {} : { after: redactJson(after) }),
  }
}
