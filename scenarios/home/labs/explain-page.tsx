import type { Urls } from '#kit/system/system.ts'
import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { Explanation } from '#scenarios/explain/explain.ts'
import type { Finding } from '#scenarios/explain/finding.ts'
import type { Lab } from '#scenarios/labs/lab.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import { labPath } from './paths.ts'

/** Wall seconds between looks. */
const LOOK_SECONDS = 5

export interface ExplainProps {
  readonly visit: Visit
  readonly urls: Urls
  /** `undefined`: one of the systems does not answer. */
  readonly explanation: Explanation | undefined
}

/** What is wrong in the running world, and where to mend it. */
export function ExplainPage({ visit, urls, explanation }: ExplainProps) {
  return (
    <HomePage
      visit={visit}
      section="/explain"
      title="Explain"
      lead="What is wrong in the running world: the fault, what shows it, and the page to mend it on."
      actions={
        <LinkButton icon="refresh" href={visit.frame.path ?? '/explain'}>
          Look again
        </LinkButton>
      }
    >
      <Live id="explanation" everySeconds={LOOK_SECONDS} summary={summaryOf(explanation)}>
        {explanation === undefined ? (
          <Notice tone="warning" role="none" title="One of the systems does not answer.">
            <p>Start all of them with npm start, and wait a moment: this page looks again by itself.</p>
          </Notice>
        ) : (
          <Findings urls={urls} explanation={explanation} />
        )}
      </Live>
      <p>
        <Quiet>
          The same in a terminal: <code class="k-mono">npm run kit -- explain</code>. It ends with 1 when something is
          wrong.
        </Quiet>
      </p>
    </HomePage>
  )
}

function summaryOf(explanation: Explanation | undefined): string {
  if (explanation === undefined) return 'One of the systems does not answer.'
  const { findings, news } = explanation
  const worth = news.map(({ headline }) => `Worth knowing: ${headline}`)
  const wrong = findings.length === 0 ? ['Nothing is known to be wrong.'] : findings.map(({ headline }) => headline)
  return [...wrong, ...worth].join(' ')
}

function Findings({ urls, explanation }: { readonly urls: Urls; readonly explanation: Explanation }) {
  const { findings, news, partly } = explanation
  return (
    <Stack>
      {findings.length === 0 && (
        <Notice tone="success" role="none" title="Nothing is known to be wrong.">
          <p>State, settings, switches and faults of Entra, Okta and Dialpad were looked at, and how they fit.</p>
        </Notice>
      )}
      {findings.map((finding) => (
        <FindingCard key={finding.fault} urls={urls} finding={finding} />
      ))}
      {news.length > 0 && (
        <section class="explain-news" aria-labelledby="explain-news">
          <Stack>
            <h2 id="explain-news">Worth knowing</h2>
            <p>
              <Quiet>Nothing is broken here: the products do what they are meant to do, and it may surprise.</Quiet>
            </p>
            {news.map((finding) => (
              <FindingCard key={finding.fault} urls={urls} finding={finding} />
            ))}
          </Stack>
        </section>
      )}
      {partly.length > 0 && (
        <Notice tone="warning" role="none" title="Looked at a part only">
          <p>The world is large. Looked at: {partly.join('; ')}.</p>
        </Notice>
      )}
    </Stack>
  )
}

function FindingCard({ urls, finding }: { readonly urls: Urls; readonly finding: Finding }) {
  const { fault, headline, evidence, page, source, isNews } = finding
  return (
    <Card title={headline} headingLevel={isNews === true ? 3 : 2}>
      <Stack>
        <ul class="lab-facts">
          {evidence.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <p>
          <Quiet>{isNews === true ? 'Look at' : 'Mend it on'}</Quiet>{' '}
          <a href={`${urls[page.system] ?? ''}${page.path}`} target="_blank" rel="noopener">
            {page.label}
          </a>
        </p>
        <p class="lab-source">
          <Badge>{fault}</Badge> <Quiet>Source: {source}</Quiet>
        </p>
      </Stack>
    </Card>
  )
}

/** Asked for while a lab is under way: it would name what is to be found. */
export function SpoilerPage({ visit, lab }: { readonly visit: Visit; readonly lab: Lab }) {
  return (
    <HomePage visit={visit} section="/explain" title="Explain">
      <Card title="A lab is under way">
        <Stack>
          <p>
            This page would name the fault that <a href={labPath(lab)}>{lab.title}</a> asks you to find.
          </p>
          <Inline>
            <LinkButton kind="primary" href={labPath(lab)}>
              Back to the lab
            </LinkButton>
            <LinkButton href="/explain?spoil=yes">Explain all the same</LinkButton>
          </Inline>
        </Stack>
      </Card>
    </HomePage>
  )
}
