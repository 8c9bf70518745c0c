import type { MappingKind } from '../mapping/mapping-draft.ts'
import { provisioningHref } from '../provisioning-page.tsx'

/** Address of the expression builder; `pane`: opened from Edit Attribute, to which it leads back. */
export function builderHref(appId: string, kind: MappingKind, from?: 'pane'): string {
  const query = new URLSearchParams({ kind, ...(from === undefined ? {} : { from }) })
  return `${provisioningHref(appId, 'expression-builder')}?${query}`
}
