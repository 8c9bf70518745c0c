import { z } from 'zod'
import {
  addCertificate,
  addClientSecret,
  expireClientSecrets,
  removeCertificate,
  removeClientSecret,
} from '../commands/registrations/credentials.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { registrationNamed } from './find-registration.ts'
import { app, idOf, tell } from './of-registration.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const Instant = z.iso.datetime()

/** Secrets and certificates of app registrations. */
export function credentialCommands(deps: SceneDeps) {
  return [
    entraCommand(
      'add-client-secret',
      'Makes a client secret and answers it, once.',
      z
        .strictObject({
          app,
          description: z.string().optional(),
          /** Virtual days it lives; 180 unless told. */
          days: z.number().positive().max(36_500).optional(),
          /** Virtual instant it ends. */
          expires: Instant.optional(),
          /** Virtual instant it begins. */
          starts: Instant.optional(),
        })
        .refine(({ days, expires }) => days === undefined || expires === undefined, {
          error: 'Say how many days, or when',
        }),
      async ({ app: name, description, days, expires, starts }) => {
        const from = starts ?? deps.system.clock.iso()
        const end = days === undefined ? expires : new Date(Date.parse(from) + days * DAY_MS).toISOString()
        const { secret, secretText } = await addClientSecret(deps, KIT, {
          ...idOf(deps, name),
          ...(description === undefined ? {} : { displayName: description }),
          ...(starts === undefined ? {} : { startDateTime: starts }),
          ...(end === undefined ? {} : { endDateTime: end }),
        })
        return { keyId: secret.keyId, secret: secretText, expires: secret.endDateTime ?? null }
      },
    ),
    entraCommand(
      'expire-client-secret',
      'Lets a client secret end at this virtual instant; all of a registration without "keyId".',
      z.strictObject({ app, keyId: z.string().optional() }),
      async ({ app: name, keyId }) =>
        tell(
          deps,
          await expireClientSecrets(deps, KIT, { ...idOf(deps, name), ...(keyId === undefined ? {} : { keyId }) }),
        ),
    ),
    entraCommand(
      'remove-client-secret',
      'Deletes a client secret; all of a registration without "keyId".',
      z.strictObject({ app, keyId: z.string().optional() }),
      async ({ app: name, keyId }) => {
        const registration = registrationNamed(deps, name)
        const keyIds = keyId === undefined ? registration.secrets.map((secret) => secret.keyId) : [keyId]
        for (const each of keyIds) {
          await removeClientSecret(deps, KIT, { applicationId: registration.id, keyId: each })
        }
        return tell(deps, registration)
      },
    ),
    entraCommand(
      'add-certificate',
      'Uploads the public certificate an application signs with.',
      z.strictObject({
        app,
        /** PEM, or base64 of DER. */
        certificate: z.string(),
        description: z.string().optional(),
      }),
      async ({ app: name, certificate, description }) => {
        const { key } = await addCertificate(deps, KIT, {
          ...idOf(deps, name),
          certificate,
          ...(description === undefined ? {} : { displayName: description }),
        })
        return { keyId: key.keyId, thumbprint: key.thumbprint, expires: key.endDateTime }
      },
    ),
    entraCommand(
      'remove-certificate',
      'Deletes a certificate; all of a registration without "keyId".',
      z.strictObject({ app, keyId: z.string().optional() }),
      async ({ app: name, keyId }) => {
        const registration = registrationNamed(deps, name)
        const keyIds = keyId === undefined ? (registration.keyCredentials ?? []).map((key) => key.keyId) : [keyId]
        for (const each of keyIds) await removeCertificate(deps, KIT, { applicationId: registration.id, keyId: each })
        return tell(deps, registration)
      },
    ),
  ]
}
