import type { Problem } from './errors.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

/** The error page of a surface that brings none of its own: words only, no look. */
export function renderPlainProblem(problem: Problem): string {
  const title =
    problem.status === 404 ? 'Page not found' : problem.status >= 500 ? 'Something went wrong' : 'Not possible'
  const hint = problem.hint === undefined ? '' : `<p>${escapeHtml(problem.hint)}</p>`
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>` +
    `<body><header>Training simulation</header><main><h1>${title}</h1><p>${escapeHtml(problem.message)}</p>${hint}` +
    `<p>Request ${escapeHtml(problem.requestId)}</p></main></body></html>`
  )
}
