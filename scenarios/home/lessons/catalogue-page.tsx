import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Columns, Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import type { Course } from '#scenarios/lessons/lesson.ts'
import type { Progress } from '#scenarios/lessons/progress/progress.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import { groupCourses } from './course-groups.ts'
import { coursePath, lessonPath } from './paths.ts'

export interface CatalogueProps {
  readonly visit: Visit
  readonly courses: readonly Course[]
  readonly progress: Progress
}

/** The courses there are, and how far one is with each. */
export function CataloguePage({ visit, courses, progress }: CatalogueProps) {
  const groups = groupCourses(courses)
  return (
    <HomePage
      visit={visit}
      section="/lessons"
      title="Lessons"
      lead="An instruction beside the page it speaks of. Each lesson checks itself by what the systems hold and have said."
      actions={<LinkButton href="/lessons/verify">Verify a record</LinkButton>}
    >
      {groups.length === 0 && <EmptyState title="There are no courses">They come with the kit.</EmptyState>}
      {groups.map((group) => (
        <section key={group.title} class="lesson-group" aria-label={group.title}>
          <Stack>
            <div>
              <h2 class="k-card__title">{group.title}</h2>
              <p>
                <Quiet>{group.lead}</Quiet>
              </p>
            </div>
            <Columns min="wide">
              {group.courses.map((course) => (
                <CourseCard key={course.id} course={course} progress={progress} />
              ))}
            </Columns>
          </Stack>
        </section>
      ))}
    </HomePage>
  )
}

function CourseCard({ course, progress }: { readonly course: Course; readonly progress: Progress }) {
  const { title, lead } = course.walkthrough
  const of = course.lessons.length
  return (
    <Card headingLevel={3} title={title} footer={<CourseButtons course={course} progress={progress} />}>
      <p>{lead}</p>
      <ProgressBar
        label={`Progress in ${title}`}
        value={progress.doneOf(course)}
        max={of}
        text={`${progress.doneOf(course)} of ${of} lessons`}
      />
    </Card>
  )
}

/** What can be done with a course as far as it is: one primary thing, and the way to its page. */
export function CourseButtons(props: {
  readonly course: Course
  readonly progress: Progress
  /** On the page of the course itself. */
  readonly here?: boolean
}) {
  const { course, progress, here = false } = props
  const { title } = course.walkthrough
  const next = progress.next(course)
  const isBegun = course.lessons.some((lesson) => progress.lesson(course, lesson) !== undefined)
  const kind = here ? 'primary' : 'secondary'
  return (
    <Inline>
      {!isBegun && (
        <LinkButton kind={kind} icon="play" href={coursePath(course, '/start')} label={`Start ${title}`}>
          Start
        </LinkButton>
      )}
      {isBegun && next !== undefined && (
        <LinkButton
          kind={kind}
          icon="play"
          href={lessonPath(course, course.lessons.indexOf(next) + 1)}
          label={`Continue ${title}`}
        >
          Continue
        </LinkButton>
      )}
      {isBegun && next === undefined && (
        <LinkButton
          kind={kind}
          icon="star"
          href={coursePath(course, '/record')}
          label={`Completion record of ${title}`}
        >
          Completion record
        </LinkButton>
      )}
      {here ? (
        isBegun && (
          <>
            <LinkButton href={coursePath(course, '/start')} label={`Start over ${title}`}>
              Start over
            </LinkButton>
            <LinkButton kind="subtle" href={coursePath(course, '/reset')} label={`Reset progress of ${title}`}>
              Reset progress
            </LinkButton>
          </>
        )
      ) : (
        <LinkButton kind="subtle" href={coursePath(course)} label={`All lessons of ${title}`}>
          All lessons
        </LinkButton>
      )}
    </Inline>
  )
}
