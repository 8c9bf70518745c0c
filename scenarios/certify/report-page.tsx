import {
  type Certificate,
  type CheckResult,
  CLIENT_TITLES,
  CLIENTS,
  type ClientName,
  countOf,
  type Exchange,
  isPassed,
  type Outcome,
  tellCertificate,
} from './certificate.ts'
import { tellCleanUp } from './report-table.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #16181d; --quiet: #5b616e; --line: #d9dce2; --paper: #fff; --card: #f7f8fa; --ok: #0b7a75; --bad: #b3261e; --warn: #8a5a00 }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef2; --quiet: #a4abb8; --line: #363a44; --paper: #16181d; --card: #1f222a; --ok: #4fc3bd; --bad: #ff8a80; --warn: #f0b95a } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 1040px; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
h1 { font-size: 24px; line-height: 1.3; margin: 0 0 4px } h2 { font-size: 18px; margin: 40px 0 8px } h3 { font-size: 15px; margin: 0 } p { margin: 4px 0 }
code, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { margin: 4px 0; padding: 8px 12px; white-space: pre-wrap; border: 1px solid var(--line); border-radius: 4px; background: var(--paper) }
.quiet { color: var(--quiet) } .survived { color: var(--ok) } .failed { color: var(--bad) } .warned { color: var(--warn) } .not-reached { color: var(--quiet) }
table { width: 100%; border-collapse: collapse } th { text-align: left; font-weight: 600; color: var(--quiet); font-size: 13px }
th, td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top }
td:first-child { white-space: nowrap; font-weight: 600; width: 110px }
.counts { max-width: 640px; margin-top: 20px } .counts td, .counts td:first-child { width: auto; white-space: normal } .counts td:not(:first-child), .counts th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums }
a { color: inherit } a:focus-visible, summary:focus-visible { outline: 2px solid var(--ok); outline-offset: 2px }
.failures { margin-top: 16px }
.finding { margin: 6px 0 2px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--card) }
summary { cursor: pointer; padding: 4px 0 }
@media (max-width: 640px) { thead { position: absolute; clip-path: inset(50%) } tr, td { display: block; border: 0; padding: 0 } tr { padding: 10px 0; border-bottom: 1px solid var(--line) } .counts td::before { content: attr(data-label) ': '; font-weight: 400; color: var(--quiet) } .counts td:first-child::before { content: none } .counts td:not(:first-child) { display: inline-block; margin-right: 16px } }
@media print { :root { color-scheme: light; --ink: #000; --quiet: #444; --line: #bbb; --paper: #fff; --card: #fff; --ok: #0b7a75; --bad: #b3261e; --warn: #8a5a00 } body { max-width: none; padding: 0; font-size: 11px } tr, pre { break-inside: avoid } details::details-content { content-visibility: visible; block-size: auto } summary { list-style: none } }
`

const WORDS: Readonly<Record<Outcome, string>> = {
  survived: 'Survived',
  warned: 'Warning',
  failed: 'Failed',
  'not-reached': 'Not reached',
}

/** The matrix as a page that needs nothing beside itself. */
export function CertificatePage({ certificate }: { readonly certificate: Certificate }) {
  const isGood = isPassed(certificate)
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`SCIM server ${isGood ? 'survives' : 'fails'}: ${certificate.server}`}</title>
        <link rel="icon" href="data:," />
        <style>{STYLE}</style>
      </head>
      <body>
        <main>
          <h1>What the clients do, and whether this server survives it</h1>
          <p>
            <code>{certificate.server}</code>
          </p>
          <p class={isGood ? 'survived' : 'failed'}>
            <strong>{tellCertificate(certificate)}</strong>
          </p>
          <p class="quiet">{tellCleanUp(certificate)}</p>
          <Counts certificate={certificate} />
          <Failures certificate={certificate} />
          {CLIENTS.map((client) => (
            <ClientSection
              key={client}
              client={client}
              checks={certificate.checks.filter((check) => check.client === client)}
            />
          ))}
        </main>
      </body>
    </html>
  )
}

const OUTCOMES = Object.keys(WORDS) as readonly Outcome[]

/** A line for each client, and how many checks ended in which way. */
function Counts({ certificate }: { readonly certificate: Certificate }) {
  const rows = CLIENTS.flatMap((client) => {
    const checks = certificate.checks.filter((check) => check.client === client)
    return checks.length === 0 ? [] : [{ client, checks }]
  })
  return (
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">Client</th>
          {OUTCOMES.map((outcome) => (
            <th key={outcome} scope="col">
              {WORDS[outcome]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ client, checks }) => (
          <tr key={client}>
            <td>
              <a href={`#${client}`}>{CLIENT_TITLES[client]}</a>
            </td>
            {OUTCOMES.map((outcome) => {
              const count = countOf({ checks }, outcome)
              return (
                <td key={outcome} data-label={WORDS[outcome]} class={count === 0 ? 'quiet' : outcome}>
                  {count}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Where to look first. */
function Failures({ certificate }: { readonly certificate: Certificate }) {
  const failed = certificate.checks.filter(({ outcome }) => outcome === 'failed')
  if (failed.length === 0) return null
  return (
    <p class="failures">
      {'Failed: '}
      {failed.map(({ id }, index) => (
        <>
          {index === 0 ? '' : ', '}
          <a key={id} href={`#${id}`}>
            <code>{id}</code>
          </a>
        </>
      ))}
    </p>
  )
}

function ClientSection({ client, checks }: { readonly client: ClientName; readonly checks: readonly CheckResult[] }) {
  if (checks.length === 0) return null
  return (
    <section aria-labelledby={client}>
      <h2 id={client}>{CLIENT_TITLES[client]}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">What the client does</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function CheckRow({ check }: { readonly check: CheckResult }) {
  const { id, outcome, does, expects, found, exchanges } = check
  return (
    <tr id={id}>
      <td class={outcome}>{WORDS[outcome]}</td>
      <td>
        <div>{does}</div>
        <div class="quiet">
          <code>{id}</code> · expects {expects}
        </div>
        {outcome === 'not-reached' && <div class="quiet">{found}</div>}
        {(outcome === 'failed' || outcome === 'warned') && (
          <div class="finding">
            <p class={outcome}>{found}</p>
            {exchanges.length > 0 && (
              <details>
                <summary>{exchanges.length === 1 ? 'The exchange' : `The last ${exchanges.length} exchanges`}</summary>
                {exchanges.map((exchange, index) => (
                  <ExchangeView key={index} exchange={exchange} />
                ))}
              </details>
            )}
          </div>
        )}
      </td>
    </tr>
  )
}

function ExchangeView({ exchange }: { readonly exchange: Exchange }) {
  const { method, url, requestBody, status, mediaType, answerBody, error } = exchange
  return (
    <>
      <pre>{`${method} ${url}${requestBody === undefined ? '' : `\n\n${indented(requestBody)}`}`}</pre>
      <pre>
        {status === undefined
          ? `No answer: ${error ?? 'unknown'}`
          : `${status}${mediaType === undefined ? '' : ` ${mediaType}`}${answerBody ? `\n\n${indented(answerBody)}` : ''}`}
      </pre>
    </>
  )
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
