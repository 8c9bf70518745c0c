import { isSecretName, mayNameSecret } from './secret-names.ts'

/**
 * Redaction of JSON as text: what is not secret stays as it went over the wire, blanks and order of members included, and
 * a body that was cut in the middle is treated as far as it goes.
 */

interface Span {
  readonly start: number
  readonly end: number
}

interface Member extends Span {
  readonly name: string
  /** The value, when it is a string. */
  readonly text?: string
}

/** Names of the member that says what the `value` beside it is. */
const LABELS = new Set([
  'key',
  'name',
  'path',
  'type',
  'attribute',
  'id',
  'field',
  'label',
  'displayname',
  'targetattributename',
  'attributename',
])
const VALUES = new Set(['value', 'values', 'oldvalue', 'newvalue', 'defaultvalue', 'secret'])
/** Deeper than any message; beyond it everything is taken for secret, so that no input can exhaust the stack. */
const DEEPEST = 200

const SCALAR_END = /[\s,\]}]/g

function unquote(text: string): string {
  if (!text.includes('\\')) return text
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    // No valid escape: nobody will read it as another name than it shows.
    return text
  }
}

/** An error such as `{"code":"invalid","message":"…"}`: its code is a word for people, not a credential. */
function isErrorCode(name: string, members: readonly Member[]): boolean {
  return name === 'code' && members.some((member) => member.name === 'message')
}

function listSecrets(members: readonly Member[]): Span[] {
  const labelled = members.some(
    (member) => LABELS.has(member.name.toLowerCase()) && member.text !== undefined && isSecretName(member.text),
  )
  return members.filter(
    ({ name }) => (isSecretName(name) && !isErrorCode(name, members)) || (labelled && VALUES.has(name.toLowerCase())),
  )
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number, start: number): boolean {
  let first = at
  while (first > start && text.charCodeAt(first - 1) === 0x5c) first -= 1
  return (at - first) % 2 === 1
}

/** Find the secret values of JSON text, complete or cut. Lists spans in no order; they may nest. */
function findSecrets(text: string): Span[] {
  const secrets: Span[] = []
  let at = 0

  function skipPunctuation(): void {
    for (;;) {
      const unit = text.charCodeAt(at)
      // Blanks and control characters, comma, colon; past the end the unit is NaN.
      if (!(unit <= 0x20 || unit === 0x2c || unit === 0x3a)) return
      at += 1
    }
  }

  /** @returns what stands between the quotes, escapes as they are. */
  function readString(): string {
    const start = at + 1
    let end = text.indexOf('"', start)
    while (end !== -1 && isEscaped(text, end, start)) end = text.indexOf('"', end + 1)
    if (end === -1) end = text.length
    at = Math.min(end + 1, text.length)
    return text.slice(start, end)
  }

  function readObject(depth: number): void {
    const members: Member[] = []
    at += 1
    skipPunctuation()
    while (at < text.length && text.charAt(at) !== '}') {
      if (text.charAt(at) !== '"') {
        at += 1
        skipPunctuation()
        continue
      }
      const name = unquote(readString())
      skipPunctuation()
      const start = at
      const value = readValue(depth + 1)
      members.push({ name, start, end: at, ...(value === undefined ? {} : { text: value }) })
      skipPunctuation()
    }
    at = Math.min(at + 1, text.length)
    secrets.push(...listSecrets(members))
  }

  function readArray(depth: number): void {
    at += 1
    skipPunctuation()
    while (at < text.length && text.charAt(at) !== ']') {
      const before = at
      readValue(depth + 1)
      if (at === before) at += 1
      skipPunctuation()
    }
    at = Math.min(at + 1, text.length)
  }

  /** @returns the value when it is a string. */
  function readValue(depth: number): string | undefined {
    const first = text.charAt(at)
    if (first === '"') return unquote(readString())
    if (depth > DEEPEST) {
      secrets.push({ start: at, end: text.length })
      at = text.length
    } else if (first === '{') readObject(depth)
    else if (first === '[') readArray(depth)
    else {
      SCALAR_END.lastIndex = at
      at = SCALAR_END.exec(text)?.index ?? text.length
    }
    return undefined
  }

  skipPunctuation()
  readValue(0)
  return secrets
}

/** What holds no secret whatever its name. */
const EMPTY_VALUE = /^(null|true|false|""|\[\s*\]|\{\s*\}|)$/

/** `text` with every secret value replaced by `mask`, a JSON string without its quotes. */
export function redactJsonText(text: string, mask: string): string {
  if (!mayNameSecret(text)) return text
  const spans = findSecrets(text).sort((left, right) => left.start - right.start || right.end - left.end)
  let result = ''
  let copied = 0
  for (const { start, end } of spans) {
    if (start < copied || EMPTY_VALUE.test(text.slice(start, end))) continue
    result += `${text.slice(copied, start)}"${mask}"`
    copied = end
  }
  return result + text.slice(copied)
}
