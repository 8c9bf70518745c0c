import type { Frame } from '#kit/ui/look.ts'
import type { EntraSystem } from '../collections.ts'

/** What every sign-in page has in common. `csrfToken` is needed where the page has a form of ours. */
export function frameOf(system: Pick<EntraSystem, 'clock' | 'urls'>, path: string, csrfToken?: string): Frame {
  return { nowIso: system.clock.iso(), kitUrl: system.urls['kit'] ?? '', path, csrfToken }
}
