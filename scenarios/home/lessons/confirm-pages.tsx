import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { titleOf } from '#scenarios/lessons/steps-of.ts'
import { type UnderWay, WhatEnds } from '../pages/under-way.tsx'
import type { Visit } from '../pages/visits.ts'
import { WhatIsLost } from './course-page.tsx'
import { PanelDocument, PanelScript } from './panel-page.tsx'
import type { PanelView } from './panel-view.ts'
import { lessonPath, panelPath } from './paths.ts'

interface ConfirmProps {
  readonly visit: Visit
  readonly framed: boolean
  readonly view: PanelView
  readonly underWay: readonly UnderWay[]
}

/** Says what the kit will do, before it does the lesson in somebody's place. */
export function DoForMePage({ visit, framed, view }: Omit<ConfirmProps, 'underWay'>) {
  const { course, number, steps, title } = view
  return (
    <PanelDocument frame={visit.frame} framed={framed} title="Do it for me">
      <ConfirmForm
        title="Do it for me?"
        subject={title}
        kind="primary"
        action={panelPath(course, number, '/do')}
        confirmLabel="Do it"
        cancelHref={panelPath(course, number)}
      >
        <p>The kit signs in as the lesson says and does this on the same pages, in a browser of its own:</p>
        <ol class="lesson-hints">
          {steps.map((step) => (
            <li key={step.id}>
              {step.title} ({step.at.labels.join(', ')})
            </li>
          ))}
        </ol>
        <p>The completion record says that this lesson was done for you.</p>
      </ConfirmForm>
      <PanelScript />
    </PanelDocument>
  )
}

/** Says what is lost and done when the world is brought to the beginning of the lesson. */
export function ScenePage({ visit, framed, view, underWay }: ConfirmProps) {
  const { course, number, title, record } = view
  const earlier = course.lessons.slice(0, number - 1)
  return (
    <PanelDocument frame={visit.frame} framed={framed} title="Set the scene">
      <ConfirmForm
        title="Set the scene of this lesson?"
        subject={title}
        kind="primary"
        action={panelPath(course, number, '/scene')}
        confirmLabel="Set the scene"
        cancelHref={panelPath(course, number)}
      >
        <WhatIsLost world={course.walkthrough.world} present={visit.world} />
        <WhatEnds underWay={underWay.filter(({ href }) => href !== lessonPath(course, number))} />
        {earlier.length > 0 && (
          <>
            <p>Then the kit does in your place what comes before:</p>
            <ol class="lesson-hints">
              {earlier.map((lesson) => (
                <li key={lesson.steps.join()}>{titleOf(course, lesson)}</li>
              ))}
            </ol>
            <p>Your own progress in these lessons stays as it is.</p>
          </>
        )}
        {record !== undefined && <p>Hints and state of this lesson itself begin anew.</p>}
      </ConfirmForm>
      <PanelScript />
    </PanelDocument>
  )
}
