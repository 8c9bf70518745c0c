import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import { HINT_STAGES } from '#scenarios/lessons/progress/progress.ts'
import type { Standing } from '#scenarios/lessons/progress/tutor.ts'
import type { PanelView } from './panel-view.ts'
import { coursePath, lessonPath, panelPath } from './paths.ts'
import { StartPlaces } from './start-places.tsx'

/** Wall seconds between looks while somebody can see the panel. */
const LOOK_SECONDS = 2

/** How the lesson stands, followed by itself, and what can be done about it. */
export function LessonState({ view }: { readonly view: PanelView }) {
  const { standing } = view
  return (
    <Live id="lesson-state" everySeconds={LOOK_SECONDS} summary={summaryOf(standing)}>
      <StartPlaces places={view.places} />
      <div class="lesson-state" data-under-way={standing.kind === 'open' || standing.kind === 'done' ? '' : undefined}>
        <h2 class="lesson-heading" id="state" tabIndex={-1}>
          How it stands <Badge tone={TONES[standing.kind]}>{WORDS[standing.kind]}</Badge>
        </h2>
        {view.failure !== undefined && standing.kind !== 'working' && (
          <Notice tone="danger" title="What the kit was asked to do did not work.">
            <p>{view.failure}</p>
            <p>Set the scene of this lesson again, or do it by hand.</p>
          </Notice>
        )}
        <State view={view} standing={standing} />
        <Turns view={view} />
      </div>
    </Live>
  )
}

const TONES = {
  working: 'info',
  done: 'success',
  open: 'neutral',
  waiting: 'neutral',
  disturbed: 'warning',
  unreachable: 'warning',
} as const

const WORDS: Readonly<Record<Standing['kind'], string>> = {
  working: 'The kit is at work',
  done: 'Done',
  open: 'Not done yet',
  waiting: 'Not begun',
  disturbed: 'Another world',
  unreachable: 'Not reachable',
}

function summaryOf(standing: Standing): string {
  if (standing.kind === 'open' && standing.mistake !== undefined) {
    return `Not done yet. ${standing.mistake.mistake} ${standing.mistake.hint}`
  }
  return standing.kind === 'working' ? `The kit is at work: ${standing.work.now}` : WORDS[standing.kind]
}

function State({ view, standing }: { readonly view: PanelView; readonly standing: Standing }) {
  switch (standing.kind) {
    case 'working':
      return <Working view={view} standing={standing} />
    case 'done':
      return (
        <Notice tone="success" role="none" title={standing.doneForMe ? 'Done for you.' : 'Done.'}>
          <p>Found: {standing.found}</p>
          {standing.doneForMe && <p>A page opened earlier may show what was before: open it again.</p>}
        </Notice>
      )
    case 'open':
      return <Open view={view} standing={standing} />
    case 'waiting':
      return <Waiting view={view} canBegin={standing.canBegin} />
    case 'disturbed':
      return <Disturbed view={view} what={standing.what} />
    case 'unreachable':
      return (
        <Notice tone="warning" role="none" title="One of the systems does not answer.">
          <p>Start all of them with npm start, and wait a moment: this page looks again by itself.</p>
        </Notice>
      )
  }
}

function Working(props: { readonly view: PanelView; readonly standing: Standing & { readonly kind: 'working' } }) {
  const { view, standing } = props
  const { kind, now, over, of } = standing.work
  return (
    <div class="lesson-working">
      <p>
        {kind === 'scene' ? 'Setting the scene' : 'Doing it for you'}: {now}
      </p>
      {kind === 'scene' && <ProgressBar label="Setting the scene" value={over} max={of} text={`${over} of ${of}`} />}
      <p>
        <a href={panelPath(view.course, view.number)}>Look again</a>
      </p>
    </div>
  )
}

function Open({
  view,
  standing,
}: {
  readonly view: PanelView
  readonly standing: Standing & { readonly kind: 'open' }
}) {
  const { course, lesson, number, record } = view
  const shown = record?.hints ?? 0
  const act = (below: string): string => panelPath(course, number, below)
  return (
    <>
      <p>
        <Quiet>Found:</Quiet> {standing.found}
      </p>
      {standing.mistake !== undefined && (
        <Notice tone="warning" role="none" title={standing.mistake.mistake}>
          <p>{standing.mistake.hint}</p>
        </Notice>
      )}
      {shown > 0 && (
        <ol class="lesson-hints" aria-label="Hints">
          {lesson.hints.slice(0, shown).map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ol>
      )}
      <Inline>
        <Form action={act('/check')} layout="bare">
          <Button kind="primary" icon="check">
            Check
          </Button>
        </Form>
        {shown < HINT_STAGES && (
          <Form action={act('/hint')} layout="bare">
            <Button icon="help">
              Hint {shown + 1} of {HINT_STAGES}
            </Button>
          </Form>
        )}
        <LinkButton kind="subtle" href={act('/do')}>
          Do it for me
        </LinkButton>
      </Inline>
      <p class="lesson-note">
        <Quiet>It checks by itself, by what the systems hold and have said since the lesson began.</Quiet>
      </p>
    </>
  )
}

function Waiting({ view, canBegin }: { readonly view: PanelView; readonly canBegin: boolean }) {
  const { course, number } = view
  return (
    <>
      {canBegin ? (
        <Form action={panelPath(course, number, '/begin')} layout="bare">
          <Button kind="primary" icon="play">
            Begin this lesson
          </Button>
        </Form>
      ) : (
        <>
          <p>
            This lesson is not the one under way. Its scene can be set
            {number > 1 ? ': the earlier lessons are done for you.' : '.'}
          </p>
          <SetTheScene view={view} kind="primary" />
        </>
      )}
    </>
  )
}

function Disturbed({ view, what }: { readonly view: PanelView; readonly what: string }) {
  const { course, number } = view
  return (
    <>
      <Notice tone="warning" role="none" title="The world was replaced since this lesson began.">
        <p>{what}. What the lesson builds on may be gone.</p>
      </Notice>
      <Inline>
        <SetTheScene view={view} kind="primary" />
        <Form action={panelPath(course, number, '/go-on')} layout="bare">
          <Button>Go on in this world</Button>
        </Form>
      </Inline>
    </>
  )
}

/** Also the way to take a lesson again. */
function SetTheScene({ view, kind }: { readonly view: PanelView; readonly kind: 'primary' | 'subtle' }) {
  return (
    <LinkButton kind={kind} icon="restart" href={panelPath(view.course, view.number, '/scene')}>
      {view.standing.kind === 'done' ? 'Take it again' : 'Set the scene'}
    </LinkButton>
  )
}

/** To the neighbours of this lesson, and on when it is done. */
function Turns({ view }: { readonly view: PanelView }) {
  const { course, number, next, standing, isCourseComplete } = view
  const isDone = standing.kind === 'done'
  return (
    <nav class="lesson-turns" aria-label="Lessons">
      {isDone && next !== undefined && (
        <Form action={panelPath(course, next.number, '/begin')} layout="bare">
          <Button kind="primary" icon="chevron-right" label={`Next lesson: ${next.title}`}>
            Next lesson
          </Button>
        </Form>
      )}
      {isDone && isCourseComplete && (
        <a class="k-button k-button--primary" href={coursePath(course, '/record')} target="_top">
          <span class="k-button__label">Completion record</span>
        </a>
      )}
      {isDone && <SetTheScene view={view} kind="subtle" />}
      {number > 1 && (
        <LinkButton kind="subtle" href={panelPath(course, number - 1)}>
          Previous
        </LinkButton>
      )}
      {!isDone && next !== undefined && (
        <LinkButton kind="subtle" href={panelPath(course, next.number)}>
          Look ahead
        </LinkButton>
      )}
      <a class="lesson-turns__whole" href={lessonPath(course, number)} target="_top">
        Beside the page
      </a>
    </nav>
  )
}
