import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { Stack } from '#kit/ui/layout.tsx'
import { checkSamlSettings, readCertificate, updateSamlSettings } from '../commands/saml-settings.ts'
import { isSamlOnly, REAL_ORIGIN, SAML_PROVIDER_NAMES, samlAddresses, samlLoginUrl } from '../domain/saml.ts'
import { SAML_PROVIDERS, type SamlProvider, type SamlSettings } from '../records.ts'
import type { PageDeps } from '../sign-in/deps.ts'
import { SAML } from './addresses.ts'
import { ConfirmPage } from './confirm-page.tsx'
import { SamlPage } from './saml-page.tsx'
import { declined, statusOf, type Typed, untouched } from './typed.tsx'
import { type AdminRoutes, type AdminVisit, attempt } from './visit.ts'

const SamlForm = z.object({
  provider: z.enum(SAML_PROVIDERS, 'Choose a provider'),
  idpSsoUrl: z.string().trim().min(1, 'Enter the SSO URL of your identity provider').max(2048, 'This is too long'),
  idpEntityId: z.string().trim().min(1, 'Enter the entity ID of your identity provider').max(1024, 'This is too long'),
  certificate: z
    .string()
    .trim()
    .min(1, 'Paste the certificate of your identity provider')
    .max(16_384, 'This is too long'),
  preventOtherProviders: z.enum(['true']).optional(),
  confirmed: z.enum(['true']).optional(),
})

/** Company Settings > Authentication > SAML: settings that are kept for the SAML sign-in. */
export function mountSaml({ system }: PageDeps, routes: AdminRoutes): void {
  function show(visit: AdminVisit, provider: SamlProvider, typed: Typed): Promise<void> {
    const { saml, domains } = visit.company
    const domain = domains[0] ?? ''
    const local = samlAddresses(system.origin, provider, domain)
    const view = {
      provider,
      loginUrl: saml?.provider === provider ? samlLoginUrl(local) : undefined,
      real: samlAddresses(REAL_ORIGIN, provider, domain),
      local,
      isForced: isSamlOnly(visit.company),
      certificate: readCertificate(typed.values['certificate'] ?? ''),
      typed,
    }
    return visit.show((chrome) => <SamlPage chrome={chrome} view={view} />, statusOf(typed))
  }

  /** Whoever is wrong about the values locks everybody out, themselves included. */
  function askToPrevent({ company, show: showPage }: AdminVisit, settings: SamlSettings): Promise<void> {
    return showPage((chrome) => (
      <ConfirmPage
        chrome={chrome}
        current={SAML}
        title="Prevent other SSO providers"
        trail={[{ label: 'Authentication' }, { label: 'SAML', href: SAML }]}
        confirm={{
          title: 'Prevent users from logging in with other SSO providers?',
          subject: company.name,
          children: (
            <Stack gap="tight">
              <p>
                Everybody, Company Admins too, then logs in with SAML only. Passwords, Log in with Microsoft and
                invitations are refused. Who is logged in now stays logged in.
              </p>
              <p>
                If a value is wrong, everybody is locked out, and needs the recovery of the login page: try the Login
                Url in another browser first.
              </p>
            </Stack>
          ),
          action: `${SAML}/settings`,
          fields: { ...valuesOf(settings), provider: settings.provider, confirmed: 'true' },
          confirmLabel: 'Prevent and save',
          cancelHref: SAML,
        }}
      />
    ))
  }

  routes.get(SAML, (visit) => {
    const asked = SAML_PROVIDERS.find((provider) => provider === visit.query('provider'))
    const { saml } = visit.company
    return show(visit, asked ?? saml?.provider ?? 'google', untouched(saml === undefined ? {} : valuesOf(saml)))
  })

  routes.post(`${SAML}/settings`, async (visit) => {
    const form = parseForm(SamlForm, visit.req.body)
    if (!form.ok) {
      const provider = SAML_PROVIDERS.find((each) => each === form.values['provider']) ?? 'google'
      await show(visit, provider, form)
      return
    }
    const { confirmed, ...values } = form.value
    const settings: SamlSettings = { ...values, preventOtherProviders: values.preventOtherProviders === 'true' }
    if (settings.preventOtherProviders && !isSamlOnly(visit.company) && confirmed === undefined) {
      const checked = await attempt(async () => checkSamlSettings(settings))
      if (checked.ok) await askToPrevent(visit, settings)
      else await show(visit, settings.provider, declined(valuesOf(settings), checked.refusal))
      return
    }
    const saved = await attempt(() => updateSamlSettings(system, visit.actor, visit.company.id, settings))
    if (saved.ok) {
      await visit.done(SAML, `SAML settings for ${SAML_PROVIDER_NAMES[settings.provider]} are saved.`)
      return
    }
    await show(visit, settings.provider, declined(valuesOf(settings), saved.refusal))
  })
}

function valuesOf(saml: SamlSettings): Readonly<Record<string, string>> {
  const { idpSsoUrl, idpEntityId, certificate } = saml
  return { idpSsoUrl, idpEntityId, certificate, preventOtherProviders: String(saml.preventOtherProviders) }
}
