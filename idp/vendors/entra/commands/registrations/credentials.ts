import { randomBytes } from 'node:crypto'
import type { Application, ClientSecret, KeyCredential } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { hashSecret } from '#kit/secrets.ts'
import type { AuditedProperty } from '../../audit/records.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { changeRegistration, type RegistrationChange, type RegistrationInput } from './change-registration.ts'
import { readCertificate } from './read-certificate.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Days a secret lives when nobody says how long: what the page recommends, and what Graph gives. */
export const RECOMMENDED_DAYS = 180
export const GRAPH_DEFAULT_DAYS = 2 * 365

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-'

/** Forty characters, the fourth to the sixth always `8Q~`: secret scanners know the service's secrets by them. */
function makeSecret(): string {
  const letters = [...randomBytes(37)].map((byte) => LETTERS[byte % LETTERS.length] ?? '')
  return `${letters
    .slice(0, 3)
    .join('')
    .replace(/[._~-]/g, 'x')}8Q~${letters.slice(3).join('')}`
}

/** The audit log names credentials and never shows them. */
const credentialChange: Pick<RegistrationChange, 'activity' | 'modified'> = {
  activity: 'Update application – Certificates and secrets management',
  modified: (before, after): readonly AuditedProperty[] => [
    { name: 'KeyDescription', oldValue: described(before), newValue: described(after) },
  ],
}

function described({ secrets, keyCredentials = [] }: Application): string {
  const line = (id: string, type: string, usage: string, name = ''): string =>
    `[KeyIdentifier=${id},KeyType=${type},KeyUsage=${usage},DisplayName=${name}]`
  return JSON.stringify([
    ...keyCredentials.map((each) => line(each.keyId, 'AsymmetricX509Cert', 'Verify', each.displayName)),
    ...secrets.map((each) => line(each.keyId, 'Password', 'Verify', each.displayName)),
  ])
}

export interface NewSecretInput extends RegistrationInput {
  readonly displayName?: string
  /** Virtual instants; now, and {@link RECOMMENDED_DAYS} after the start, unless told. */
  readonly startDateTime?: string
  readonly endDateTime?: string
}

/**
 * Make a client secret. What it is stands in the answer alone; the registration keeps a hash and the first three characters.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_BadRequest` for an end that is not
 *   after the start, or has passed.
 */
export async function addClientSecret(
  deps: CommandDeps,
  actor: Actor,
  input: NewSecretInput,
): Promise<{ readonly application: Application; readonly secret: ClientSecret; readonly secretText: string }> {
  const now = deps.system.clock.iso()
  const { applicationId, displayName, startDateTime = now } = input
  const endDateTime = input.endDateTime ?? new Date(Date.parse(startDateTime) + RECOMMENDED_DAYS * DAY_MS).toISOString()
  if ((displayName ?? '').length > 120) throw badValue('displayName', 'A description has at most 120 characters.')
  if (!(endDateTime > startDateTime)) throw badValue('endDateTime', 'The end is after the start.')
  if (!(endDateTime > now)) throw badValue('endDateTime', 'The end has passed already.')
  const secretText = makeSecret()
  let secret: ClientSecret | undefined
  const application = await changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      ...credentialChange,
      decide: (before, tx) => {
        secret = {
          keyId: guidOf(nextIdSeed(tx)),
          hash: hashSecret(secretText),
          hint: secretText.slice(0, 3),
          ...(displayName ? { displayName } : {}),
          startDateTime,
          endDateTime,
        }
        return { ...before, secrets: [...before.secrets, secret] }
      },
      title: (after) => `A client secret of ${after.displayName} was made`,
    },
  )
  if (secret === undefined) throw new Error('A secret was made, and there is none.')
  return { application, secret, secretText }
}

/** @throws as {@link addClientSecret} does; `Request_ResourceNotFound` for a secret that is not there. */
export function removeClientSecret(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, keyId }: RegistrationInput & { readonly keyId: string },
): Promise<Application> {
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      ...credentialChange,
      decide: (before) => {
        if (!before.secrets.some((each) => each.keyId === keyId)) throw notFound('client secret', keyId)
        return { ...before, secrets: before.secrets.filter((each) => each.keyId !== keyId) }
      },
      title: (after) => `A client secret of ${after.displayName} was deleted`,
    },
  )
}

/**
 * Let secrets end at this virtual instant: for scenes, no page does it.
 * @param input `keyId` names one; all of them without it.
 */
export function expireClientSecrets(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, keyId }: RegistrationInput & { readonly keyId?: string },
): Promise<Application> {
  const now = deps.system.clock.iso()
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      ...credentialChange,
      decide: (before) => {
        if (keyId !== undefined && !before.secrets.some((each) => each.keyId === keyId)) {
          throw notFound('client secret', keyId)
        }
        return {
          ...before,
          secrets: before.secrets.map((each) =>
            keyId === undefined || each.keyId === keyId ? { ...each, endDateTime: now } : each,
          ),
        }
      },
      title: (after) => `Client secrets of ${after.displayName} have ended`,
    },
  )
}

/**
 * Keep the public certificate an application signs with.
 * @throws as {@link addClientSecret} does; `Request_BadRequest` on `certificate` for what is no certificate, holds a private key, has
 *   expired (virtual time) or is there already.
 */
export async function addCertificate(
  deps: CommandDeps,
  actor: Actor,
  input: RegistrationInput & { readonly certificate: string | Uint8Array; readonly displayName?: string },
): Promise<{ readonly application: Application; readonly key: KeyCredential }> {
  const { subject, ...read } = readCertificate(input.certificate)
  if (!(read.endDateTime > deps.system.clock.iso())) {
    throw badValue('certificate', 'The certificate has expired. Upload one that is valid.')
  }
  let key: KeyCredential | undefined
  const application = await changeRegistration(deps, actor, input, {
    ...credentialChange,
    decide: (before, tx) => {
      const held = before.keyCredentials ?? []
      if (held.some(({ thumbprint }) => thumbprint === read.thumbprint)) {
        throw badValue('certificate', 'This certificate has been uploaded already.')
      }
      const displayName = (input.displayName?.trim() || `CN=${subject}`).slice(0, 120)
      key = { keyId: guidOf(nextIdSeed(tx)), displayName, ...read }
      return { ...before, keyCredentials: [...held, key] }
    },
    title: (after) => `A certificate of ${after.displayName} was uploaded`,
  })
  if (key === undefined) throw new Error('A certificate was kept, and there is none.')
  return { application, key }
}

/** @throws as {@link addCertificate} does; `Request_ResourceNotFound` for a certificate that is not there. */
export function removeCertificate(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, keyId }: RegistrationInput & { readonly keyId: string },
): Promise<Application> {
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      ...credentialChange,
      decide: (before) => {
        const held = before.keyCredentials ?? []
        if (!held.some((each) => each.keyId === keyId)) throw notFound('certificate', keyId)
        return { ...before, keyCredentials: held.filter((each) => each.keyId !== keyId) }
      },
      title: (after) => `A certificate of ${after.displayName} was deleted`,
    },
  )
}
