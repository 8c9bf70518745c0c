import { z } from 'zod'
import type { ToAppSettings, ToOktaSettings } from '../../apps/records.ts'
import { CRON_EXPRESSIONS, scheduleOfCron } from './import-schedule.ts'

/** Bodies of `PUT …/features/{name}`: what is not named stays as it is (reference sheet 6.3). */

const Status = z.enum(['ENABLED', 'DISABLED'])
const Capability = z.strictObject({ status: Status }).optional()

export const OutboundInput = z.strictObject({
  create: z.strictObject({ lifecycleCreate: Capability }).optional(),
  update: z
    .strictObject({
      lifecycleDeactivate: Capability,
      profile: Capability,
      password: z
        .strictObject({
          status: Status.optional(),
          seed: z.enum(['OKTA', 'RANDOM']).optional(),
          change: z.enum(['KEEP_EXISTING', 'CHANGE']).optional(),
        })
        .optional(),
    })
    .optional(),
})

/** The settings of To App after such a body. `change` of the password follows its status, which decides whether passwords go. */
export function outboundSettings(
  before: ToAppSettings,
  { create, update }: z.infer<typeof OutboundInput>,
): ToAppSettings {
  const isOn = (status: z.infer<typeof Status> | undefined, known: boolean): boolean =>
    status === undefined ? known : status === 'ENABLED'
  return {
    createUsers: isOn(create?.lifecycleCreate?.status, before.createUsers),
    updateAttributes: isOn(update?.profile?.status, before.updateAttributes),
    deactivateUsers: isOn(update?.lifecycleDeactivate?.status, before.deactivateUsers),
    syncPassword: isOn(update?.password?.status, before.syncPassword),
    passwordSource: update?.password?.seed ?? before.passwordSource,
  }
}

const Import = z.strictObject({ expression: z.string().max(200), timezone: z.enum(['Etc/UTC', 'UTC']).optional() })

export const InboundInput = z.strictObject({
  importSettings: z
    .strictObject({
      username: z
        .strictObject({
          userNameFormat: z.enum(['EMAIL', 'CUSTOM', 'GLOBAL']).optional(),
          userNameExpression: z.string().max(1000).nullish(),
        })
        .optional(),
      schedule: z
        .strictObject({
          status: Status.optional(),
          fullImport: Import.refine(({ expression }) => scheduleOfCron(expression) !== undefined, {
            path: ['expression'],
            message: `One of ${CRON_EXPRESSIONS.join(' | ')}`,
          }).optional(),
        })
        .optional(),
    })
    .optional(),
  importRules: z
    .strictObject({
      userCreateAndMatch: z
        .strictObject({
          exactMatchCriteria: z.string().trim().min(1).max(100).optional(),
          allowPartialMatch: z.boolean().optional(),
          autoConfirmPartialMatch: z.boolean().optional(),
          autoConfirmExactMatch: z.boolean().optional(),
          autoConfirmNewUsers: z.boolean().optional(),
          autoActivateNewUsers: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
})

const FORMATS = { EMAIL: 'email', CUSTOM: 'custom', GLOBAL: 'app-username' } as const

function scheduleAfter(
  before: ToOktaSettings['schedule'],
  schedule: NonNullable<z.infer<typeof InboundInput>['importSettings']>['schedule'],
): ToOktaSettings['schedule'] {
  if (schedule?.status === 'DISABLED') return 'never'
  if (schedule?.fullImport !== undefined) return scheduleOfCron(schedule.fullImport.expression) ?? before
  return schedule?.status === 'ENABLED' && before === 'never' ? 'daily' : before
}

function exactMatchOf(criteria: string | undefined): Partial<ToOktaSettings> {
  switch (criteria) {
    case undefined:
      return {}
    case 'EMAIL':
      return { exactMatch: 'email' }
    case 'USERNAME':
      return { exactMatch: 'username' }
    default:
      return { exactMatch: 'custom', matchAttribute: criteria }
  }
}

/** The settings of To Okta after such a body. Enabled without an expression, the import runs daily. */
export function inboundSettings(
  before: ToOktaSettings,
  { importSettings, importRules }: z.infer<typeof InboundInput>,
): ToOktaSettings {
  const rules = importRules?.userCreateAndMatch ?? {}
  const format = importSettings?.username?.userNameFormat
  const custom = importSettings?.username?.userNameExpression
  return {
    ...before,
    schedule: scheduleAfter(before.schedule, importSettings?.schedule),
    usernameFormat: format === undefined ? before.usernameFormat : FORMATS[format],
    ...(custom === undefined || custom === null || custom === '' ? {} : { customUsername: custom }),
    ...exactMatchOf(rules.exactMatchCriteria),
    allowPartial: rules.allowPartialMatch ?? before.allowPartial,
    confirmPartial: rules.autoConfirmPartialMatch ?? before.confirmPartial,
    confirmExact: rules.autoConfirmExactMatch ?? before.confirmExact,
    confirmNew: rules.autoConfirmNewUsers ?? before.confirmNew,
    activateNew: rules.autoActivateNewUsers ?? before.activateNew,
  }
}
