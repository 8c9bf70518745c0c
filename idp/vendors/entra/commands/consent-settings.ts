import { badValue } from '#idp/core/directory/refusal.ts'
import type { EntraReader, EntraWriter } from '../collections.ts'
import { CONSENT_ROLES, type DirectoryRoleName } from '../roles.ts'
import { accountByName } from '../sign-in/accounts.ts'
import { consentSettingsOf } from '../sign-in/consent-rules.ts'
import { DELEGATED_PERMISSIONS } from '../sign-in/permissions.ts'
import { type Actor, type CommandDeps, holdsOneOf, roleNeeded, type Standing, standingOf } from './actor.ts'
import type { ConsentSettings, RequestSettings, UserConsent } from './consent-records.ts'
import { journalChange } from './journal-change.ts'

/** Roles that set up consent ("Configure how users consent to applications", prerequisites). */
export const CONSENT_SETTING_ROLES: readonly DirectoryRoleName[] = [
  'Global Administrator',
  'Privileged Role Administrator',
]

/** Days a request may wait, at most ("Configure the admin consent workflow"). */
export const LONGEST_REQUEST_DAYS = 60

/** Most people who can be named as reviewers. */
const MOST_REVIEWERS = 50

/** Permissions of Graph that can be classified as low impact: those people may grant. */
export const CLASSIFIABLE: readonly string[] = DELEGATED_PERMISSIONS.filter(({ adminOnly }) => !adminOnly).map(
  ({ value }) => value,
)

/** What people may consent to for themselves. @throws {Refusal} `role_needed`. */
export function saveUserConsent(
  deps: CommandDeps,
  actor: Actor,
  { userConsent }: { readonly userConsent: UserConsent },
): Promise<ConsentSettings> {
  return save(deps, actor, 'User consent settings were changed', () => ({ userConsent }))
}

/**
 * Which permissions are of low impact.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for one that cannot be classified.
 */
export function savePermissionClassifications(
  deps: CommandDeps,
  actor: Actor,
  { lowImpact }: { readonly lowImpact: readonly string[] },
): Promise<ConsentSettings> {
  const strange = lowImpact.find((name) => !CLASSIFIABLE.includes(name))
  if (strange !== undefined) {
    throw badValue('lowImpact', `${strange} needs an administrator, or is not known: it cannot be low impact.`)
  }
  return save(deps, actor, 'Permission classifications were changed', () => ({ lowImpact: [...new Set(lowImpact)] }))
}

export interface RequestSettingsInput extends Omit<RequestSettings, 'reviewerIds'> {
  /** User principal names. */
  readonly reviewers: readonly string[]
}

/**
 * Whether people may ask for consent, and whom.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for a reviewer nobody knows, for nobody at all, and for a
 *   number of days out of range.
 */
export function saveAdminConsent(
  deps: CommandDeps,
  actor: Actor,
  { reviewers, ...rest }: RequestSettingsInput,
): Promise<ConsentSettings> {
  if (!Number.isInteger(rest.expireDays) || rest.expireDays < 1 || rest.expireDays > LONGEST_REQUEST_DAYS) {
    throw badValue('expireDays', `A request can wait from 1 to ${LONGEST_REQUEST_DAYS} days.`)
  }
  return save(deps, actor, 'Admin consent settings were changed', (tx, { tenant }) => {
    const reviewerIds = [...new Set(reviewers)].map((name) => {
      const user = accountByName(tx, name)
      if (user !== undefined && user.tenantId === tenant.id) return user.id
      throw badValue('reviewers', `There is no user ${name} in ${tenant.displayName}.`)
    })
    if (reviewerIds.length > MOST_REVIEWERS) {
      throw badValue('reviewers', `At most ${MOST_REVIEWERS} users can be reviewers.`)
    }
    if (rest.enabled && reviewerIds.length + rest.reviewerRoles.length === 0) {
      throw badValue('reviewers', 'Choose at least one user or role who can review requests.')
    }
    return { requests: { ...rest, reviewerIds } }
  })
}

/** Why somebody cannot change how consent works here; `undefined` when they can. */
export function cannotSetConsent(standing: Standing): string | undefined {
  return holdsOneOf(standing, CONSENT_SETTING_ROLES)
    ? undefined
    : roleNeeded('Changing how users consent', CONSENT_SETTING_ROLES).message
}

/** Whether somebody reviews requests of their tenant: named, or by a role. */
export function isReviewer(reader: EntraReader, { tenant, userId, roles }: Standing): boolean {
  const { reviewerIds, reviewerRoles } = consentSettingsOf(reader, tenant.id).requests
  return (userId !== undefined && reviewerIds.includes(userId)) || roles.some((role) => reviewerRoles.includes(role))
}

/** Whether somebody may read requests: reviewers, and whoever may consent. */
export function seesRequests(reader: EntraReader, standing: Standing): boolean {
  return isReviewer(reader, standing) || standing.roles.some((role) => CONSENT_ROLES.includes(role))
}

async function save(
  { system }: CommandDeps,
  actor: Actor,
  title: string,
  change: (tx: EntraWriter, standing: Standing) => Partial<ConsentSettings>,
): Promise<ConsentSettings> {
  const { tenant, before, after } = await system.store.transact((tx) => {
    const standing = standingOf(tx, actor)
    if (!holdsOneOf(standing, CONSENT_SETTING_ROLES)) {
      throw roleNeeded('Changing how users consent', CONSENT_SETTING_ROLES)
    }
    const held = consentSettingsOf(tx, standing.tenant.id)
    const next: ConsentSettings = { ...held, ...change(tx, standing) }
    tx.put('consentSettings', standing.tenant.id, next)
    return { tenant: standing.tenant, before: held, after: next }
  })
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    const change = { type: 'consent-settings', id: tenant.id, before, after }
    journalChange(system, { title, subject: tenant.displayName, change })
  }
  return after
}
