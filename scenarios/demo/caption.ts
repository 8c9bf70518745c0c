import { ARTICLES } from '#scenarios/walkthroughs/articles.ts'
import type { Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import type { Caption } from './show.ts'

/** The caption of the step at `index`; `undefined` past the end. */
export function captionOf({ steps }: Walkthrough, index: number): Caption | undefined {
  const step = steps[index]
  if (step === undefined) return undefined
  const { article, section } = step.source
  const { publisher, title, edition } = ARTICLES[article]
  return {
    number: index + 1,
    of: steps.length,
    title: step.title,
    say: step.say,
    source: `${publisher}, ${title} (${edition}): ${section}. Our number: ${step.id}`,
  }
}
