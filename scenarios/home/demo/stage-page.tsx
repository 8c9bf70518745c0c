import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form } from '#kit/ui/form.tsx'
import type { IconName } from '#kit/ui/icon.tsx'
import { Inline, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import type { Tone } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import { isOver, type Phase, type Show } from '#scenarios/demo/show.ts'
import type { StepResult } from '#scenarios/runner/result.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import { ResetWarning } from './demo-page.tsx'
import { DEMO, notesPath, STAGE } from './paths.ts'

const PHASES: Readonly<Record<Phase, readonly [words: string, tone: Tone]>> = {
  playing: ['Playing', 'success'],
  paused: ['Paused', 'warning'],
  'by-hand': ['Taken over by hand', 'warning'],
  stuck: ['Waiting for you', 'danger'],
  finished: ['Finished', 'success'],
  stopped: ['Stopped', 'neutral'],
  crashed: ['The browser is gone', 'danger'],
}

export interface StageView {
  readonly show: Show
  /** Changes with every look, so that the picture is asked for anew. */
  readonly look: number
  /** Pages to go on by hand from. */
  readonly places: readonly { readonly label: string; readonly url: string }[]
}

/** What plays: its picture, its caption, and what the presenter can do. */
export function StagePage({ visit, view }: { readonly visit: Visit; readonly view: StageView | undefined }) {
  if (view === undefined) {
    return (
      <HomePage visit={visit} section="/demo" title="Stage">
        <EmptyState title="Nothing plays." action={<LinkButton href={DEMO}>Choose a walkthrough</LinkButton>}>
          A walkthrough that was started is seen here.
        </EmptyState>
      </HomePage>
    )
  }
  const { show } = view
  const [words, tone] = PHASES[show.phase]
  return (
    <HomePage
      visit={visit}
      section="/demo"
      title={show.walkthrough.title}
      lead="What the demonstration shows, with its captions."
      actions={
        <LinkButton href={notesPath(show.walkthrough.id)} kind="subtle" newTab>
          Presenter notes
        </LinkButton>
      }
    >
      <Live
        id="stage"
        everySeconds={isOver(show) ? undefined : 1}
        summary={`${words}. Step ${show.at + 1}: ${show.caption?.title ?? ''}`}
      >
        <Stack>
          <Card>
            <Stack>
              <Inline spread>
                <Inline>
                  <Badge tone={tone}>{words}</Badge>
                  <Controls show={show} />
                </Inline>
                <a href={STAGE}>Look again</a>
              </Inline>
              <ProgressBar
                label="Steps done"
                value={show.results.length}
                max={show.walkthrough.steps.length}
                text={`${show.results.length} of ${show.walkthrough.steps.length} steps.`}
              />
              <p class="k-quiet">Everything was put back in {show.resetMs} ms before it began.</p>
              <Advice view={view} />
            </Stack>
          </Card>
          <div class="demo-stage">
            <Picture view={view} />
            {show.caption && (
              <Card title={`Step ${show.caption.number} of ${show.caption.of}: ${show.caption.title}`}>
                <p class="demo-say">{show.caption.say}</p>
                <p class="k-quiet">{show.caption.source}</p>
              </Card>
            )}
          </div>
          <StepList results={show.results} />
        </Stack>
      </Live>
    </HomePage>
  )
}

function Picture({ view: { show, look } }: { readonly view: StageView }) {
  const last = show.results.findLast(({ screenshot }) => screenshot !== undefined)
  const isLive = show.phase === 'playing' || show.phase === 'paused' || show.phase === 'stuck'
  const src =
    isLive && show.address !== undefined
      ? `${STAGE}/live.png?look=${look}`
      : last?.screenshot && `${STAGE}/steps/${last.screenshot}`
  const alt = show.caption === undefined ? 'The page being played' : `The page at: ${show.caption.title}`
  if (show.stage === 'plain') {
    return (
      <Notice tone="info" role="none" title="No pictures">
        <p>
          There is no browser on this machine, so the walkthrough goes over HTTP. Install Chromium, or name one in
          CHROMIUM_PATH, and start again.
        </p>
      </Notice>
    )
  }
  return src ? (
    <img class="demo-picture" src={src} alt={alt} width={1280} height={900} />
  ) : (
    <p class="demo-picture demo-picture--none">The first picture comes with the first page.</p>
  )
}

function Control(props: {
  readonly to: string
  readonly children: string
  readonly icon?: IconName
  readonly main?: boolean
}) {
  return (
    <Form action={`${STAGE}/${props.to}`} layout="bare">
      <Button icon={props.icon} kind={props.main ? 'primary' : 'secondary'}>
        {props.children}
      </Button>
    </Form>
  )
}

/** What can be done in this phase. */
function Controls({ show }: { readonly show: Show }) {
  const { phase } = show
  return (
    <>
      {phase === 'playing' && (
        <Control to="pause" icon="pause" main>
          Pause
        </Control>
      )}
      {(phase === 'paused' || phase === 'by-hand') && (
        <Control to="resume" icon="play" main>
          Resume
        </Control>
      )}
      {phase === 'stuck' && (
        <Control to="again" icon="refresh" main>
          Try again
        </Control>
      )}
      {phase === 'crashed' && (
        <Control to="again" icon="refresh" main>
          Open another browser
        </Control>
      )}
      {(phase === 'playing' || phase === 'paused') && <Control to="next">Next step</Control>}
      {(phase === 'stuck' || phase === 'by-hand') && <Control to="do">Do this step for me</Control>}
      {(phase === 'playing' || phase === 'paused' || phase === 'stuck') && (
        <Control to="take-over" icon="user">
          Take over
        </Control>
      )}
      {!isOver(show) && (
        <Control to="stop" icon="stop">
          Stop
        </Control>
      )}
      <LinkButton
        href={notesPath(show.walkthrough.id, `/start?pace=${show.pace}`)}
        kind={isOver(show) ? 'primary' : 'subtle'}
      >
        Start over
      </LinkButton>
      <LinkButton href={`${STAGE}/reset`} kind="subtle" icon="restart">
        Reset everything
      </LinkButton>
    </>
  )
}

/** What the presenter should know now. */
function Advice({ view: { show, places } }: { readonly view: StageView }) {
  if (show.phase === 'by-hand') {
    return (
      <Notice tone="warning" role="none" title="It is your turn">
        <p>
          {show.stage === 'visible'
            ? 'Use the browser of the demonstration.'
            : 'Use a browser of your own: the systems are the same.'}{' '}
          Resume goes on from this step: a lesson you have finished counts; otherwise everything is put back to how it
          was when the step began.
        </p>
        {show.stage !== 'visible' && <Places places={places} />}
      </Notice>
    )
  }
  if (show.problem === undefined) return null
  return (
    <Notice tone="danger" role="none" title={TROUBLES[show.phase] ?? 'It ended early'}>
      <p>{show.problem}</p>
      {show.phase === 'stuck' && <p>Try again from its beginning, do it by hand, let the kit do it, or start over.</p>}
      {show.phase === 'crashed' && (
        <>
          <p>Another browser goes on with this step from its beginning. Or go on by hand, in a browser of your own:</p>
          <Places places={places} />
        </>
      )}
    </Notice>
  )
}

/** What the problem is called, by phase. */
const TROUBLES: Partial<Record<Phase, string>> = { stuck: 'This step did not go', crashed: 'The browser is gone' }

function Places({ places }: Pick<StageView, 'places'>) {
  return (
    <ul class="demo-lines">
      {places.map(({ label, url }) => (
        <li key={label}>
          {label}:{' '}
          <a href={url} target="_blank" rel="noopener">
            {url}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What has been shown, newest first. */
function StepList({ results }: { readonly results: readonly StepResult[] }) {
  if (results.length === 0) return null
  return (
    <Card title="Done so far">
      <ol class="demo-steps" reversed>
        {results.toReversed().map((result) => (
          <li key={result.id}>
            {result.screenshot === undefined ? (
              <strong>{result.title}</strong>
            ) : (
              <a href={`${STAGE}/steps/${result.screenshot}`} target="_blank" rel="noopener">
                {result.title}
              </a>
            )}
            {result.found && <span class="k-quiet"> {result.found}</span>}
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** Names what is lost before everything is put back. */
export function ResetDemoPage({ visit, show }: { readonly visit: Visit; readonly show: Show }) {
  const { title, world } = show.walkthrough
  return (
    <HomePage visit={visit} section="/demo" title="Reset everything">
      <ConfirmForm
        title="Stop, and put everything back?"
        subject={title}
        headingLevel={2}
        action={`${STAGE}/reset`}
        confirmLabel="Reset"
        cancelHref={STAGE}
      >
        <ResetWarning world={world} present={visit.world} />
      </ConfirmForm>
    </HomePage>
  )
}
