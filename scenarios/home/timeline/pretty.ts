import type { JournalMessage } from '#kit/journal.ts'

/** A body as people read it: JSON indented, a form one field a line, anything else as it is. Pure. */
export function prettyBody({ body, headers }: JournalMessage): string {
  if (body === undefined) return ''
  const type = headers?.['content-type'] ?? ''
  if (type.includes('x-www-form-urlencoded')) {
    return Array.from(new URLSearchParams(body), ([name, value]) => `${name} = ${value}`).join('\n')
  }
  if (!/^\s*[[{]/.test(body)) return body
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    // Cut at the limit, or no JSON after all.
    return body
  }
}

/** Headers, one a line. */
export function headerLines({ headers = {} }: JournalMessage): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}
