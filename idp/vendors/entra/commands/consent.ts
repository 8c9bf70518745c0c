import { createServicePrincipal } from '#idp/core/directory/applications.ts'
import { grantPermissions } from '#idp/core/directory/grants.ts'
import type { OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { appTarget, recordAudit } from '../audit/record-audit.ts'
import type { EntraSystem } from '../collections.ts'
import { appInTenant, liveAccount } from '../sign-in/accounts.ts'
import { consentChoice } from '../sign-in/consent-rules.ts'

export interface ConsentInput {
  readonly clientId: string
  /** Scopes of the request, in addition to those the app has registered. */
  readonly requested: readonly string[]
  /** On behalf of everybody in the organization. */
  readonly forOrganization: boolean
}

/**
 * A person accepts what an app asks for. The app comes into the person's tenant if it was not there, and the consent is
 * recorded for the person, or for the organization.
 *
 * @param actorId The person.
 * @throws {Refusal} `needs_admin` (403) when the person may not grant this; `not_found` (404) for an unknown app or person.
 */
export async function consentToApp(
  system: Pick<EntraSystem, 'store' | 'clock' | 'journal'>,
  actorId: string,
  input: ConsentInput,
): Promise<OAuth2PermissionGrant> {
  const now = system.clock.iso()
  const { grant, app, person, isNew } = await system.store.transact((tx) => {
    const user = liveAccount(tx, actorId)
    const known = user === undefined ? undefined : appInTenant(tx, input.clientId, user.tenantId)
    if (user === undefined || known === undefined) {
      throw new Refusal('not_found', 404, 'The application or the account does not exist any more.')
    }
    const choice = consentChoice(tx, user, input.clientId, input.requested)
    if (choice.kind === 'needs-admin' || (input.forOrganization && !choice.forOrganization)) {
      throw new Refusal('needs_admin', 403, 'Only an administrator may grant these permissions.')
    }
    const { tenantId } = user
    const principal =
      known.principal ??
      createServicePrincipal(tx, { id: guidOf(nextIdSeed(tx)), now, tenantId, appId: input.clientId })
    const made = grantPermissions(tx, {
      id: guidOf(nextIdSeed(tx)),
      now,
      tenantId,
      clientId: principal.id,
      scopes: choice.permissions.map((each) => each.value),
      ...(input.forOrganization ? {} : { principalId: user.id }),
    })
    const note = { tenantId, initiatedBy: initiatorOf(tx, { userId: user.id }) }
    if (known.principal === undefined) {
      recordAudit(tx, system.clock, { ...note, activity: 'Add service principal', targets: [appTarget(principal)] })
    }
    const scope = { name: 'ConsentAction.Permissions', oldValue: null, newValue: JSON.stringify(made.scope) }
    const forAll = {
      name: 'ConsentContext.OnBehalfOfAll',
      oldValue: null,
      newValue: JSON.stringify(input.forOrganization),
    }
    const targets = [appTarget(principal, [forAll, scope])]
    recordAudit(tx, system.clock, { ...note, activity: 'Consent to application', targets })
    return { grant: made, app: principal, person: user, isNew: known.principal === undefined }
  })
  if (isNew) {
    system.journal.record({
      kind: 'state',
      title: `${app.displayName} was added to the enterprise apps by consent`,
      subject: person.userPrincipalName,
      change: { type: 'service-principal', id: app.id, after: app },
    })
  }
  system.journal.record({
    kind: 'state',
    title: `${person.displayName} consented to ${app.displayName}${input.forOrganization ? ' for the organization' : ''}`,
    subject: person.userPrincipalName,
    change: { type: 'permission-grant', id: grant.id, after: grant },
  })
  return grant
}
