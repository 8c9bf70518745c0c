import type { AppProvisioning, OktaApp } from '../../apps/records.ts'

/**
 * The API integration of an app as its default provisioning connection (reference sheet 6.3). The token is never shown. One that
 * was never saved has no scheme.
 */
export function connectionResource(
  origin: string,
  app: OktaApp & { readonly provisioning: AppProvisioning },
): Readonly<Record<string, unknown>> {
  const { enabled, sealedToken, dialect, baseUrl } = app.provisioning
  const authScheme = sealedToken === undefined ? 'UNKNOWN' : 'TOKEN'
  const self = `${origin}/api/v1/apps/${app.id}/connections/default`
  const lifecycle = enabled ? 'deactivate' : 'activate'
  return {
    authScheme,
    status: enabled ? 'ENABLED' : 'DISABLED',
    profile: { authScheme },
    ...(dialect === 'wizard' ? { baseUrl } : {}),
    _links: {
      self: { href: self, hints: { allow: ['POST'] } },
      [lifecycle]: { href: `${self}/lifecycle/${lifecycle}`, hints: { allow: ['POST'] } },
    },
  }
}
