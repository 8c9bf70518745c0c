import type { ComponentChildren } from 'preact'
import { Document } from '#kit/ui/document.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { homeLook } from '../look/look.ts'
import type { Message, Visit } from '../pages/visits.ts'
import { ExerciseValues } from './exercise-values.tsx'
import { LessonState } from './lesson-state.tsx'
import { LessonSteps } from './lesson-steps.tsx'
import type { PanelView } from './panel-view.ts'
import { coursePath } from './paths.ts'

export interface PanelProps {
  readonly visit: Visit
  /** It stands in a frame of the lesson page, which has the strip already. */
  readonly framed: boolean
  readonly view: PanelView
}

/** The lesson: where to begin, what to do, how it stands. A page of its own, so that it works in a frame, in a window and without script. */
export function PanelPage({ visit, framed, view }: PanelProps) {
  const { title, number, of, course } = view
  return (
    <PanelDocument frame={visit.frame} framed={framed} title={`${number}. ${title}`}>
      <header class="lesson-head">
        <p class="home-step">
          Lesson {number} of {of}
        </p>
        <h1 class="lesson-title" id="lesson" tabIndex={-1}>
          {title}
        </h1>
        <p>
          <a href={coursePath(course)} target="_top">
            {course.walkthrough.title}
          </a>
        </p>
      </header>
      {visit.message && <PanelMessage message={visit.message} />}
      <LessonSteps steps={view.steps} />
      <ExerciseValues values={view.values} />
      <LessonState view={view} />
      <PanelScript />
    </PanelDocument>
  )
}

/** The document around everything the panel shows. */
export function PanelDocument(props: {
  readonly frame: Frame
  readonly framed: boolean
  readonly title: string
  readonly children: ComponentChildren
}) {
  return (
    <Document
      look={homeLook}
      frame={props.frame}
      framed={props.framed}
      title={props.title}
      mainClass="lesson-panel-main"
    >
      {props.children}
    </Document>
  )
}

/** What panel and lesson page do better with a script. */
export function PanelScript() {
  return <script src="/_assets/kit-home/lessons.js" defer />
}

function PanelMessage({ message }: { readonly message: Message }) {
  return (
    <Notice tone={message.tone} title={message.title}>
      {message.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Notice>
  )
}
