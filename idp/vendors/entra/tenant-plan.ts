import type { Switches } from '#kit/ledger.ts'

/** Which plan the tenant has: groups can be assigned to apps on Entra ID P1 and P2 only (reference 3.2). */
export const TENANT_PLAN_SWITCH = 'tenant-plan'

/** A plan, as the overview of the tenant names it. */
export interface TenantPlan {
  readonly name: string
  readonly assignsGroups: boolean
}

const PLANS: Readonly<Record<string, TenantPlan>> = {
  p1: { name: 'Microsoft Entra ID P1', assignsGroups: true },
  free: { name: 'Microsoft Entra ID Free', assignsGroups: false },
}

export const TENANT_PLANS = { values: Object.keys(PLANS), default: 'p1' } as const

/** The plan in force. */
export function planOfTenant(switches: Switches): TenantPlan {
  const plan = PLANS[switches.value(TENANT_PLAN_SWITCH)]
  if (plan === undefined) throw new Error('The tenant has a plan nobody knows.')
  return plan
}

/** Why groups cannot be picked; `undefined` when they can. */
export function groupsUnavailable(switches: Switches): string | undefined {
  const plan = planOfTenant(switches)
  return plan.assignsGroups
    ? undefined
    : `Groups cannot be assigned: the tenant has ${plan.name}. Select users, or get Microsoft Entra ID P1 or P2.`
}
