import { DirectoryRefusal } from '#idp/core/directory/refusal.ts'

/**
 * Problems of a form by field, from what a command refused. A refusal that belongs to no field stands under the empty name.
 * @throws the error itself when it is no matter of the form: an unknown thing, a missing role, a bug.
 */
export function problemsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof DirectoryRefusal) || error.code === 'Request_ResourceNotFound') throw error
  return { [error.field ?? '']: error.message }
}

/** The ids a confirmation carries in its field `ids`, separated by commas; each once. */
export function readIds(body: unknown): readonly string[] {
  const text: unknown = typeof body === 'object' && body !== null && 'ids' in body ? body.ids : undefined
  return typeof text === 'string' ? [...new Set(text.split(',').filter(Boolean))] : []
}

/** `1 user`, `3 users`. */
export function countWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
