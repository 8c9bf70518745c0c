/** A cycle of Entra in words for a finding: `incremental cycle Succeeded`, or that there is none yet. */
export function tellCycle(cycle: { readonly kind: string; readonly state: string } | undefined): string {
  return cycle === undefined ? 'no cycle has run yet' : `${cycle.kind} cycle ${cycle.state}`
}
