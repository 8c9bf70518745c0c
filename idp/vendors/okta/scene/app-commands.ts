import { z } from 'zod'
import { certificatesOf } from '#idp/protocols/saml/signing-certificates.ts'
import { Refusal } from '#kit/http/errors.ts'
import {
  type AppSignOn,
  DEFAULT_GENERAL,
  GROUP_FILTERS,
  NAME_FORMATS,
  NAME_ID_FORMATS,
  type OktaApp,
  type SingleLogout,
  USERNAME_FORMATS,
  VPN_NOTICES,
} from '../apps/records.ts'
import {
  addApp,
  checkBaseUrl,
  deleteApp,
  editAppSettings,
  editSignOn,
  setAppStatus,
  updateUsernamesNow,
} from '../commands/apps.ts'
import { samlViewOf } from '../console/apps/sign-on/saml-view.ts'
import { activateAppCertificate, deleteAppCertificate, generateCertificate } from '../saml/certificate-commands.ts'
import { NO_SINGLE_LOGOUT, pastedCertificate } from '../saml/single-logout.ts'
import { appNamed } from './find.ts'
import { given, KIT, oktaCommand, type SceneDeps } from './okta-command.ts'

const app = z.string().optional()
const OfApp = z.strictObject({ app })

const NewApp = z
  .strictObject({
    /** An app of the catalog, or one of the App Integration Wizard. */
    catalog: z.enum(['dialpad', 'custom']).default('dialpad'),
    label: z.string().optional(),
    /** SCIM base URL of a custom app. */
    baseUrl: z.string().optional(),
  })
  .refine(({ catalog, label }) => catalog !== 'custom' || label !== undefined, {
    error: 'a custom app has a label',
    path: ['label'],
  })
  .refine(({ catalog, baseUrl }) => catalog === 'custom' || baseUrl === undefined, {
    error: 'the catalog knows the address of its apps',
    path: ['baseUrl'],
  })

const SignOn = z.strictObject({
  /** Application username format. */
  userNameFormat: z.enum(USERNAME_FORMATS).optional(),
  /** With the format `custom`: an expression over `user`. */
  customUserName: z.string().optional(),
  updateUserNameOn: z.enum(['create-and-update', 'create']).optional(),
  acsUrl: z.string().optional(),
  spEntityId: z.string().optional(),
  defaultRelayState: z.string().optional(),
  disableForceAuthn: z.boolean().optional(),
  nameIdFormat: z.enum(NAME_ID_FORMATS).optional(),
  attributeStatements: z
    .array(
      z.strictObject({
        name: z.string(),
        nameFormat: z.enum(NAME_FORMATS).default('unspecified'),
        expression: z.string(),
      }),
    )
    .optional(),
  groupStatements: z
    .array(
      z.strictObject({
        name: z.string(),
        nameFormat: z.enum(NAME_FORMATS).default('unspecified'),
        filter: z.enum(GROUP_FILTERS),
        value: z.string(),
      }),
    )
    .optional(),
  /** Enable Single Logout; `null` switches it off. */
  singleLogout: z
    .strictObject({
      /** Where the answer goes. */
      url: z.string(),
      /** Issuer of the app's requests. */
      issuer: z.string(),
      /** Certificate that verifies them, with its BEGIN and END lines or without. */
      certificate: z.string(),
    })
    .nullable()
    .optional(),
  app,
})

const tellApp = ({ id, label, status }: OktaApp) => ({ appId: id, label, status })

/** Apps: how they come and go, their General and Sign On tabs, their certificates. */
export function appCommands(deps: SceneDeps) {
  const { system } = deps
  return [
    oktaCommand(
      'add-app',
      'Adds Dialpad from the catalog, or a custom app as the App Integration Wizard makes one.',
      NewApp,
      async ({ catalog, label, baseUrl }) =>
        tellApp(
          await addApp(deps, KIT, {
            catalogKey: catalog === 'custom' ? 'scim' : catalog,
            label: label ?? 'Dialpad',
            ...(baseUrl === undefined ? {} : { baseUrl: checkBaseUrl(baseUrl) }),
          }),
        ),
    ),
    oktaCommand(
      'edit-app',
      'Changes the General tab of an app.',
      z.strictObject({
        label: z.string().optional(),
        notesForUsers: z.string().optional(),
        notesForAdmins: z.string().optional(),
        hideWeb: z.boolean().optional(),
        hideMobile: z.boolean().optional(),
        autoSubmit: z.boolean().optional(),
        vpn: z.strictObject({ notice: z.enum(VPN_NOTICES), message: z.string(), url: z.string() }).optional(),
        errorRedirectUrl: z.string().optional(),
        /** People may add the app themselves. */
        selfService: z.boolean().optional(),
        app,
      }),
      async ({ app: name, label, notesForUsers, notesForAdmins, vpn, errorRedirectUrl, selfService, ...boxes }) => {
        const { id: appId, visibility, general = DEFAULT_GENERAL } = appNamed(deps, name)
        return tellApp(
          await editAppSettings(deps, KIT, {
            appId,
            ...given({ label, notesForUsers, notesForAdmins }),
            visibility: { ...visibility, ...given(boxes) },
            general: { ...general, ...given({ vpn, errorRedirectUrl, selfService }) },
          }),
        )
      },
    ),
    oktaCommand(
      'set-app-status',
      'Activates or deactivates an app: an inactive one signs nobody in and is sent nothing.',
      z.strictObject({ status: z.enum(['ACTIVE', 'INACTIVE']), app }),
      async ({ status, app: name }) =>
        tellApp(await setAppStatus(deps, KIT, { appId: appNamed(deps, name).id, status })),
    ),
    oktaCommand(
      'remove-app',
      'Deletes an inactive app and everything that belongs to it; nothing is sent.',
      OfApp,
      async (input) => tellApp(await deleteApp(deps, KIT, { appId: appNamed(deps, input.app).id })),
    ),
    oktaCommand(
      'edit-sign-on',
      'Changes the Sign On tab of an app, and tells what the service provider is given; without a change it only tells.',
      SignOn,
      async ({ app: name, ...change }) => {
        const before = appNamed(deps, name)
        const patch = signOnPatch(before, change)
        const isChange = Object.keys(patch).length > 0
        const after = isChange ? await editSignOn(deps, KIT, { appId: before.id, patch }) : before
        const { ssoUrl, logoutUrl, issuer, pem, metadataUrl } = await samlViewOf(system, after)
        return { appId: after.id, ssoUrl, ...given({ logoutUrl }), issuer, certificate: pem, metadataUrl }
      },
    ),
    oktaCommand(
      'update-user-names',
      'Update Now: gives everybody assigned the user name of the present format.',
      OfApp,
      async (input) => ({ updated: await updateUsernamesNow(deps, KIT, { appId: appNamed(deps, input.app).id }) }),
    ),
    oktaCommand('generate-certificate', 'Generates a second signing certificate, inactive.', OfApp, async (input) => {
      const { id, isActive } = await generateCertificate(deps, KIT, { appId: appNamed(deps, input.app).id })
      return { kid: id, isActive }
    }),
    oktaCommand(
      'activate-certificate',
      'Signs with another certificate from now on: the one named, or the newest that is inactive.',
      z.strictObject({ kid: z.string().optional(), app }),
      async ({ kid, app: name }) => {
        const target = appNamed(deps, name)
        const record = await activateAppCertificate(deps, KIT, {
          appId: target.id,
          kid: kid ?? newestInactive(deps, target),
        })
        return { kid: record.id, isActive: record.isActive }
      },
    ),
    oktaCommand(
      'delete-certificate',
      'Removes a certificate that signs nothing.',
      z.strictObject({ kid: z.string(), app }),
      async ({ kid, app: name }) => ({
        deleted: (await deleteAppCertificate(deps, KIT, { appId: appNamed(deps, name).id, kid })).id,
      }),
    ),
  ]
}

function signOnPatch(before: OktaApp, change: Omit<z.output<typeof SignOn>, 'app'>): Partial<AppSignOn> {
  const { userNameFormat, customUserName, updateUserNameOn, singleLogout: typed, ...others } = change
  const rest = { ...others, singleLogout: singleLogoutAfter(before, typed) }
  const isName = userNameFormat !== undefined || customUserName !== undefined || updateUserNameOn !== undefined
  if (!isName) return given(rest)
  const { usernameTemplate: template } = before.signOn
  const format = userNameFormat ?? template.format
  const custom = format === 'custom' ? (customUserName ?? template.custom) : undefined
  const pushStatus =
    updateUserNameOn === undefined ? template.pushStatus : updateUserNameOn === 'create' ? 'DONT_PUSH' : 'PUSH'
  return {
    ...given(rest),
    usernameTemplate: { format, pushStatus, ...(custom === undefined ? {} : { custom }) },
  }
}

function singleLogoutAfter(
  { signOn }: OktaApp,
  typed: z.output<typeof SignOn>['singleLogout'],
): SingleLogout | undefined {
  if (typed === undefined) return undefined
  if (typed === null) return { ...(signOn.singleLogout ?? NO_SINGLE_LOGOUT), enabled: false }
  return { ...typed, enabled: true, certificate: pastedCertificate(typed.certificate) }
}

function newestInactive({ system }: SceneDeps, { id, label }: OktaApp): string {
  const newest = certificatesOf(system.store, id)
    .filter(({ isActive }) => !isActive)
    .toSorted((one, other) => one.createdAt.localeCompare(other.createdAt))
    .at(-1)
  if (newest !== undefined) return newest.id
  throw new Refusal('no_certificate', 409, `${label} has no inactive certificate.`, {
    hint: 'Make one with generate-certificate.',
  })
}
