import type { AppProvisioning, OktaApp, ToAppSettings, ToOktaSettings } from '../../apps/records.ts'
import { cronOf } from './import-schedule.ts'

/** To App and To Okta as the two features of an app (reference sheet 6.3). */

export const FEATURE_NAMES = ['USER_PROVISIONING', 'INBOUND_PROVISIONING'] as const
export type FeatureName = (typeof FEATURE_NAMES)[number]

const DESCRIPTIONS: Readonly<Record<FeatureName, string>> = {
  USER_PROVISIONING: 'User provisioning settings from the org to the app',
  INBOUND_PROVISIONING: 'In-bound provisioning settings from the app to the org',
}

export type Enabled = 'ENABLED' | 'DISABLED'

const enabled = (isOn: boolean): Enabled => (isOn ? 'ENABLED' : 'DISABLED')

function toAppCapabilities(settings: ToAppSettings): object {
  return {
    create: { lifecycleCreate: { status: enabled(settings.createUsers) } },
    update: {
      lifecycleDeactivate: { status: enabled(settings.deactivateUsers) },
      password: {
        status: enabled(settings.syncPassword),
        seed: settings.passwordSource,
        change: settings.syncPassword ? 'CHANGE' : 'KEEP_EXISTING',
      },
      profile: { status: enabled(settings.updateAttributes) },
    },
  }
}

const USERNAME_FORMATS = { email: 'EMAIL', custom: 'CUSTOM', 'app-username': 'GLOBAL' } as const

/** `EMAIL`, `USERNAME`, or the name of an Okta attribute. */
function exactMatchCriteria({ exactMatch, matchAttribute }: ToOktaSettings): string {
  return exactMatch === 'custom' ? (matchAttribute ?? '') : exactMatch.toUpperCase()
}

function toOktaCapabilities(settings: ToOktaSettings): object {
  const expression = cronOf(settings.schedule)
  return {
    importSettings: {
      username: {
        userNameFormat: USERNAME_FORMATS[settings.usernameFormat],
        userNameExpression: settings.usernameFormat === 'custom' ? (settings.customUsername ?? '') : '',
      },
      schedule: {
        status: enabled(expression !== undefined),
        ...(expression === undefined ? {} : { fullImport: { expression, timezone: 'Etc/UTC' } }),
      },
    },
    importRules: {
      userCreateAndMatch: {
        exactMatchCriteria: exactMatchCriteria(settings),
        allowPartialMatch: settings.allowPartial,
        autoConfirmPartialMatch: settings.confirmPartial,
        autoConfirmExactMatch: settings.confirmExact,
        autoConfirmNewUsers: settings.confirmNew,
        autoActivateNewUsers: settings.activateNew,
      },
    },
  }
}

/** What the feature does by the saved settings; it is enabled when any of its capabilities is. */
export function featureResource(
  origin: string,
  app: OktaApp & { readonly provisioning: AppProvisioning },
  name: FeatureName,
): Readonly<Record<string, unknown>> {
  const { toApp, toOkta } = app.provisioning
  const isOutbound = name === 'USER_PROVISIONING'
  const isOn = isOutbound
    ? toApp.createUsers || toApp.updateAttributes || toApp.deactivateUsers || toApp.syncPassword
    : toOkta.schedule !== 'never'
  return {
    name,
    status: enabled(isOn),
    description: DESCRIPTIONS[name],
    capabilities: isOutbound ? toAppCapabilities(toApp) : toOktaCapabilities(toOkta),
    _links: {
      self: { href: `${origin}/api/v1/apps/${app.id}/features/${name}`, hints: { allow: ['GET', 'PUT'] } },
    },
  }
}
