/** One field that a change has touched. Values as text; absent: there was none. */
export interface FieldDifference {
  /** With its path: `profile.title`. */
  readonly field: string
  readonly before?: string
  readonly after?: string
}

/** Rows shown of one change; a record of more fields than that says nothing more to a reader. */
const MOST_FIELDS = 200

/** What differs between two records, field by field, in the order of the newer one. Lists count as one value. Pure. */
export function differencesOf(before: unknown, after: unknown): readonly FieldDifference[] {
  const old = fieldsOf(before)
  const now = fieldsOf(after)
  const names = [...new Set([...now.keys(), ...old.keys()])]
  return names
    .filter((name) => old.get(name) !== now.get(name))
    .slice(0, MOST_FIELDS)
    .map((field) => {
      const [was, is] = [old.get(field), now.get(field)]
      return { field, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }
    })
}

function fieldsOf(record: unknown, path = '', fields = new Map<string, string>()): Map<string, string> {
  if (typeof record === 'object' && record !== null && !Array.isArray(record)) {
    for (const [name, value] of Object.entries(record)) fieldsOf(value, path === '' ? name : `${path}.${name}`, fields)
  } else if (record !== undefined) {
    fields.set(path === '' ? 'value' : path, typeof record === 'string' ? record : JSON.stringify(record))
  }
  return fields
}
