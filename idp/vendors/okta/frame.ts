import type { Frame } from '#kit/ui/look.ts'
import type { OktaSystem } from './collections.ts'

/** What every page of the org has in common. `csrfToken` is needed where the page has a form of ours. */
export function frameOf(system: Pick<OktaSystem, 'clock' | 'urls'>, path: string, csrfToken?: string): Frame {
  return { nowIso: system.clock.iso(), kitUrl: system.urls['kit'] ?? '', path, csrfToken }
}
