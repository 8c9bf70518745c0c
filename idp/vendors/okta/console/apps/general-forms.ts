import { z } from 'zod'
import { type FormResult, parseForm } from '#kit/http/forms.ts'
import { DEFAULT_GENERAL, type OktaApp, VPN_NOTICES } from '../../apps/records.ts'
import type { AppSettings } from '../../commands/apps.ts'
import type { GeneralSection } from './general-page.tsx'

/** The forms of the General tab (reference sheet 1.4), section by section. */

const box = z
  .literal('true')
  .optional()
  .transform((value) => value === 'true')

/** The boxes of "Application visibility" and "Browser plugin auto-submit". */
export const VISIBILITY_FORM = { hideWeb: box, hideMobile: box, autoSubmit: box } as const

const LONG = 'Use at most 2000 characters'
const address = z.string().trim().max(1024, 'Use at most 1024 characters').default('')

const SettingsForm = z.strictObject({
  label: z.string().trim(),
  ...VISIBILITY_FORM,
  notesForUsers: z.string().trim().max(2000, LONG).default(''),
  notesForAdmins: z.string().trim().max(2000, LONG).default(''),
})
const VpnForm = z.strictObject({
  vpnNotice: z.enum(VPN_NOTICES),
  vpnMessage: z.string().trim().max(200, 'Use at most 200 characters').default(''),
  vpnUrl: address,
})
const EmbedForm = z.strictObject({ errorRedirectUrl: address })
const SelfServiceForm = z.strictObject({ selfService: box })

/** The values of a parsed form as texts, to be shown again. */
export function texts(value: Readonly<Record<string, string | boolean>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]))
}

/** What the fields of the tab hold, all sections together. */
export function generalTexts(app: OktaApp): Readonly<Record<string, string>> {
  const { label, notesForUsers, notesForAdmins, visibility } = app
  const { vpn, errorRedirectUrl, selfService } = app.general ?? DEFAULT_GENERAL
  const ofVpn = { vpnNotice: vpn.notice, vpnMessage: vpn.message, vpnUrl: vpn.url }
  return texts({ label, notesForUsers, notesForAdmins, ...visibility, ...ofVpn, errorRedirectUrl, selfService })
}

interface GeneralEdit {
  /** What the command is asked to change. */
  readonly patch: Omit<AppSettings, 'appId'>
  readonly texts: Readonly<Record<string, string>>
}

function edited<T extends Readonly<Record<string, string | boolean>>>(
  form: FormResult<T>,
  patchOf: (value: T) => GeneralEdit['patch'],
): FormResult<GeneralEdit> {
  return form.ok ? { ok: true, value: { patch: patchOf(form.value), texts: texts(form.value) } } : form
}

/** Read the form of one section. */
export function readGeneral(section: GeneralSection, body: unknown): FormResult<GeneralEdit> {
  switch (section) {
    case 'settings':
      return edited(parseForm(SettingsForm, body), ({ label, notesForUsers, notesForAdmins, ...visibility }) => ({
        label,
        visibility,
        notesForUsers,
        notesForAdmins,
      }))
    case 'vpn':
      return edited(parseForm(VpnForm, body), ({ vpnNotice: notice, vpnMessage: message, vpnUrl: url }) => ({
        general: { vpn: { notice, message, url } },
      }))
    case 'embed':
      return edited(parseForm(EmbedForm, body), (general) => ({ general }))
    case 'self-service':
      return edited(parseForm(SelfServiceForm, body), (general) => ({ general }))
  }
}
