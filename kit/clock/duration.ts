const WEEKS = /^P(\d{1,6})W$/
const PARTS = /^P(?=[\dT])(?:(\d{1,7})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,10})(?:\.(\d{1,3}))?S)?)?$/

/**
 * Milliseconds of an ISO 8601 duration: `PT40M`, `P30D`, `P1DT12H`, `PT0.5S`, `P2W`.
 *
 * Years and months are refused, since their length depends on the calendar; so are signs and fractions of anything but seconds.
 * @returns `undefined` when the text is no such duration.
 */
export function parseDuration(text: string): number | undefined {
  const weeks = WEEKS.exec(text)
  if (weeks !== null) return Number(weeks[1]) * 604_800_000
  const parts = PARTS.exec(text)
  if (parts === null) return undefined
  const [days, hours, minutes, seconds] = [parts[1], parts[2], parts[3], parts[4]].map((part) => Number(part ?? 0))
  const fraction = Number((parts[5] ?? '').padEnd(3, '0'))
  return (
    (days ?? 0) * 86_400_000 + (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + (seconds ?? 0) * 1000 + fraction
  )
}
