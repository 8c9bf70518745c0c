import { Router } from 'express'
import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { Course } from '#scenarios/lessons/lesson.ts'
import { type CompletionRecord, FORMAT } from '#scenarios/lessons/record/completion-record.ts'
import { verifyRecord } from '#scenarios/lessons/record/verify-record.ts'
import { idOf, titleOf } from '#scenarios/lessons/steps-of.ts'
import type { PageDeps } from '../pages/deps.ts'
import { coursePath } from './paths.ts'
import { RecordPage, VerifyPage } from './record-page.tsx'
import { sourcesOf } from './sources.ts'

const NameForm = z.object({
  name: z.string().trim().min(1, 'Type the name that the record is for.').max(120, 'At most 120 characters.'),
})
const VerifyForm = z.object({ text: z.string() })

/** The completion record of a course, and the page that verifies one. */
export function recordRoutes({ school, system, visits }: PageDeps): Router {
  const { progress, signer, store, wall } = school
  const router = Router()

  async function readRecord(course: Course) {
    const file = store.get('completions', course.id)
    return {
      course,
      missing: course.lessons.length - progress.doneOf(course),
      issued: file === undefined ? undefined : { record: file.record, fingerprint: await signer.fingerprint() },
    }
  }

  router.get('/lessons/verify', async (req, res) => {
    const visit = await visits.of(req, res)
    res.type('html').send(renderPage(<VerifyPage visit={visit} own={await signer.fingerprint()} />))
  })

  router.post('/lessons/verify', async (req, res) => {
    const form = parseForm(VerifyForm, req.body)
    const typed = form.ok ? form.value.text : ''
    const verdict = await verifyRecord(typed)
    const visit = await visits.of(req, res)
    const page = <VerifyPage visit={visit} verdict={verdict} typed={typed} own={await signer.fingerprint()} />
    res
      .status(verdict.kind === 'valid' ? 200 : 422)
      .type('html')
      .send(renderPage(page))
  })

  router.get('/lessons/:course/record', async (req, res) => {
    const course = await school.course(req.params.course)
    const visit = await visits.of(req, res)
    res.type('html').send(renderPage(<RecordPage visit={visit} {...(await readRecord(course))} />))
  })

  router.post('/lessons/:course/record', async (req, res) => {
    const course = await school.course(req.params.course)
    if (!progress.isComplete(course)) {
      throw new Refusal('course_not_complete', 409, 'The record can be made when all lessons are done.', {
        hint: `${progress.doneOf(course)} of ${course.lessons.length} are.`,
      })
    }
    const form = parseForm(NameForm, req.body)
    if (!form.ok) {
      const view = { ...(await readRecord(course)), problem: form.problems['name'], typed: form.values['name'] }
      res
        .status(422)
        .type('html')
        .send(renderPage(<RecordPage visit={await visits.of(req, res)} {...view} />))
      return
    }
    const file = await signer.sign(recordOf(course, form.value.name))
    await store.transact((tx) => tx.put('completions', course.id, file))
    await visits.leave(req, res, coursePath(course, '/record'), {
      tone: 'success',
      title: `The record is signed for ${form.value.name}.`,
      lines: [],
    })
  })

  router.get('/lessons/:course/record/file', async (req, res) => {
    const course = await school.course(req.params.course)
    const file = store.get('completions', course.id)
    if (file === undefined) {
      throw new Refusal('not_found', 404, 'There is no record of this course yet.', { hint: 'Make it on its page.' })
    }
    res
      .type('json')
      .attachment(`completion-${course.id}.json`)
      .send(`${JSON.stringify(file, null, 2)}\n`)
  })

  function recordOf(course: Course, name: string): CompletionRecord {
    return {
      format: FORMAT,
      name,
      course: {
        id: course.id,
        title: course.walkthrough.title,
        articles: sourcesOf(course).map(({ article }) => `${article.title} (${article.publisher}, ${article.edition})`),
      },
      lessons: course.lessons.map((lesson, index) => {
        const record = progress.lesson(course, lesson)
        if (record?.doneAt === undefined) throw new Error(`${idOf(lesson)} is not done.`)
        const { begunAt, doneAt, hints, mistakes, doneForMe } = record
        return {
          number: index + 1,
          id: idOf(lesson),
          title: titleOf(course, lesson),
          begunAt,
          doneAt,
          hints,
          mistakes: mistakes.length,
          doneForMe,
        }
      }),
      issuedAt: new Date(wall()).toISOString(),
      kit: system.control.health().version,
    }
  }

  return router
}
