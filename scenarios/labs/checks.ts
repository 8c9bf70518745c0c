import type { Sight } from '#scenarios/explain/sight.ts'
import type { Registration } from '#scenarios/explain/systems/entra-sign-in.ts'
import type { OidcApp, OktaSignIn } from '#scenarios/explain/systems/okta-sign-in.ts'
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

const ofRegistration =
  (name: string, look: (registration: Registration, sight: Sight) => string | undefined): Check =>
  (sight) => {
    const found = sight.entra.signIn.registrations.find(({ displayName }) => displayName === name)
    return found === undefined ? `There is no app registration ${name} any more.` : look(found, sight)
  }

/** An application is not mended by deleting it. */
export const isRegistered = (name: string): Check => ofRegistration(name, () => undefined)

/** An application may be answered at an address. */
export const hasRedirectUri = (name: string, uri: string): Check =>
  ofRegistration(name, ({ web, spa, publicClient }) =>
    [web, spa, publicClient].some(({ redirectUris }) => redirectUris.includes(uri))
      ? undefined
      : `${name} has no redirect URI ${uri}.`,
  )

/** An application has something to prove itself with that has not ended. */
export const hasLivingCredential = (name: string): Check =>
  ofRegistration(name, ({ secrets, keyCredentials }, { entra }) =>
    [...secrets, ...keyCredentials].some(({ endDateTime }) => endDateTime === undefined || endDateTime > entra.now)
      ? undefined
      : `${name} has no secret and no certificate that is still valid.`,
  )

/** An application holds a permission of its own. */
export const holdsPermission = (name: string, permission: string): Check =>
  ofRegistration(name, ({ appId }, { entra }) =>
    entra.signIn.apps.some((app) => app.appId === appId && app.applicationPermissions.includes(permission))
      ? undefined
      : `${name} does not hold ${permission}.`,
  )

/** An enterprise app is still there, and open to somebody. */
export const mayBeUsed =
  (name: string): Check =>
  ({ entra: { signIn } }) => {
    const app = signIn.apps.find(({ displayName }) => displayName === name)
    if (app === undefined) return `There is no enterprise app ${name} any more.`
    return app.accountEnabled ? undefined : `${name} is switched off.`
  }

/** An enterprise app signs people in to Dialpad by SAML, and Dialpad knows of it. */
export const entraSamlIsSetUp: Check = ({ entra, dialpad }) =>
  entra.signIn.samlApps.length > 0 && dialpad.company?.saml?.provider === 'custom'
    ? undefined
    : 'SAML is not set up on both sides.'

/** Somebody assigned may sign in. */
export const maySignIn =
  (handle: string): Check =>
  ({ entra }) =>
    entra.inScope.some(
      ({ userPrincipalName, accountEnabled }) => userPrincipalName === addressOf(handle) && accountEnabled,
    )
      ? undefined
      : `${addressOf(handle)} is not assigned, or may not sign in.`

const ofOidcApp =
  (label: string, look: (app: OidcApp, signIn: OktaSignIn) => string | undefined): Check =>
  ({ okta: { signIn } }) => {
    const found = signIn.apps.find((app) => app.label === label)
    return found === undefined ? `There is no app ${label} any more.` : look(found, signIn)
  }

/** An application of the org is not mended by deleting it. */
export const isInOrg = (label: string): Check => ofOidcApp(label, () => undefined)

/** An application of the org may be answered at an address. */
export const hasSignInUri = (label: string, uri: string): Check =>
  ofOidcApp(label, ({ oidc }) =>
    oidc.redirectUris.includes(uri) ? undefined : `${label} has no sign-in redirect URI ${uri}.`,
  )

/** An application of the org gets what its newest request asked for. */
export const getsToken = (label: string): Check =>
  ofOidcApp(label, ({ id }, { newest }) => {
    const last = newest.find(({ app, endpoint }) => app.id === id && endpoint === 'token')
    if (last === undefined) return `${label} has asked for no token.`
    return last.reason === undefined ? undefined : `The newest request of ${label} for a token: ${last.reason}.`
  })

/** An authorization server of the org knows a scope. */
export const serverHasScope =
  (serverId: string, name: string): Check =>
  ({ okta: { signIn } }) =>
    signIn.scopes.some((scope) => scope.serverId === serverId && scope.name === name)
      ? undefined
      : `The authorization server ${serverId} has no scope ${name}.`

/** Scripts of an origin may call the org. */
export const originIsTrusted =
  (origin: string): Check =>
  ({ okta: { signIn } }) =>
    signIn.isTrusted(origin) ? undefined : `${origin} is no active trusted origin for CORS.`
