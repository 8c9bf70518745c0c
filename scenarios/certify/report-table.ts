import {
  type Certificate,
  type CheckResult,
  CLIENT_TITLES,
  CLIENTS,
  type Exchange,
  tellCertificate,
} from './certificate.ts'

/** The matrix as lines for a terminal: a block for each client, and under what went wrong the request and its answer. */

const MARKS = { survived: 'ok', warned: 'warn', failed: 'FAIL', 'not-reached': '-' } as const

/** A body longer than this is cut; the HTML report and the JSON have more. */
const SHOWN_BODY = 400

export function tableLines(certificate: Certificate): readonly string[] {
  const lines: string[] = []
  for (const client of CLIENTS) {
    const checks = certificate.checks.filter((check) => check.client === client)
    if (checks.length === 0) continue
    lines.push('', CLIENT_TITLES[client])
    lines.push(...checks.flatMap(linesOf))
  }
  lines.push('', tellCertificate(certificate), tellCleanUp(certificate))
  return lines.slice(1)
}

/** What was taken away, and what could not be. */
export function tellCleanUp({ prefix, removed, leftBehind }: Certificate): string {
  const names = `Everything made is called ${prefix}-…`
  return leftBehind.length === 0
    ? `${names}: ${removed} objects, all of them taken away.`
    : `${names}. Left behind in the server: ${leftBehind.join(', ')}.`
}

function linesOf({ id, does, expects, outcome, found, exchanges }: CheckResult): readonly string[] {
  const head = `  ${MARKS[outcome].padEnd(5)} ${id.padEnd(34)} ${does}`
  if (outcome === 'survived') return [head]
  if (outcome === 'not-reached') return [head, `        ${found ?? ''}`]
  return [
    head,
    `        expected: ${expects}`,
    `        found:    ${found ?? ''}`,
    ...exchanges.flatMap((exchange) => exchangeLines(exchange).map((line) => `        ${line}`)),
  ]
}

function exchangeLines({ method, url, requestBody, status, answerBody, error }: Exchange): readonly string[] {
  return [
    `> ${method} ${url}`,
    ...(requestBody === undefined ? [] : [`> ${cut(requestBody)}`]),
    `< ${status ?? `no answer: ${error ?? 'unknown'}`}`,
    ...(answerBody === undefined || answerBody === '' ? [] : [`< ${cut(answerBody)}`]),
  ]
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= SHOWN_BODY ? line : `${line.slice(0, SHOWN_BODY)} …`
}
