import { expect, test } from 'vitest'
import { WALKTHROUGHS } from '#scenarios/walkthroughs/catalogue.ts'
import { notesOf } from '../notes/catalogue.ts'

test.each(WALKTHROUGHS)('$id has notes for its presenter, with questions', (walkthrough) => {
  const { before, say, pointAt, questions } = notesOf(walkthrough)
  for (const part of [before, say, pointAt, questions]) expect(part.length).toBeGreaterThan(0)
})
