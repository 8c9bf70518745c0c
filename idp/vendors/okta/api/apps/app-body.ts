import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { AppGeneral, AppSignOn, AppVisibility, OktaApp } from '../../apps/records.ts'
import { NO_SINGLE_LOGOUT, pastedCertificate } from '../../saml/single-logout.ts'
import { invalidValue } from '../api-error.ts'
import { isListed } from './app-resource.ts'
import { AttributeStatementsInput } from './attribute-statements.ts'
import { OAuthClientCredentials, OAuthClientSettings } from './oidc-body.ts'
import { UsernameTemplateInput } from './username-template.ts'

/**
 * Bodies of `POST /apps` and `PUT /apps/{id}` (reference sheet 6.3). What is left out stays as it is, what only the org decides
 * (`id`, `features`, `_links` …) is passed over, and a setting this org does not keep is refused unless it says what holds anyway.
 */

const Blank = z.literal('').nullish()
const Address = z
  .string()
  .trim()
  .max(1024)
  .refine((text) => text === '' || (URL.canParse(text) && /^https?:/i.test(text)), 'Must be a complete web address')
  .nullish()
const Text = z.string().max(2000).nullish()

export const AppInput = z.object({
  name: z.string().max(255).nullish(),
  label: z.string().trim().min(1, 'The field cannot be left blank').max(100),
  signOnMode: z.string().max(50).nullish(),
  accessibility: z
    .object({
      selfService: z.boolean().nullish(),
      errorRedirectUrl: Address,
      loginRedirectUrl: Blank,
    })
    .nullish(),
  visibility: z
    .object({
      autoLaunch: z.literal(false).nullish(),
      autoSubmitToolbar: z.boolean().nullish(),
      hide: z.object({ iOS: z.boolean().nullish(), web: z.boolean().nullish() }).nullish(),
    })
    .nullish(),
  credentials: z
    .object({
      userNameTemplate: UsernameTemplateInput.nullish(),
      signing: z.object({ kid: z.string().max(100).nullish() }).nullish(),
      /** Of an app with `OPENID_CONNECT`; others do not have one. */
      oauthClient: OAuthClientCredentials.nullish(),
    })
    .nullish(),
  settings: z
    .object({
      app: z.record(z.string(), z.unknown()).nullish(),
      notifications: z
        .object({
          vpn: z
            .object({
              network: z.object({ connection: z.enum(['DISABLED', 'ANYWHERE']).nullish() }).nullish(),
              message: z.string().trim().max(2000).nullish(),
              helpUrl: Address,
            })
            .nullish(),
        })
        .nullish(),
      notes: z.object({ admin: Text, enduser: Text }).nullish(),
      implicitAssignment: z.boolean().nullish(),
      oauthClient: OAuthClientSettings.nullish(),
      signOn: z
        .object({
          defaultRelayState: z.string().trim().max(1024).nullish(),
          ssoAcsUrl: Address,
          audience: z.string().trim().max(1024).nullish(),
          ssoAcsUrlOverride: Address,
          audienceOverride: z.string().trim().max(1024).nullish(),
          honorForceAuthn: z.boolean().nullish(),
          attributeStatements: AttributeStatementsInput.nullish(),
          slo: z
            .object({ enabled: z.boolean().nullish(), issuer: z.string().trim().nullish(), logoutUrl: Address })
            .nullish(),
          spCertificate: z.object({ x5c: z.array(z.string()).max(1).nullish() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
})

export type AppInput = z.output<typeof AppInput>

/** Settings of a catalog app that an administrator types on its Sign On tab. */
const CatalogSettings = z.strictObject({ acsURL: Address, entityID: z.string().trim().max(1024).nullish() })

/** An app of the wizard has its addresses among the settings of signing on. */
const NoSettings = z.strictObject({ acsURL: z.undefined().optional(), entityID: z.undefined().optional() })

/** An app as it is, or as the catalog makes it. */
type CatalogApp = Pick<OktaApp, 'catalogKey'> & Partial<Pick<OktaApp, 'signOn'>>

/** Icons and the browser plugin after such a body. */
export function visibilityOf({ visibility }: AppInput, before: AppVisibility): AppVisibility {
  return {
    hideWeb: visibility?.hide?.web ?? before.hideWeb,
    hideMobile: visibility?.hide?.iOS ?? before.hideMobile,
    autoSubmit: visibility?.autoSubmitToolbar ?? before.autoSubmit,
  }
}

/** The rest of the General tab after such a body. `null` clears an address. */
export function generalOf({ accessibility, settings }: AppInput, before: AppGeneral): AppGeneral {
  const { network, message, helpUrl } = settings?.notifications?.vpn ?? {}
  const connection = network?.connection ?? undefined
  const text = (given: string | null | undefined, known: string): string =>
    given === undefined ? known : (given ?? '')
  return {
    vpn: {
      notice: connection === undefined ? before.vpn.notice : connection === 'ANYWHERE' ? 'anywhere' : 'disabled',
      message: text(message, before.vpn.message),
      url: text(helpUrl, before.vpn.url),
    },
    errorRedirectUrl: text(accessibility?.errorRedirectUrl, before.errorRedirectUrl),
    selfService: accessibility?.selfService ?? before.selfService,
  }
}

/** @throws {ApiError} E0000001 for a setting the catalog entry does not have. */
function addressesOf(app: CatalogApp, { settings }: AppInput): Partial<Pick<AppSignOn, 'acsUrl' | 'spEntityId'>> {
  const signOn = settings?.signOn
  const own = (isListed(app) ? CatalogSettings : NoSettings).safeParse(settings?.app ?? {})
  if (!own.success) {
    const [issue] = own.error.issues
    const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.map(String).join('.')
    throw invalidValue(
      `settings.app.${key ?? ''}`,
      issue?.code === 'unrecognized_keys' ? 'There is no such setting' : (issue?.message ?? 'invalid'),
    )
  }
  const [acsUrl, spEntityId] = isListed(app)
    ? [signOn?.ssoAcsUrlOverride ?? own.data.acsURL, signOn?.audienceOverride ?? own.data.entityID]
    : [signOn?.ssoAcsUrl, signOn?.audience]
  return {
    ...(acsUrl === undefined || acsUrl === null ? {} : { acsUrl }),
    ...(spEntityId === undefined || spEntityId === null ? {} : { spEntityId }),
  }
}

/** What is left out stays; of an app that has never heard of it, nothing is kept until it is switched on. */
function singleLogoutOf(
  { signOn: before }: Partial<Pick<OktaApp, 'signOn'>>,
  { settings }: AppInput,
): Partial<AppSignOn> {
  const { slo, spCertificate } = settings?.signOn ?? {}
  const known = before?.singleLogout ?? NO_SINGLE_LOGOUT
  const [certificate] = spCertificate?.x5c ?? []
  const singleLogout = {
    enabled: slo?.enabled ?? known.enabled,
    url: slo?.logoutUrl ?? known.url,
    issuer: slo?.issuer ?? known.issuer,
    certificate: certificate === undefined ? known.certificate : pastedCertificate(certificate),
  }
  return isDeepStrictEqual(singleLogout, known) ? {} : { singleLogout }
}

/** What a body changes on the Sign On tab. @throws {ApiError} E0000001 for a setting the app does not have. */
export function signOnPatchOf(app: CatalogApp, input: AppInput): Partial<AppSignOn> {
  const signOn = input.settings?.signOn
  const template = input.credentials?.userNameTemplate
  const { defaultRelayState, honorForceAuthn, attributeStatements } = signOn ?? {}
  return {
    ...addressesOf(app, input),
    ...singleLogoutOf(app, input),
    ...(template === undefined || template === null ? {} : { usernameTemplate: template }),
    ...(defaultRelayState === undefined ? {} : { defaultRelayState: defaultRelayState ?? '' }),
    ...(honorForceAuthn === undefined || honorForceAuthn === null ? {} : { disableForceAuthn: !honorForceAuthn }),
    ...(attributeStatements === undefined || attributeStatements === null ? {} : attributeStatements),
  }
}
