/** System Log (reference sheet 2.9, 6.3). Times are virtual. */

export interface LogTarget {
  readonly id: string
  readonly type:
    | 'User'
    | 'AppUser'
    | 'AppInstance'
    | 'UserGroup'
    | 'AppGroup'
    | 'ApiToken'
    | 'GroupRule'
    | 'AuthorizationServer'
    | 'PolicyEntity'
    | 'TrustedOrigin'
  readonly displayName: string
  readonly alternateId?: string
}

export interface LogActor {
  readonly id: string
  readonly type: 'User' | 'SystemPrincipal' | 'PublicClientApp'
  readonly displayName: string
  readonly alternateId: string
}

/** Keyed by its number, zero-padded: ascending. */
export interface SystemLogEvent {
  readonly key: string
  readonly uuid: string
  readonly published: string
  readonly eventType: string
  readonly severity: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR'
  readonly legacyEventType?: string
  readonly displayMessage: string
  readonly actor: LogActor
  readonly outcome: { readonly result: 'SUCCESS' | 'FAILURE' | 'SKIPPED'; readonly reason: string | null }
  readonly target: readonly LogTarget[]
  readonly transaction: { readonly type: 'WEB' | 'JOB'; readonly id: string }
  readonly debugData: Readonly<Record<string, string>>
}

export type SystemLogShape = { systemLog: SystemLogEvent }
