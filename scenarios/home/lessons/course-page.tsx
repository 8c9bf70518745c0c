import { Badge } from '#kit/ui/badge.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import type { Course, Lesson } from '#scenarios/lessons/lesson.ts'
import { HINT_STAGES, type Progress } from '#scenarios/lessons/progress/progress.ts'
import { idOf, titleOf } from '#scenarios/lessons/steps-of.ts'
import { HomePage } from '../pages/home-page.tsx'
import { type UnderWay, WhatEnds } from '../pages/under-way.tsx'
import type { Visit } from '../pages/visits.ts'
import { CourseButtons } from './catalogue-page.tsx'
import { coursePath, lessonPath } from './paths.ts'
import { sourcesOf } from './sources.ts'

export interface CourseProps {
  readonly visit: Visit
  readonly course: Course
  readonly progress: Progress
}

/** One course: its lessons, and how each stands. */
export function CoursePage({ visit, course, progress }: CourseProps) {
  const { title, lead, world } = course.walkthrough
  const of = course.lessons.length
  return (
    <HomePage visit={visit} section="/lessons" title={title} lead={lead}>
      <Card footer={<CourseButtons course={course} progress={progress} here />}>
        <Stack>
          <ProgressBar
            label="Progress"
            value={progress.doneOf(course)}
            max={of}
            text={`${progress.doneOf(course)} of ${of} lessons`}
          />
          <p>
            It begins in world <strong>{world}</strong>, and follows{' '}
            {sourcesOf(course).map(({ id, article }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <a href={article.url} target="_blank" rel="noopener">
                  {article.title}
                </a>{' '}
                ({article.publisher}, {article.edition})
              </span>
            ))}
            .
          </p>
        </Stack>
      </Card>
      <Card flush>
        <DataTable
          caption="Lessons"
          columns={[
            { key: 'title', header: 'Lesson' },
            { key: 'steps', header: 'Instructions' },
            { key: 'help', header: 'Help used' },
            { key: 'state', header: 'State' },
          ]}
          rows={course.lessons.map((lesson, index) => ({
            key: idOf(lesson),
            href: lessonPath(course, index + 1),
            cells: {
              title: `${index + 1}. ${titleOf(course, lesson)}`,
              steps: lesson.steps.join(', '),
              help: helpUsed(course, lesson, progress),
              state: <LessonState course={course} lesson={lesson} progress={progress} />,
            },
          }))}
          empty="This course has no lessons."
        />
      </Card>
    </HomePage>
  )
}

function helpUsed(course: Course, lesson: Lesson, progress: Progress): string {
  const record = progress.lesson(course, lesson)
  if (record === undefined) return ''
  const hints = record.hints === 0 ? [] : [`${record.hints} of ${HINT_STAGES} hints`]
  return [...hints, ...(record.doneForMe ? ['done for me'] : [])].join(', ') || 'None'
}

function LessonState(props: { readonly course: Course; readonly lesson: Lesson; readonly progress: Progress }) {
  const { course, lesson, progress } = props
  const record = progress.lesson(course, lesson)
  if (record?.doneAt !== undefined) return <Badge tone="success">Done</Badge>
  const attending = progress.attending()
  const isUnderWay = attending?.courseId === course.id && attending.lessonId === idOf(lesson)
  return isUnderWay ? (
    <Badge tone="info">Under way</Badge>
  ) : (
    <Badge>{record === undefined ? 'Not begun' : 'Begun'}</Badge>
  )
}

/** What is lost when the world of a lesson takes the place of the present one. */
export function WhatIsLost({ world, present }: { readonly world: string; readonly present: string }) {
  return (
    <p>
      All systems are reset to world {world}. Lost in Entra, Okta, Dialpad and here: everything done since world{' '}
      {present} was seeded, sign-in sessions, API keys, the timeline, mails, faults and switches. The clock returns to
      the present. Snapshots stay, and so does the progress of other courses.
    </p>
  )
}

/** Names what is lost before a course begins. */
export function StartPage({
  visit,
  course,
  progress,
  underWay,
}: CourseProps & { readonly underWay: readonly UnderWay[] }) {
  const isBegun = course.lessons.some((lesson) => progress.lesson(course, lesson) !== undefined)
  return (
    <HomePage visit={visit} section="/lessons" title={isBegun ? 'Start over' : 'Start a course'}>
      <ConfirmForm
        title={isBegun ? 'Start this course over?' : 'Start this course?'}
        subject={course.walkthrough.title}
        headingLevel={2}
        kind={isBegun ? 'danger' : 'primary'}
        action={coursePath(course, '/start')}
        confirmLabel={isBegun ? 'Start over' : 'Start'}
        cancelHref={coursePath(course)}
      >
        <WhatIsLost world={course.walkthrough.world} present={visit.world} />
        <WhatEnds underWay={underWay} />
        {isBegun && <p>Its progress so far is forgotten, and its completion record with it.</p>}
      </ConfirmForm>
    </HomePage>
  )
}

/** Names what is forgotten. */
export function ResetProgressPage({ visit, course, progress }: CourseProps) {
  return (
    <HomePage visit={visit} section="/lessons" title="Reset progress">
      <ConfirmForm
        title="Forget the progress of this course?"
        subject={course.walkthrough.title}
        headingLevel={2}
        action={coursePath(course, '/reset')}
        confirmLabel="Reset progress"
        cancelHref={coursePath(course)}
      >
        <p>
          {progress.doneOf(course)} of {course.lessons.length} lessons are done; that is forgotten, and the completion
          record kept here with it. A record that was downloaded stays valid. The systems stay as they are.
        </p>
      </ConfirmForm>
    </HomePage>
  )
}
