import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Columns, Disclosure, Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { ArmedNegative } from '#scenarios/negatives/arm.ts'
import { type Negative, PROTOCOL_LABELS, PROVIDER_LABELS, type ProviderName } from '#scenarios/negatives/negative.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import type { Strike } from './last-strike.ts'

/** A provider as the page shows it. */
export interface ProviderState {
  readonly name: ProviderName
  readonly reachable: boolean
  readonly armed: readonly ArmedNegative[]
  readonly strike: Strike | undefined
}

export interface NegativesView {
  readonly providers: readonly ProviderState[]
  readonly negatives: readonly Negative[]
  readonly dialpadUrl: string
}

/** Every way in which a sign-in can be made to go wrong, one click each, and what the last one came to. */
export function NegativesPage({ visit, view }: { readonly visit: Visit; readonly view: NegativesView }) {
  const { providers, negatives, dialpadUrl } = view
  return (
    <HomePage
      visit={visit}
      section="/negatives"
      title="Negatives"
      lead="Let the next sign-in go wrong in one way, and see whether the application notices. The one after it is right again."
    >
      <Live id="providers" everySeconds={3} summary={providers.map(summaryOf).join('; ')}>
        <Columns min="wide">
          {providers.map((provider) => (
            <ProviderCard key={provider.name} provider={provider} />
          ))}
        </Columns>
      </Live>
      <StartCard dialpadUrl={dialpadUrl} />
      {(['oidc', 'saml'] as const).map((protocol) => (
        <Card key={protocol} title={PROTOCOL_LABELS[protocol]} id={protocol}>
          {negatives
            .filter((negative) => negative.protocol === protocol)
            .map((negative) => (
              <NegativeItem key={negative.id} negative={negative} providers={providers} />
            ))}
        </Card>
      ))}
    </HomePage>
  )
}

function summaryOf({ name, armed, strike }: ProviderState): string {
  const waiting = armed.map(({ negative }) => negative.title).join(', ') || 'nothing armed'
  const found = strike?.finding
  return `${PROVIDER_LABELS[name]}: ${waiting}${found === undefined ? '' : `, last ${found.words}`}`
}

function ProviderCard({ provider }: { readonly provider: ProviderState }) {
  const { name, reachable, armed, strike } = provider
  const label = PROVIDER_LABELS[name]
  if (!reachable) {
    return (
      <Card title={label}>
        <Notice tone="warning" role="none">
          Not reachable. Start it, then reload this page.
        </Notice>
      </Card>
    )
  }
  return (
    <Card title={label}>
      <Stack>
        {armed.length === 0 && <p>Nothing is armed: the next sign-in is right.</p>}
        {armed.map(({ negative, left }) => (
          <Stack key={negative.id} gap="tight">
            <Inline spread>
              <Inline>
                <Badge tone="warning">armed</Badge>
                <strong>{negative.title}</strong>
                <Quiet>{PROTOCOL_LABELS[negative.protocol]}</Quiet>
                {Number.isFinite(left) && left > 1 && <Quiet>for {left} sign-ins</Quiet>}
              </Inline>
              <Form action={`/negatives/${name}/clear`} layout="bare">
                <Button label={`Disarm ${label}`}>Disarm</Button>
              </Form>
            </Inline>
            {negative.before !== undefined && <p>{negative.before}</p>}
          </Stack>
        ))}
        {strike !== undefined && <StrikeLines strike={strike} />}
      </Stack>
    </Card>
  )
}

function StrikeLines({ strike }: { readonly strike: Strike }) {
  const { negative, at, finding } = strike
  return (
    <div>
      <Inline>
        {finding !== undefined && (
          <Badge tone={finding.isRefused ? 'success' : 'danger'}>{finding.isRefused ? 'refused' : 'accepted'}</Badge>
        )}
        <span>
          Last: {negative.title} ({PROTOCOL_LABELS[negative.protocol]}), <TimeText iso={at} />
        </span>
      </Inline>
      {finding === undefined ? (
        <p>
          <Quiet>Dialpad has seen nothing of it: what your application says is on its own page.</Quiet>
        </p>
      ) : (
        <p class="home-wrap">
          Dialpad found: {finding.words}. <a href={finding.href}>See it on the timeline</a>
        </p>
      )}
      <p>
        <strong>A correct application:</strong> {negative.correct}
      </p>
    </div>
  )
}

/** A sign-in to try it with. */
function StartCard({ dialpadUrl }: { readonly dialpadUrl: string }) {
  return (
    <Card title="Start a sign-in" lead="With Dialpad, or with an application of your own. SAML has to be set up first.">
      <Inline>
        <LinkButton href={`${dialpadUrl}/login/microsoft`} newTab>
          Log in to Dialpad with Microsoft
        </LinkButton>
        <LinkButton href={`${dialpadUrl}/login/provider`} newTab>
          Log in to Dialpad by SAML
        </LinkButton>
      </Inline>
    </Card>
  )
}

function NegativeItem(props: { readonly negative: Negative; readonly providers: readonly ProviderState[] }) {
  const { negative, providers } = props
  const { id, title, wrong, correct, source, library, dialpad } = negative
  const armedAt = providers.filter(({ armed }) => armed.some((each) => each.negative.id === id))
  return (
    <section class="home-switch" aria-label={`${PROTOCOL_LABELS[negative.protocol]}: ${title}`}>
      <Stack gap="tight">
        <Inline>
          <strong>{title}</strong>
          {armedAt.map(({ name }) => (
            <Badge key={name} tone="warning">
              armed at {PROVIDER_LABELS[name]}
            </Badge>
          ))}
        </Inline>
        <p>{wrong}</p>
        <p>
          <strong>A correct application:</strong> {correct}
        </p>
        <Disclosure title="Where it is written, what others do" of={`More about ${title}`}>
          <DefinitionList
            items={[
              { term: 'Written in', value: source },
              { term: 'Library', value: library.words },
              { term: 'Dialpad says', value: dialpad.title },
              {
                term: 'In a test',
                value: <code>{`await kit.negative('${id}', { from: '${negative.from[0]}' })`}</code>,
              },
            ]}
          />
        </Disclosure>
      </Stack>
      <Inline>
        {negative.from
          .filter((name) => providers.find((each) => each.name === name)?.reachable)
          .map((name) => (
            <Form key={name} action={`/negatives/${name}`} fields={{ id }} layout="bare">
              <Button label={`Arm at ${PROVIDER_LABELS[name]}: ${title}`}>Arm at {PROVIDER_LABELS[name]}</Button>
            </Form>
          ))}
      </Inline>
    </section>
  )
}
