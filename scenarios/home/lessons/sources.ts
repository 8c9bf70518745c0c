import type { Course } from '#scenarios/lessons/lesson.ts'
import { ARTICLES, type Article, type ArticleId } from '#scenarios/walkthroughs/articles.ts'

/** The articles a course follows, each once, in the order it meets them. */
export function sourcesOf(course: Course): readonly { readonly id: ArticleId; readonly article: Article }[] {
  const ids = new Set(course.walkthrough.steps.map(({ source }) => source.article))
  return [...ids].map((id) => ({ id, article: ARTICLES[id] }))
}
