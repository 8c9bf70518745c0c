import { type Certificate, type CheckResult, CLIENTS, countOf, type Exchange } from './certificate.ts'

/** The matrix as JUnit XML: a suite for each client, a test case for each check. A warning passes, and says so. */
export function junitOf(certificate: Certificate): string {
  const suites = CLIENTS.flatMap((client) => {
    const checks = certificate.checks.filter((check) => check.client === client)
    if (checks.length === 0) return []
    return [
      `  <testsuite name="${xmlText(client)}" ${countsOf({ checks })}>`,
      ...checks.flatMap(caseLines),
      '  </testsuite>',
    ]
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="certify ${xmlText(certificate.server)}" ${countsOf(certificate)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function countsOf(of: Pick<Certificate, 'checks'>): string {
  return `tests="${of.checks.length}" failures="${countOf(of, 'failed')}" errors="0" skipped="${countOf(of, 'not-reached')}"`
}

function caseLines({ id, client, does, expects, outcome, found = '', exchanges }: CheckResult): readonly string[] {
  const head = `    <testcase classname="certify.${xmlText(client)}" name="${xmlText(`${id}: ${does}`)}"`
  if (outcome === 'survived') return [`${head}/>`]
  const told = xmlText([`Expected: ${expects}`, `Found: ${found}`, ...exchanges.map(tellExchange)].join('\n\n'))
  const inside =
    outcome === 'failed'
      ? `<failure message="${xmlText(found)}">${told}</failure>`
      : outcome === 'warned'
        ? `<system-out>${told}</system-out>`
        : `<skipped message="${xmlText(found)}"/>`
  return [`${head}>`, `      ${inside}`, '    </testcase>']
}

function tellExchange({ method, url, requestBody = '', status, answerBody = '', error }: Exchange): string {
  return `${method} ${url}\n${requestBody}\n${status ?? `no answer: ${error ?? 'unknown'}`}\n${answerBody}`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
}

/** Characters that no XML document may contain, escaped or not (XML 1.0 §2.2), are shown as a replacement. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

function xmlText(text: string): string {
  return text
    .replaceAll(FORBIDDEN, '\ufffd')
    .replaceAll(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] ?? character)
}
