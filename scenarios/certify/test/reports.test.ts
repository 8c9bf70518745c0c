import { DOMParser } from '@xmldom/xmldom'
import { parse } from 'node-html-parser'
import { expect, test } from 'vitest'
import { type Certificate, type CheckId, type CheckResult, CLIENTS } from '../certificate.ts'
import { CHECKS } from '../checks.ts'
import { junitOf } from '../report-junit.ts'
import { tableLines } from '../report-table.ts'
import { withoutToken } from '../without-token.ts'
import { certificatePage } from '../write-page.tsx'

/** The reports of one run in which something ended in each way, with answers that are hard to write down. */

const HOSTILE = '<script>alert("1")</script> & \u0000\u001b[2J ]]> {"detail":"Zoë 李"}'
const PUT = {
  method: 'PUT',
  url: `http://127.0.0.1:4711/scim/Users/${'long-'.repeat(30)}`,
  requestBody: '{"userName":"ada"}',
  status: 500,
  mediaType: 'text/html',
  answerBody: HOSTILE,
}
const FOUND: Readonly<Partial<Record<CheckId, Partial<CheckResult>>>> = {
  'entra.disable': {
    outcome: 'failed',
    found: `Refused: ${HOSTILE}`,
    exchanges: [PUT, { method: 'GET', url: PUT.url, error: 'No answer within 20 ms.' }],
  },
  'okta.create-status': { outcome: 'warned', found: 'A creation was answered 200 instead of 201.', exchanges: [PUT] },
  'entra.enable': { outcome: 'not-reached', found: 'Needs entra.disable.' },
}
const CERTIFICATE: Certificate = {
  server: 'http://127.0.0.1:4711/scim',
  prefix: 'kc123456',
  checks: CHECKS.map((check) => ({ ...check, outcome: 'survived', exchanges: [], ...FOUND[check.id] })),
  leftBehind: [],
  removed: 12,
  requests: 345,
}

test('the table fits into 80 columns, names each check once, and shows requests and answers of what went wrong', () => {
  const lines = tableLines(CERTIFICATE)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  expect(lines.filter((line) => /^ {2}(ok|warn|FAIL|-) +[a-z]/.test(line))).toHaveLength(CHECKS.length)
  const text = lines.join('\n')
  expect(text).toContain('Microsoft Entra ID, non-gallery app (entra.…)\n  ok    test-connection')
  const failed = text.slice(text.indexOf('  FAIL  disable '), text.indexOf('  ok    disable-flag'))
  for (const words of [
    'expected: the account inactive',
    '> PUT http://127',
    '> {"userName"',
    '< 500',
    '< no answer: No',
  ])
    expect(failed).toContain(words)
  expect(text).toContain('  -     enable')
  expect(text).toContain('because: Needs entra.disable.')
  expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  const summary = '105 survived, 1 with a warning, 1 failed, 1 not reached (345 requests)'
  expect(lines.slice(-2)).toEqual([
    summary,
    'Everything made is called kc123456-…: 12 objects, all of them taken away.',
  ])
})

test('what was left behind is told in each report for people', () => {
  const left = { ...CERTIFICATE, leftBehind: ['Users/17 (kc123456-e-anna@brightwave.example)'] }
  const words = 'Left behind in the server: Users/17'
  expect(tableLines(left).join(' ')).toContain(words)
  expect(certificatePage(left)).toContain(words)
})

const attributes = (element: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value]))
const children = (element: Element): readonly Element[] =>
  Array.from(element.childNodes).filter((each): each is Element => each.nodeType === 1)

test('JUnit XML has suites, cases and failures as its readers expect them, and counts that agree', () => {
  const problems: string[] = []
  const note = (message: string): void => void problems.push(message)
  const errorHandler = { warning: note, error: note, fatalError: note }
  const xml = junitOf(CERTIFICATE)
  const root = new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml').documentElement
  expect(problems).toEqual([])
  expect(root.nodeName).toBe('testsuites')
  const counts = { tests: String(CHECKS.length), failures: '1', errors: '0', skipped: '1' }
  expect(attributes(root)).toEqual({ name: 'certify http://127.0.0.1:4711/scim', ...counts })
  const suites = children(root)
  expect(suites.map((suite) => [suite.nodeName, attributes(suite)['name']])).toEqual(
    CLIENTS.map((client) => ['testsuite', client]),
  )
  for (const suite of suites) {
    const cases = children(suite)
    const within = cases.flatMap((each) => children(each).map(({ nodeName }) => nodeName))
    const count = (name: string): string => String(within.filter((each) => each === name).length)
    const { name, ...told } = attributes(suite)
    expect(told).toEqual({
      tests: String(cases.length),
      failures: count('failure'),
      errors: '0',
      skipped: count('skipped'),
    })
    for (const each of cases) {
      expect(each.nodeName).toBe('testcase')
      expect(attributes(each)).toEqual({ classname: `certify.${name}`, name: expect.stringMatching(/^[\w.-]+: /) })
    }
  }
  const [failure] = Array.from(root.getElementsByTagName('failure'))
  expect(failure?.getAttribute('message')).toContain('<script>alert("1")</script> & \ufffd\ufffd[2J ]]>')
  for (const words of [
    'Expected: the account inactive',
    'PUT http://127.0.0.1:4711',
    '{"userName":"ada"}',
    '500',
    'Zoë 李',
  ])
    expect(failure?.textContent).toContain(words)
  expect(root.getElementsByTagName('skipped')[0]?.getAttribute('message')).toBe('Needs entra.disable.')
  expect(root.getElementsByTagName('system-out')[0]?.textContent).toContain('answered 200 instead of 201')
})

test('the page has a row for each check, counts by client, and nothing of an answer that a browser would run', () => {
  const html = certificatePage(CERTIFICATE)
  const page = parse(html)
  expect(page.querySelectorAll('script')).toEqual([])
  expect(page.querySelectorAll('section tbody tr').map(({ id }) => id)).toEqual(
    CLIENTS.flatMap((client) => CHECKS.filter((check) => check.client === client).map(({ id }) => id)),
  )
  expect(page.querySelectorAll('.counts tbody tr').map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Microsoft Entra ID, non-gallery app\d+0\d*11$/),
    expect.stringMatching(/^Okta, custom SCIM app\d+100$/),
    expect.stringMatching(/^Okta, app of the catalog\d+000$/),
  ])
  expect(page.querySelectorAll('.failures a').map((link) => link.getAttribute('href'))).toEqual(['#entra.disable'])
  // In a style sheet a quote that is escaped is no quote.
  expect(page.querySelector('style')?.text).not.toMatch(/&\w+;/)
  const failed = page.querySelector('[id="entra.disable"]')
  expect(failed?.querySelector('td')?.text).toBe('Failed')
  expect(failed?.querySelectorAll('pre').map(({ text }) => text.split('\n')[0]?.slice(0, 20))).toEqual([
    'PUT http://127.0.0.1',
    '500 text/html',
    'GET http://127.0.0.1',
    'No answer: No answer',
  ])
  expect(page.querySelector('title')?.text).toBe('SCIM server fails: http://127.0.0.1:4711/scim')
})

test('a token that an answer repeats is in none of them', () => {
  const token = 'secret-4711'
  const repeats = CERTIFICATE.checks.map((check) => ({
    ...check,
    ...(check.found === undefined ? {} : { found: `${check.found} ${token}` }),
    exchanges: check.exchanges.map((each) => ({ ...each, answerBody: `Not for ${token}.`, retryAfter: token })),
  }))
  const certificate = { ...CERTIFICATE, checks: withoutToken(repeats, token) }
  for (const report of [
    tableLines(certificate).join(''),
    junitOf(certificate),
    certificatePage(certificate),
    JSON.stringify(certificate),
  ]) {
    expect(report).not.toContain(token)
    expect(report).toContain('Not for [redacted].')
  }
})
