import { Button } from '#kit/ui/button.tsx'
import { Document } from '#kit/ui/document.tsx'
import { Form } from '#kit/ui/form.tsx'
import { WordMark } from '#kit/ui/top-bar.tsx'
import type { Dock } from '#scenarios/lessons/progress/learning-records.ts'
import { homeLook } from '../look/look.ts'
import type { Visit } from '../pages/visits.ts'
import { PanelDocument, PanelScript } from './panel-page.tsx'
import type { PanelView } from './panel-view.ts'
import { coursePath, lessonPath, PAGE_FRAME, panelPath } from './paths.ts'

const DOCKS: readonly { readonly dock: Dock; readonly label: string }[] = [
  { dock: 'left', label: 'left' },
  { dock: 'right', label: 'right' },
  { dock: 'bottom', label: 'bottom' },
]

export interface LessonPageProps {
  readonly visit: Visit
  readonly view: PanelView
  readonly dock: Dock
  /** Of the systems whose pages the frame may show. */
  readonly origins: readonly string[]
}

/** The panel and the product's page side by side, each in a frame: one can be used without losing one's place in the other. */
export function LessonPage({ visit, view, dock, origins }: LessonPageProps) {
  const { course, number, of, title } = view
  return (
    <Document
      look={homeLook}
      frame={visit.frame}
      title={`${number}. ${title}`}
      shellClass="lesson-shell"
      mainClass={`lesson-split lesson-split--${dock}`}
      header={<LessonBar view={view} dock={dock} />}
    >
      <h1 class="k-hidden">{`Lesson ${number} of ${of}: ${title}`}</h1>
      <a class="k-skip" href="#panel">
        Skip to the lesson
      </a>
      <a class="k-skip" href="#page">
        Skip to the page
      </a>
      <section class="lesson-side" aria-label="Lesson">
        <iframe
          id="panel"
          name="panel"
          class="lesson-frame"
          title={`Lesson ${number}: ${title}`}
          src={panelPath(course, number)}
        />
      </section>
      <section class="lesson-beside" aria-label="Page">
        <AddressBar address={openingOf(view)} />
        <iframe
          id="page"
          name={PAGE_FRAME}
          class="lesson-frame"
          title="The page the lesson speaks of"
          src={openingOf(view) ?? '/lessons/blank'}
          data-origins={origins.join(' ')}
          data-is-blank={openingOf(view) === undefined ? '' : undefined}
        />
        <a class="k-skip" href="#panel">
          Back to the lesson
        </a>
      </section>
      <PanelScript />
    </Document>
  )
}

/** What the frame shows first: nothing before the lesson begins. */
function openingOf({ standing, places }: PanelView): string | undefined {
  const isUnderWay = standing.kind === 'open' || standing.kind === 'done'
  return isUnderWay ? places.find(({ framed, browser }) => framed && browser === undefined)?.address : undefined
}

function LessonBar({ view, dock }: { readonly view: PanelView; readonly dock: Dock }) {
  const { course, number } = view
  return (
    <header class="k-topbar home-bar lesson-bar">
      <WordMark href="/" />
      <p class="lesson-bar__where">
        <a href={coursePath(course)}>{course.walkthrough.title}</a>
      </p>
      <fieldset class="lesson-views">
        <legend class="k-hidden">What is shown</legend>
        {['Both', 'Lesson', 'Page'].map((name, index) => (
          <label key={name}>
            <input type="radio" name="shown" value={name.toLowerCase()} checked={index === 0} />
            {name}
          </label>
        ))}
      </fieldset>
      <Form
        action="/lessons/dock"
        layout="bare"
        label="Place of the lesson"
        fields={{ back: lessonPath(course, number) }}
      >
        <span class="lesson-docks">
          <span class="lesson-docks__of">Lesson at the</span>
          {DOCKS.map(({ dock: each, label }) => (
            <Button
              key={each}
              kind={each === dock ? 'secondary' : 'subtle'}
              name="dock"
              value={each}
              label={`Lesson at the ${label}`}
            >
              {label}
            </Button>
          ))}
        </span>
      </Form>
      <a class="k-button k-button--subtle lesson-own-window" href={panelPath(course, number)} target="lesson">
        <span class="k-button__label">Own window</span>
      </a>
    </header>
  )
}

/** A frame has no address bar of its own. */
function AddressBar({ address }: { readonly address: string | undefined }) {
  return (
    <form class="lesson-address" action="/lessons/go" method="get" target={PAGE_FRAME} aria-label="Address of the page">
      <input
        class="k-input"
        name="to"
        aria-label="Address"
        value={address ?? ''}
        autocomplete="off"
        spellcheck={false}
        id="address"
      />
      <Button>Go</Button>
      <p class="lesson-told" role="status" id="told" />
    </form>
  )
}

/** What the frame shows until the lesson begins. */
export function BlankPage({ visit }: { readonly visit: Visit }) {
  return (
    <PanelDocument frame={visit.frame} framed title="No page yet">
      <h1 class="lesson-title">The page opens here when the lesson begins</h1>
      <p>Begin it in the panel.</p>
    </PanelDocument>
  )
}
