import type { ImportSchedule } from '../../apps/records.ts'

/** Schedules of the To Okta page as cron expressions, in which the API tells them. This org knows these and no others. */
const EXPRESSIONS: Readonly<Record<Exclude<ImportSchedule, 'never'>, string>> = {
  hourly: '0 * * * *',
  daily: '0 0 * * *',
  weekly: '0 0 * * 0',
}

/** `undefined` for never. */
export function cronOf(schedule: ImportSchedule): string | undefined {
  return schedule === 'never' ? undefined : EXPRESSIONS[schedule]
}

/** `undefined` for an expression that is none of the three. */
export function scheduleOfCron(expression: string): ImportSchedule | undefined {
  const given = expression.trim().replaceAll(/\s+/g, ' ')
  return (Object.keys(EXPRESSIONS) as (keyof typeof EXPRESSIONS)[]).find((key) => EXPRESSIONS[key] === given)
}

/** All of them, for a message. */
export const CRON_EXPRESSIONS: readonly string[] = Object.values(EXPRESSIONS)
