/**
 * The audit log of a tenant: who changed what, when, and what a whole provisioning job did (reference 8.3). Written in the
 * transaction of the change, so a change that is kept is always in it. Instants are virtual.
 */

export type AuditService = 'Account Provisioning' | 'Core Directory'

export type AuditCategory = 'ApplicationManagement' | 'GroupManagement' | 'ProvisioningManagement' | 'UserManagement'

export type AuditResult = 'success' | 'failure'

/** One property before and after, each as JSON; `null`: there was, or is, no value. A secret is never here. */
export interface AuditedProperty {
  readonly name: string
  readonly oldValue: string | null
  readonly newValue: string | null
}

/** A thing an event is about. */
export interface AuditTarget {
  readonly type: 'Application' | 'Group' | 'ServicePrincipal' | 'User'
  readonly id: string
  readonly displayName: string
  readonly userPrincipalName?: string
  readonly modified: readonly AuditedProperty[]
}

/** A person; or a service, of which only some have an object in the tenant. */
export type AuditInitiator =
  | {
      readonly kind: 'user'
      readonly id: string
      readonly displayName: string
      readonly userPrincipalName: string
    }
  | {
      readonly kind: 'app'
      readonly displayName: string
      readonly servicePrincipalId?: string
      readonly appId?: string
    }

/** One event. Keyed by an ascending number of fifteen digits. */
export interface AuditEvent {
  readonly key: string
  /** A GUID. */
  readonly id: string
  readonly tenantId: string
  readonly at: string
  readonly service: AuditService
  readonly category: AuditCategory
  /** `Update user`, `Quarantine`. */
  readonly activity: string
  /** `Add`, `Update`, `Delete`, `Assign`, `Unassign`. */
  readonly operation: string
  readonly result: AuditResult
  /** Why it failed, or what came of it; often empty. */
  readonly reason: string
  readonly initiatedBy: AuditInitiator
  readonly targets: readonly AuditTarget[]
  /** GUID of the exchange that caused it: its trace id. */
  readonly correlationId: string
  readonly details: Readonly<Record<string, string>>
}

export type AuditShape = {
  auditEvents: AuditEvent
  /** Under key `log`: the number of the newest event. */
  auditCounter: { readonly value: number }
}
