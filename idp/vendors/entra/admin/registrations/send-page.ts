import type { Response } from 'express'
import type { VNode } from 'preact'
import { renderPage } from '#kit/ui/render.ts'
import { problemsOf } from '../forms.ts'

/** Answer with a page; 422 when it shows what was wrong with a form. */
export function sendPage(res: Response, page: VNode, problems: Readonly<Record<string, string>> = {}): void {
  res
    .status(Object.keys(problems).length === 0 ? 200 : 422)
    .type('html')
    .send(renderPage(page))
}

/**
 * Do what a form asks for; what the directory refuses comes back as problems by field.
 * @throws what is no matter of the form: a missing role, an unknown id, a bug.
 */
export async function attempt(
  act: () => Promise<void>,
  refuse: (problems: Readonly<Record<string, string>>) => void,
): Promise<void> {
  try {
    await act()
  } catch (error) {
    refuse(problemsOf(error))
  }
}

/** The texts of a form as they were typed, to be shown again. */
export function typedTexts(body: unknown): Readonly<Record<string, string>> {
  if (typeof body !== 'object' || body === null) return {}
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
}
