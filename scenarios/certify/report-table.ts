import {
  type Certificate,
  type CheckResult,
  CLIENT_TITLES,
  CLIENTS,
  type ClientName,
  type Exchange,
  tellCertificate,
} from './certificate.ts'

/**
 * The matrix as lines for a terminal of 80 columns: a block for each client, and under what went wrong the request and its
 * answer.
 */

const COLUMNS = 80
const MARKS = { survived: 'ok', warned: 'warn', failed: 'FAIL', 'not-reached': '-' } as const
/** Where names of checks begin, and what the client does. */
const NAME_AT = 7
const WORDS_AT = 30

/** A body longer than this is cut; the HTML report and the JSON have more. */
const SHOWN_BODY = 400

export function tableLines(certificate: Certificate): readonly string[] {
  const lines: string[] = []
  for (const client of CLIENTS) {
    const checks = certificate.checks.filter((check) => check.client === client)
    if (checks.length === 0) continue
    lines.push('', `${CLIENT_TITLES[client]} (${client}.…)`)
    lines.push(...checks.flatMap((check) => linesOf(check, client)))
  }
  lines.push('', ...folded(tellCertificate(certificate)), ...folded(tellCleanUp(certificate)))
  return lines.slice(1)
}

/** What was taken away, and what could not be. */
export function tellCleanUp({ prefix, removed, leftBehind }: Certificate): string {
  const names = `Everything made is called ${prefix}-…`
  return leftBehind.length === 0
    ? `${names}: ${removed} objects, all of them taken away.`
    : `${names}. Left behind in the server: ${leftBehind.join(', ')}.`
}

function linesOf(
  { id, does, expects, outcome, found = '', exchanges }: CheckResult,
  client: ClientName,
): readonly string[] {
  const name = id.slice(client.length + 1)
  const head = `${`  ${MARKS[outcome]}`.padEnd(NAME_AT)} ${name}`.padEnd(WORDS_AT)
  const lines = folded(does, head, ' '.repeat(WORDS_AT))
  const under = ' '.repeat(NAME_AT + 1)
  const label = (word: string, text: string): readonly string[] => folded(text, `${under}${word} `, `${under}  `)
  if (outcome === 'survived') return lines
  if (outcome === 'not-reached') return [...lines, ...label('because:', found)]
  return [...lines, ...label('expected:', expects), ...label('found:', found), ...exchanges.flatMap(exchangeLines)]
}

function exchangeLines({ method, url, requestBody, status, answerBody, error }: Exchange): readonly string[] {
  const out = ' '.repeat(NAME_AT + 1)
  const line = (mark: string, text: string): readonly string[] => folded(text, `${out}${mark} `, `${out}  `)
  return [
    ...line('>', `${method} ${url}`),
    ...(requestBody === undefined ? [] : line('>', cut(requestBody))),
    ...line('<', String(status ?? `no answer: ${error ?? 'unknown'}`)),
    ...(answerBody === undefined || answerBody === '' ? [] : line('<', cut(answerBody))),
  ]
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= SHOWN_BODY ? line : `${line.slice(0, SHOWN_BODY)} …`
}

/** Lines of at most 80 columns: between words, and within one that is longer than a line. */
function folded(text: string, first = '', later = ''): readonly string[] {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  const end = (): void => {
    lines.push(line.trimEnd())
    line = later
    isEmpty = true
  }
  // What a server answers must not steer the terminal.
  for (const word of text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '\ufffd')
    .split(' ')) {
    const fitsALine = word.length <= COLUMNS - later.length
    if (!isEmpty && fitsALine && line.length + 1 + word.length > COLUMNS) end()
    let rest = isEmpty ? word : ` ${word}`
    while (line.length + rest.length > COLUMNS) {
      const room = COLUMNS - line.length
      line += rest.slice(0, room)
      rest = rest.slice(room)
      end()
    }
    line += rest
    isEmpty = false
  }
  lines.push(line.trimEnd())
  return lines
}
