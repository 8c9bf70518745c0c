import { Router } from 'express'
import { z } from 'zod'
import { renderPage } from '#kit/ui/render.ts'
import type { PageDeps } from '../pages/deps.ts'
import { readSlice } from '../timeline/read-rows.ts'
import { searchSubjects } from './ask-dossiers.ts'
import { FindPage } from './find-page.tsx'
import { gatherStory } from './gather-story.ts'
import { StoryPage } from './story-page.tsx'

const Query = z.object({ q: z.string().trim().max(200).default('').catch('') })
const RECENT = 12

/** `/story`: whose; `/story/{subject}`: the story. */
export function storyRoutes({ neighbours, reader, visits }: PageDeps): Router {
  const router = Router()

  router.get('/story', async (req, res) => {
    const { q: text } = Query.parse(req.query)
    const [found, slice] = await Promise.all([
      text === '' ? [] : searchSubjects(neighbours, text),
      text === '' ? readSlice(reader, { kind: 'state' }, new Map(), 40) : undefined,
    ])
    const recent = [...new Set(slice?.items.flatMap(({ subject }) => subject ?? []) ?? [])].slice(0, RECENT)
    const view = { text, found, recent }
    res.type('html').send(renderPage(<FindPage visit={await visits.of(req, res)} view={view} />))
  })

  router.get('/story/:subject', async (req, res) => {
    const story = await gatherStory({ neighbours, reader }, req.params.subject)
    res.type('html').send(renderPage(<StoryPage visit={await visits.of(req, res)} story={story} />))
  })

  return router
}
