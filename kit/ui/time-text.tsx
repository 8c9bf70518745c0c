import { useFrame } from './look.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Nov 21, 2026, 00:37 UTC`. Always UTC and English, so that pages are the same everywhere. Unreadable instants come back as given. */
export function formatDateTime(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return `${formatDate(iso)}, ${iso2(date.getUTCHours())}:${iso2(date.getUTCMinutes())} UTC`
}

/** `Nov 21, 2026`. */
export function formatDate(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`
}

/** `5 minutes ago`, `in 2 hours`, `just now`; from a month on the plain date. */
export function formatRelative(iso: string, nowIso: string): string {
  const differenceMs = Date.parse(iso) - Date.parse(nowIso)
  if (Number.isNaN(differenceMs)) return iso
  const minutes = Math.floor(Math.abs(differenceMs) / 60_000)
  if (minutes === 0) return 'just now'
  const [count, unit] = inUnits(minutes)
  if (unit === 'date') return formatDate(iso)
  const words = `${count} ${unit}${count === 1 ? '' : 's'}`
  return differenceMs < 0 ? `${words} ago` : `in ${words}`
}

function inUnits(minutes: number): readonly [number, 'minute' | 'hour' | 'day' | 'date'] {
  if (minutes < 60) return [minutes, 'minute']
  if (minutes < 24 * 60) return [Math.floor(minutes / 60), 'hour']
  const days = Math.floor(minutes / (24 * 60))
  return days < 30 ? [days, 'day'] : [days, 'date']
}

function iso2(value: number): string {
  return String(value).padStart(2, '0')
}

export interface TimeTextProps {
  /** ISO 8601 instant, virtual. */
  readonly iso: string
  /** `relative` (default) needs a frame and falls back to the absolute form without one. */
  readonly form?: 'relative' | 'datetime' | 'date' | undefined
}

/** An instant of virtual time; the exact one shows on hover. */
export function TimeText({ iso, form = 'relative' }: TimeTextProps) {
  const frame = useFrame()
  const text =
    form === 'date'
      ? formatDate(iso)
      : form === 'relative' && frame !== undefined
        ? formatRelative(iso, frame.nowIso)
        : formatDateTime(iso)
  return (
    <time class="k-time" dateTime={iso} title={iso}>
      {text}
    </time>
  )
}
