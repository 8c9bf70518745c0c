import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup } from '#kit/ui/choice-fields.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { Columns, Inline, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import type { PresenterNotes } from '#scenarios/demo/notes/presenter-notes.ts'
import { PACE_NAMES, PACES, type PaceName } from '#scenarios/demo/pace.ts'
import { isOver, type Show } from '#scenarios/demo/show.ts'
import type { Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { HomePage } from '../pages/home-page.tsx'
import { type UnderWay, WhatEnds } from '../pages/under-way.tsx'
import type { Visit } from '../pages/visits.ts'
import { notesPath, STAGE } from './paths.ts'

interface DemosProps {
  readonly visit: Visit
  readonly walkthroughs: readonly Walkthrough[]
  readonly show: Show | undefined
}

/** The walkthroughs that can be played. */
export function DemosPage({ visit, walkthroughs, show }: DemosProps) {
  return (
    <HomePage
      visit={visit}
      section="/demo"
      title="Demo"
      lead="A walkthrough plays by itself, with captions. It can be paused, taken over by hand and resumed."
    >
      <NowPlaying show={show} />
      <Columns min="wide">
        {walkthroughs.map(({ id, title, lead, world, steps }) => (
          <Card
            key={id}
            title={title}
            footer={
              <LinkButton href={notesPath(id)} icon="play" label={`Choose ${title}`}>
                Choose
              </LinkButton>
            }
          >
            <Stack>
              <p>{lead}</p>
              <Inline>
                <Badge>{steps.length} steps</Badge>
                <Badge tone="info">World {world}</Badge>
              </Inline>
            </Stack>
          </Card>
        ))}
      </Columns>
    </HomePage>
  )
}

/** The way back to what plays. */
function NowPlaying({ show }: { readonly show: Show | undefined }) {
  if (show === undefined || isOver(show)) return null
  return (
    <Notice
      role="none"
      title={`Playing: ${show.walkthrough.title}`}
      actions={
        <LinkButton href={STAGE} kind="primary">
          To the stage
        </LinkButton>
      }
    >
      <p>One demonstration at a time: stop it before another begins.</p>
    </Notice>
  )
}

interface NotesProps {
  readonly visit: Visit
  readonly walkthrough: Walkthrough
  readonly notes: PresenterNotes
  readonly show: Show | undefined
}

/** One walkthrough: how fast, and what the presenter should know. */
export function NotesPage({ visit, walkthrough, notes, show }: NotesProps) {
  const { id, title, lead, world, steps } = walkthrough
  return (
    <HomePage visit={visit} section="/demo" title={title} lead={lead}>
      <NowPlaying show={show} />
      <Card title="Play">
        <form method="get" action={notesPath(id, '/start')} class="k-form k-form--stack">
          <RadioGroup
            label="Pace"
            name="pace"
            value="normal"
            options={PACE_NAMES.map((value) => ({ value, label: PACES[value].label, hint: PACES[value].hint }))}
          />
          <p>
            {steps.length} steps, from the beginning of world <strong>{world}</strong>.
          </p>
          <div>
            <Button kind="primary" icon="play">
              Start
            </Button>
          </div>
        </form>
      </Card>
      <section aria-labelledby="notes-title">
        <Stack>
          <h2 class="k-card__title" id="notes-title">
            Presenter notes
          </h2>
          <Columns min="wide">
            <Lines title="Before you start" lines={notes.before} />
            <Lines title="What to say" lines={notes.say} />
            <Lines title="What to point at" lines={notes.pointAt} />
            <Card title="Likely questions" headingLevel={3}>
              <dl class="demo-questions">
                {notes.questions.map(({ question, answer }) => (
                  <div key={question}>
                    <dt>{question}</dt>
                    <dd>{answer}</dd>
                  </div>
                ))}
              </dl>
            </Card>
          </Columns>
        </Stack>
      </section>
    </HomePage>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <Card title={title} headingLevel={3}>
      <ul class="demo-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Card>
  )
}

/** Names what is lost before a demonstration begins. */
export function StartDemoPage(props: {
  readonly visit: Visit
  readonly walkthrough: Walkthrough
  readonly pace: PaceName
  readonly underWay: readonly UnderWay[]
}) {
  const { visit, walkthrough, pace, underWay } = props
  return (
    <HomePage visit={visit} section="/demo" title="Start a demonstration">
      <ConfirmForm
        title="Start this demonstration?"
        subject={walkthrough.title}
        headingLevel={2}
        kind="primary"
        action={notesPath(walkthrough.id, '/start')}
        fields={{ pace }}
        confirmLabel="Start"
        cancelHref={notesPath(walkthrough.id)}
      >
        <ResetWarning world={walkthrough.world} present={visit.world} />
        <WhatEnds underWay={underWay} />
      </ConfirmForm>
    </HomePage>
  )
}

/** What is lost when the world of a demonstration takes the place of the present one. */
export function ResetWarning({ world, present }: { readonly world: string; readonly present: string }) {
  return (
    <p>
      All systems are reset to world {world}. Lost in Entra, Okta, Dialpad and here: everything done since world{' '}
      {present} was seeded, sign-in sessions, API keys, the timeline, mails, faults and switches. The clock returns to
      the present. Snapshots and the progress of lessons stay.
    </p>
  )
}
