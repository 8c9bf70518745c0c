import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { Cause, Lab } from '#scenarios/labs/lab.ts'
import type { LabRecord } from '#scenarios/labs/progress/lab-records.ts'
import type { LabStanding } from '#scenarios/labs/progress/workshop.ts'
import { labPath } from './paths.ts'

/** Everything the page of a lab says. */
export interface LabView {
  readonly lab: Lab
  /** As they are shown. */
  readonly causes: readonly Cause[]
  readonly standing: LabStanding
  readonly record: LabRecord | undefined
  readonly failure: string | undefined
  readonly isDone: boolean
}

const WORDS: Readonly<Record<LabStanding['kind'], string>> = {
  waiting: 'Not under way',
  working: 'The kit is at work',
  searching: 'Find the cause',
  broken: 'Not mended yet',
  mended: 'Mended',
  disturbed: 'Another world',
  unreachable: 'Not reachable',
}

const TONES = {
  waiting: 'neutral',
  working: 'info',
  searching: 'info',
  broken: 'warning',
  mended: 'success',
  disturbed: 'warning',
  unreachable: 'warning',
} as const

/** Wall seconds between looks; what waits for a choice is left alone, so that the choice stays. */
const LOOK_SECONDS: Readonly<Record<LabStanding['kind'], number | undefined>> = {
  waiting: undefined,
  working: 2,
  searching: undefined,
  broken: 4,
  mended: undefined,
  disturbed: undefined,
  unreachable: 4,
}

/** How the lab stands, followed by itself, and what can be done about it. */
export function LabState({ view }: { readonly view: LabView }) {
  const { standing, failure } = view
  return (
    <Live id="lab-state" everySeconds={LOOK_SECONDS[standing.kind]} summary={WORDS[standing.kind]}>
      <Stack>
        <p class="lab-standing">
          <Badge tone={TONES[standing.kind]}>{WORDS[standing.kind]}</Badge>
          {standing.kind === 'waiting' && view.isDone && <Badge tone="success">Mended before</Badge>}
        </p>
        {failure !== undefined && standing.kind !== 'working' && (
          <Notice tone="danger" title="What the kit was asked to do did not work.">
            <p>{failure}</p>
            <p>Start the lab again.</p>
          </Notice>
        )}
        <State view={view} standing={standing} />
      </Stack>
    </Live>
  )
}

function State({ view, standing }: { readonly view: LabView; readonly standing: LabStanding }) {
  const { lab } = view
  switch (standing.kind) {
    case 'waiting':
      return (
        <Inline>
          <StartButton view={view} kind="primary" />
        </Inline>
      )
    case 'working':
      return <Working lab={lab} work={standing.work} />
    case 'searching':
      return <Searching view={view} />
    case 'broken':
      return <Broken view={view} found={standing.found} />
    case 'mended':
      return <Mended view={view} />
    case 'disturbed':
      return (
        <>
          <Notice tone="warning" role="none" title="The world was replaced since this lab began.">
            <p>{standing.what}. What was broken may not be there any more.</p>
          </Notice>
          <Inline>
            <StartButton view={view} kind="primary" />
          </Inline>
        </>
      )
    case 'unreachable':
      return (
        <Notice tone="warning" role="none" title="One of the systems does not answer.">
          <p>Start all of them with npm start, and wait a moment: this page looks again by itself.</p>
        </Notice>
      )
  }
}

function StartButton({ view, kind }: { readonly view: LabView; readonly kind: 'primary' | 'secondary' | 'subtle' }) {
  const isAgain = view.record !== undefined
  return (
    <LinkButton kind={kind} icon={isAgain ? 'restart' : 'play'} href={labPath(view.lab, '/start')}>
      {isAgain ? 'Start again' : 'Start the lab'}
    </LinkButton>
  )
}

function Working({
  lab,
  work,
}: {
  readonly lab: Lab
  readonly work: { readonly labId: string; readonly kind: string }
}) {
  const isOwn = work.labId === lab.id
  const words = work.kind === 'breaking' ? 'Setting the world up, and breaking it.' : 'Mending it for you.'
  return (
    <Notice tone="info" role="none" title={isOwn ? words : 'The kit is busy with another lab.'}>
      <p>
        This page follows by itself. <a href={labPath(lab)}>Look again</a>
      </p>
    </Notice>
  )
}

/** Step one: hints, and a choice of four. */
function Searching({ view }: { readonly view: LabView }) {
  const { lab, causes, record } = view
  const tried = record?.wrongCauses ?? []
  return (
    <Card title="1. What is the cause?">
      <Stack>
        <Form action={labPath(lab, '/cause')} label="Cause">
          <RadioGroup
            name="cause"
            label="Look around in the products first, then choose."
            required
            options={causes.map(({ cause, because }, index) => ({
              value: String(index),
              label: cause,
              ...(tried.includes(cause) ? { disabled: true, hint: `Not this: ${because}` } : {}),
            }))}
          />
          <FormActions>
            <Button kind="primary">This is the cause</Button>
          </FormActions>
        </Form>
        <Help view={view} />
      </Stack>
    </Card>
  )
}

/** Hints so far, and the ways to get more help. */
function Help({ view }: { readonly view: LabView }) {
  const { lab, record } = view
  const shown = record?.hints ?? 0
  return (
    <>
      {shown > 0 && (
        <ol class="lab-hints" aria-label="Hints">
          {lab.hints.slice(0, shown).map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ol>
      )}
      <Inline>
        {shown < lab.hints.length && (
          <Form action={labPath(lab, '/hint')} layout="bare">
            <Button icon="help">
              Hint {shown + 1} of {lab.hints.length}
            </Button>
          </Form>
        )}
        {record?.isSolutionShown !== true && (
          <Form action={labPath(lab, '/solution')} layout="bare">
            <Button kind="subtle">Show me the solution</Button>
          </Form>
        )}
        <LinkButton kind="subtle" href={labPath(lab, '/mend')}>
          Mend it for me
        </LinkButton>
        <StartButton view={view} kind="subtle" />
      </Inline>
    </>
  )
}

function TheCause({ lab }: { readonly lab: Lab }) {
  return (
    <div>
      <p>
        <strong>{lab.right.cause}</strong>
      </p>
      <p>{lab.right.because}</p>
    </div>
  )
}

/** Step two: the cause is known; what is still found is told until it is not there any more. */
function Broken({ view, found }: { readonly view: LabView; readonly found: readonly string[] }) {
  const { lab, record } = view
  return (
    <>
      <Card title="1. The cause">
        <TheCause lab={lab} />
      </Card>
      <Card title="2. Mend it in the product">
        <Stack>
          {record?.isSolutionShown === true && (
            <Notice tone="info" role="none" title="The solution">
              <p>{lab.mend}</p>
            </Notice>
          )}
          <div>
            <p>
              <Quiet>Found now:</Quiet>
            </p>
            <ul class="lab-facts">
              {found.map((fact) => (
                <li key={fact}>{fact}</li>
              ))}
            </ul>
          </div>
          <Inline>
            <Form action={labPath(lab, '/check')} layout="bare">
              <Button kind="primary" icon="check">
                Check
              </Button>
            </Form>
          </Inline>
          <p>
            <Quiet>
              It checks by itself, by what the systems hold. What needs a cycle needs time: move the clock above.
            </Quiet>
          </p>
          <Help view={view} />
        </Stack>
      </Card>
    </>
  )
}

/** What there was to learn. */
function Mended({ view }: { readonly view: LabView }) {
  const { lab, record } = view
  return (
    <>
      <Notice tone="success" role="none" title={record?.isMendedForMe === true ? 'Mended for you.' : 'Mended.'}>
        <p>The fault is not there any more.</p>
      </Notice>
      <Card title="What it was">
        <Stack>
          <TheCause lab={lab} />
          <p>
            <Quiet>How it is mended:</Quiet> {lab.mend}
          </p>
          <p>{lab.explanation}</p>
          <p>
            <Quiet>Source: {lab.source}</Quiet>
          </p>
        </Stack>
      </Card>
      <Inline>
        <LinkButton kind="primary" href="/labs">
          Next: choose another lab
        </LinkButton>
        <StartButton view={view} kind="subtle" />
      </Inline>
    </>
  )
}
