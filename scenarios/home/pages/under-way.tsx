import { Notice } from '#kit/ui/notice.tsx'
import { isOver } from '#scenarios/demo/show.ts'
import { idOf, titleOf } from '#scenarios/lessons/steps-of.ts'
import { STAGE } from '../demo/paths.ts'
import { labPath } from '../labs/paths.ts'
import { lessonPath } from '../lessons/paths.ts'
import type { HomeDeps } from './deps.ts'

/** Something that is under way in the present world, and ends there when the world is replaced. */
export interface UnderWay {
  readonly what: string
  readonly href: string
  /** What is left of it afterwards. */
  readonly remains: string
}

/** The lesson, the lab and the demonstration that somebody is in the middle of: lessons and labs share one world. */
export async function readUnderWay({
  school,
  laboratory,
  demo,
}: Pick<HomeDeps, 'school' | 'laboratory' | 'demo'>): Promise<readonly UnderWay[]> {
  const show = demo.current()?.show()
  return [
    ...(await lessonUnderWay(school)),
    ...(await labUnderWay(laboratory)),
    ...(show === undefined || isOver(show)
      ? []
      : [
          {
            what: `Demonstration: ${show.walkthrough.title}`,
            href: STAGE,
            remains: 'It stops at a page that is not there any more.',
          },
        ]),
  ]
}

async function lessonUnderWay({ progress, courses }: HomeDeps['school']): Promise<readonly UnderWay[]> {
  const attending = progress.attending()
  const course = attending === undefined ? undefined : (await courses()).find(({ id }) => id === attending.courseId)
  const index = course?.lessons.findIndex((lesson) => idOf(lesson) === attending?.lessonId) ?? -1
  const lesson = course?.lessons[index]
  if (course === undefined || lesson === undefined || progress.isComplete(course)) return []
  const isDone = progress.lesson(course, lesson)?.doneAt !== undefined
  return [
    {
      what: `Lesson ${index + 1} of ${course.walkthrough.title}: ${titleOf(course, lesson)}${isDone ? ' (done)' : ''}`,
      href: lessonPath(course, index + 1),
      remains: isDone
        ? 'Lessons done stay done; the next one can begin once its scene is set again.'
        : 'Lessons done stay done; what this one holds so far is lost, and its scene has to be set again.',
    },
  ]
}

async function labUnderWay({ progress, labs }: HomeDeps['laboratory']): Promise<readonly UnderWay[]> {
  const underWay = progress.underWay()
  const lab = underWay === undefined ? undefined : (await labs()).find(({ id }) => id === underWay.labId)
  if (lab === undefined || progress.of(lab)?.mendedAt !== undefined) return []
  return [
    {
      what: `Lab: ${lab.title}`,
      href: labPath(lab),
      remains: 'It is not mended, and has to be started anew.',
    },
  ]
}

/** Names what ends with the present world; nothing when nothing does. */
export function WhatEnds({ underWay }: { readonly underWay: readonly UnderWay[] }) {
  if (underWay.length === 0) return null
  return (
    <Notice tone="warning" role="none" title="Under way in the present world, and lost with it:">
      <ul class="home-lines">
        {underWay.map(({ what, href, remains }) => (
          <li key={href}>
            <a href={href} target="_top">
              {what}
            </a>
            . {remains}
          </li>
        ))}
      </ul>
      <p>Save a snapshot first, if you want to come back to it.</p>
    </Notice>
  )
}
