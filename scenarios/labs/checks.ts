import type { Sight } from '#scenarios/explain/sight.ts'
import { addressOf } from '#scenarios/walkthroughs/people.ts'

/** Something that must be so when a lab is mended. @returns what was found instead, in a sentence; `undefined`: it is so. */
export type Check = (sight: Sight) => string | undefined

const stateOf = ({ dialpad }: Sight, handle: string): string =>
  dialpad.byAddress(addressOf(handle))?.state ?? 'not there'

const WORKING: ReadonlySet<string> = new Set(['active', 'pending'])

/** Somebody has a working account in Dialpad. */
export const hasAccount =
  (handle: string): Check =>
  (sight) => {
    const state = stateOf(sight, handle)
    return WORKING.has(state) ? undefined : `${addressOf(handle)} has no working account in Dialpad: ${state}.`
  }

/** Somebody has none. */
export const hasNoAccount =
  (handle: string): Check =>
  (sight) =>
    WORKING.has(stateOf(sight, handle)) ? `${addressOf(handle)} still has a working account in Dialpad.` : undefined

/** Allowing changes again is half of it: what was missed has to arrive. */
export const titleArrived =
  (handle: string, from: 'Entra' | 'Okta'): Check =>
  ({ entra, okta, dialpad }) => {
    const address = addressOf(handle)
    const wanted =
      from === 'Okta'
        ? okta.assigned.find(({ userName }) => userName === address)?.person?.profile['title']
        : entra.inScope.find(({ userPrincipalName }) => userPrincipalName === address)?.jobTitle
    const held = dialpad.byAddress(address)?.title
    if (held === wanted) return undefined
    return `The title of ${address} is "${wanted ?? ''}" in ${from} and "${held ?? ''}" in Dialpad.`
  }

/** Somebody is in an office. */
export const worksIn =
  (handle: string, office: string): Check =>
  ({ dialpad }) => {
    const person = dialpad.byAddress(addressOf(handle))
    const held = dialpad.offices.find(({ id }) => id === person?.officeId)?.name
    return held === office ? undefined : `${addressOf(handle)} is in ${held ?? 'no office'}, not in ${office}.`
  }

/** An office of that name is there. */
export const officeIsThere =
  (name: string): Check =>
  ({ dialpad }) =>
    dialpad.offices.some((office) => office.name === name) ? undefined : `Dialpad has no office ${name}.`

/** Nobody in scope is tried again; who has left scope is forgotten with the next retry. */
export const nothingFails: Check = ({ entra }) => {
  const [first] = entra.inScope.filter(({ id }) => entra.failure(id) !== undefined)
  return first === undefined ? undefined : `${first.userPrincipalName} still fails: ${entra.failure(first.id)}`
}

/** An administrator has accepted Dialpad for everybody, or everybody may accept it again. */
export const everybodyMaySignIn: Check = ({ entra }) =>
  entra.consentBlocked ? 'Nobody may accept Dialpad, and nobody has accepted it for all.' : undefined

/** A pushed group, under any of the names it may have, is a group of Dialpad's of the same name. */
export const groupIsPushed =
  (...names: readonly [string, ...string[]]): Check =>
  ({ okta, dialpad }) => {
    const push = okta.pushes.find(({ groupId }) => names.includes(okta.group(groupId)?.name ?? ''))
    const target = dialpad.group(push?.targetGroupId ?? '')
    if (push?.status === 'ACTIVE' && target?.displayName === push.targetName) return undefined
    return `The push of ${names[0]} is ${push?.status ?? 'not there'}; the group in Dialpad is ${target?.displayName ?? 'not there'}.`
  }

/** Whoever is assigned by a group still is. */
export const groupIsAssigned =
  (name: string): Check =>
  ({ okta }) =>
    okta.appGroups.some(({ groupId }) => okta.group(groupId)?.name === name)
      ? undefined
      : `${name} is not assigned to Dialpad any more.`

/** Both sides say the same of each other, as far as a sign-in needs it. */
export const samlAgrees: Check = ({ okta, dialpad }) => {
  const saml = dialpad.company?.saml
  const { app } = okta
  if (saml === undefined || app === undefined) return 'SAML is not set up.'
  const { acsUrl, spEntityId, attributeStatements } = app.signOn
  if (!acsUrl.includes('/saml/sso/') || !spEntityId.includes('/saml/metadata/'))
    return `Okta sends assertions to ${acsUrl} for ${spEntityId}.`
  if (!attributeStatements.some(({ name }) => name === 'Email')) return 'No attribute is called Email.'
  return undefined
}

/** Nothing is left of an import that was held back. */
export const importIsOver: Check = ({ okta }) =>
  okta.imported?.state === 'DONE' || okta.imported === undefined
    ? undefined
    : `The newest import: ${okta.imported.state}.`
