/** The members of `record` that have a value: records on file never hold `undefined`. */
export function present<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Partial<T> = {}
  for (const name in record) if (record[name] !== undefined) kept[name] = record[name]
  return kept as { [K in keyof T]: Exclude<T[K], undefined> }
}
