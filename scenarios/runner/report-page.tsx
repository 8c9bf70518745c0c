import { ARTICLES } from '#scenarios/walkthroughs/articles.ts'
import type { StepResult, WalkthroughResult } from './result.ts'
import { tellDuration, tellOutcome } from './tell-steps.ts'

const STYLE = `
:root { color-scheme: light dark; --ink: #16181d; --quiet: #5b616e; --line: #d9dce2; --paper: #fff; --card: #f7f8fa; --ok: #0b7a75; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef2; --quiet: #a4abb8; --line: #363a44; --paper: #16181d; --card: #1f222a; --ok: #4fc3bd; --bad: #ff8a80 } }
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 1040px; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
h1 { font-size: 24px; margin: 0 } h2 { font-size: 16px; margin: 0 } p { margin: 4px 0 }
.quiet { color: var(--quiet) } .ok { color: var(--ok) } .bad { color: var(--bad) }
ol { list-style: none; padding: 0 } li { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 20px; padding: 16px; margin: 12px 0; border: 1px solid var(--line); border-radius: 6px; background: var(--card) }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere } img { width: 100%; border: 1px solid var(--line); border-radius: 4px; display: block }
@media (max-width: 720px) { li { grid-template-columns: 1fr } }
`

/** The report of one walkthrough: a page that needs nothing but the pictures beside it. */
export function ReportPage({ result }: { readonly result: WalkthroughResult }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${result.id}: ${result.passed ? 'passed' : 'failed'}`}</title>
        <link rel="icon" href="data:," />
        <style>{STYLE}</style>
      </head>
      <body>
        <main>
          <h1>{result.title}</h1>
          <p>{result.lead}</p>
          <p class={result.passed ? 'ok' : 'bad'}>
            <strong>{tellOutcome(result)}</strong>
          </p>
          <p class="quiet">
            Walkthrough <code>{result.id}</code>, world <code>{result.world}</code>, {result.startedAt}
          </p>
          {result.evidence.length > 0 && (
            <p>
              Kept of the failure:{' '}
              {result.evidence.map((file) => (
                <span key={file}>
                  <a href={file}>{file}</a>{' '}
                </span>
              ))}
            </p>
          )}
          <ol>
            {result.steps.map((step) => (
              <StepCard key={step.id} step={step} />
            ))}
          </ol>
        </main>
      </body>
    </html>
  )
}

function StepCard({ step }: { readonly step: StepResult }) {
  const article = ARTICLES[step.source.article]
  return (
    <li id={step.id}>
      <div>
        <h2>{step.title}</h2>
        <p class="quiet">
          <code>{step.id}</code> · {step.at.page} · {tellDuration(step.durationMs)} ·{' '}
          <span class={step.outcome === 'passed' ? 'ok' : step.outcome === 'failed' ? 'bad' : 'quiet'}>
            {step.outcome}
          </span>
        </p>
        <p>{step.say}</p>
        {step.at.labels.length > 0 && <p class="quiet">Labels: {step.at.labels.join(' › ')}</p>}
        {step.found !== undefined && <p class={step.outcome === 'passed' ? 'ok' : ''}>Found: {step.found}</p>}
        {step.problem !== undefined && (
          <p class="bad">
            <code>{step.problem}</code>
          </p>
        )}
        <p class="quiet">
          {article.publisher} {article.edition}: <a href={article.url}>{article.title}</a>, {step.source.section}
        </p>
      </div>
      {step.screenshot !== undefined && (
        <a href={step.screenshot}>
          <img src={step.screenshot} alt={`The page after "${step.title}"`} />
        </a>
      )}
    </li>
  )
}
