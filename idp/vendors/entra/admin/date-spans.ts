/** Spans of a log's date filter: what the address says, what people read, and how many hours it is. */
export const DATE_SPANS = [
  { value: '1d', label: 'Last 24 hours', hours: 24 },
  { value: '7d', label: 'Last 7 days', hours: 7 * 24 },
  { value: '1m', label: 'Last 1 month', hours: 30 * 24 },
] as const

const MS_PER_HOUR = 3_600_000

/** The span an address names and its beginning, virtual milliseconds; nothing for anything else. */
export function spanOf(value: string, nowMs: number): { readonly value: string; readonly sinceMs: number } | undefined {
  const span = DATE_SPANS.find((each) => each.value === value)
  return span && { value: span.value, sinceMs: nowMs - span.hours * MS_PER_HOUR }
}
