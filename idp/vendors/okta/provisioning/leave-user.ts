import type { AttributeDefinition } from '../profiles/records.ts'
import { deprovisioningFailed, failedBy, type Outcome, reasonOf } from './outcome.ts'
import { replaceValue } from './provision-user.ts'
import type { FormerAppUser } from './records.ts'
import type { ScimAnswer, ScimClient } from './scim-client.ts'
import type { ConnectedApp } from './target.ts'
import { replacementOf } from './user-resource.ts'

/** What is left of an account whose assignment is gone, and how to reach it. */
export interface Leaving {
  readonly app: ConnectedApp
  readonly former: FormerAppUser
  readonly attributes: readonly AttributeDefinition[]
  readonly client: ScimClient
}

const DEACTIVATE = 'application.provision.user.deactivate'
const DELETE = 'application.provision.user.delete'

async function switchOff({ client, former, attributes }: Leaving): Promise<ScimAnswer<unknown>> {
  const { externalId } = former
  if (client.dialect === 'catalog') return client.patch('Users', externalId, [replaceValue({ active: false })])
  const read = await client.read('Users', externalId)
  return read.ok
    ? client.replace('Users', externalId, replacementOf(read.value, { ...former, attributes }, false))
    : read
}

/** The account stops working; it is never deleted (reference sheet 2.2, 8.1). */
export async function deactivateUser(leaving: Leaving): Promise<Outcome> {
  const { app, former } = leaving
  const answer = await switchOff(leaving)
  if (answer.ok) return { kind: 'done', steps: [{ eventType: DEACTIVATE }], line: `${former.userName} deactivated` }
  const reason = reasonOf(answer)
  return failedBy(answer, {
    steps: [{ eventType: DEACTIVATE, failure: reason }],
    message: deprovisioningFailed(former.displayName, app, reason),
    task: 'deprovision-failed',
  })
}

/** FID-OKTA-PROVISIONING-20: what one help article says of a deleted person, when the switch is set to it. */
export async function removeUser({ app, former, client }: Leaving): Promise<Outcome> {
  const answer = await client.remove('Users', former.externalId)
  if (answer.ok || answer.status === 404) {
    return { kind: 'done', steps: [{ eventType: DELETE }], line: `${former.userName} deleted` }
  }
  const reason = reasonOf(answer)
  return failedBy(answer, {
    steps: [{ eventType: DELETE, failure: reason }],
    message: deprovisioningFailed(former.displayName, app, reason),
    task: 'deprovision-failed',
  })
}
