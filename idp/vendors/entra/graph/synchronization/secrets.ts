import { z } from 'zod'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import type { Vault } from '#kit/system/system.ts'
import type { SecretsInput } from '../../provisioning/commands/save-secrets.ts'
import { badRequest } from '../graph-error.ts'

/** Keys this connector reads (reference 11.2). */
const KEYS = ['BaseAddress', 'SecretToken', 'SyncAll', 'SyncNotificationSettings', 'SkipOutOfScopeDeletions'] as const

/** The rest of the published list, of connectors that sign in otherwise: kept, and of no effect here. */
const OTHER_KEYS = [
  'AppKey',
  'ApplicationTemplateIdentifier',
  'AuthenticationType',
  'ClientIdentifier',
  'ClientSecret',
  'CompanyId',
  'ConnectionString',
  'ConsumerKey',
  'ConsumerSecret',
  'Domain',
  'EnforceDomain',
  'HardDeletesEnabled',
  'InstanceName',
  'Oauth2AccessToken',
  'Oauth2AccessTokenCreationTime',
  'Oauth2AuthorizationCode',
  'Oauth2AuthorizationUri',
  'Oauth2ClientId',
  'Oauth2ClientSecret',
  'Oauth2RedirectUri',
  'Oauth2RefreshToken',
  'Oauth2TokenExchangeUri',
  'Password',
  'PerformInboundEntitlementGrants',
  'Sandbox',
  'SandboxName',
  'Server',
  'SingleSignOnType',
  'SynchronizationSchedule',
  'SystemOfRecord',
  'TestReferences',
  'TokenExpiration',
  'TokenKey',
  'UpdateKeyOnSoftDelete',
  'Url',
  'UserName',
  'ValidateDomain',
] as const

type Key = (typeof KEYS)[number] | (typeof OTHER_KEYS)[number]

const ALL_KEYS: readonly Key[] = [...KEYS, ...OTHER_KEYS]

/** A list of keys and values, as every call with credentials carries it. */
export const KeyValueList = z
  .array(z.strictObject({ key: z.string().max(128), value: z.string().max(16_384).nullable() }))
  .max(64)

export const SecretsBody = z.strictObject({ value: KeyValueList })

/** The deletion guard's number where none is sent (reference 6.3). */
const DEFAULT_THRESHOLD = 500

const NotificationSettings = z.looseObject({
  Enabled: z.boolean().default(false),
  Recipients: z.string().default(''),
  DeleteThresholdEnabled: z.boolean().default(false),
  DeleteThresholdValue: z.int().min(1).max(1_000_000).default(DEFAULT_THRESHOLD),
})

/** @throws {GraphError} `Request_BadRequest` for a key that is not published, and for one that comes twice. */
export function keyValues(list: z.infer<typeof KeyValueList>): ReadonlyMap<Key, string> {
  const values = new Map<Key, string>()
  for (const { key: given, value } of list) {
    const key = ALL_KEYS.find((each) => each.toLowerCase() === given.toLowerCase())
    if (key === undefined) {
      throw badRequest(
        `'${given.slice(0, 64)}' is no key of synchronization secrets. This connector reads ${KEYS.join(', ')}.`,
      )
    }
    if (values.has(key)) throw badRequest(`The key '${key}' is given more than once.`)
    if (value !== null) values.set(key, value)
  }
  return values
}

function flagOf(values: ReadonlyMap<Key, string>, key: Key): boolean {
  const text = values.get(key)?.toLowerCase() ?? 'false'
  if (text === 'true' || text === 'false') return text === 'true'
  throw badRequest(`The value of '${key}' is "true" or "false".`)
}

function notificationsOf(text: string | undefined): z.infer<typeof NotificationSettings> {
  if (text === undefined || text === '') return NotificationSettings.parse({})
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw badRequest("The value of 'SyncNotificationSettings' is a JSON object, written as a string.")
  }
  const read = NotificationSettings.safeParse(json)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw badRequest(`The member '${issue?.path.join('.') ?? ''}' of 'SyncNotificationSettings' cannot be used.`)
}

/**
 * What a full list of secrets stands for; a key that is absent stands for its default. Notifications and the deletion guard need
 * an address to write to (reference 6.3), as on the pages.
 *
 * @throws {GraphError} `Request_BadRequest`.
 */
export function settingsOf(values: ReadonlyMap<Key, string>): Omit<SecretsInput, 'appId'> {
  const sent = notificationsOf(values.get('SyncNotificationSettings'))
  const email = sent.Recipients.trim()
  if (email === '' && (sent.Enabled || sent.DeleteThresholdEnabled)) {
    throw badRequest("'SyncNotificationSettings' needs Recipients: notifications and the deletion guard write to them.")
  }
  if (email !== '' && !z.email().safeParse(email).success) {
    throw badRequest("Recipients of 'SyncNotificationSettings' is one e-mail address.")
  }
  return {
    tenantUrl: values.get('BaseAddress') ?? '',
    secretToken: values.get('SecretToken') ?? '',
    scope: flagOf(values, 'SyncAll') ? 'all' : 'assigned',
    notification: { enabled: sent.Enabled, email },
    deletionGuard: { enabled: sent.DeleteThresholdEnabled, threshold: sent.DeleteThresholdValue },
    skipOutOfScopeDeletions: flagOf(values, 'SkipOutOfScopeDeletions'),
    extras: Object.fromEntries([...values].filter(([key]) => OTHER_KEYS.some((other) => other === key))),
  }
}

/** The settings of a job as such a list. Credentials are masked, whatever they are; so is all that this connector does not read. */
export function secretsOf(
  job: ProvisioningJob,
  vault: Pick<Vault, 'open'>,
): readonly { readonly key: string; readonly value: string }[] {
  if (job.tenantUrl === '' && job.sealedExtras === undefined) return []
  const extras: unknown = job.sealedExtras === undefined ? {} : JSON.parse(vault.open(job.sealedExtras))
  const settings = {
    Enabled: job.notification.enabled,
    Recipients: job.notification.email,
    DeleteThresholdEnabled: job.deletionGuard.enabled,
    DeleteThresholdValue: job.deletionGuard.threshold,
  }
  return [
    { key: 'BaseAddress', value: job.tenantUrl },
    { key: 'SecretToken', value: '*' },
    { key: 'SyncAll', value: String(job.scope === 'all') },
    { key: 'SyncNotificationSettings', value: JSON.stringify(settings) },
    { key: 'SkipOutOfScopeDeletions', value: job.skipOutOfScopeDeletions ? 'True' : 'False' },
    ...Object.keys(Object(extras)).map((key) => ({ key, value: '*' })),
  ]
}
