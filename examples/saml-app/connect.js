/** The app's name in Okta. */
export const LABEL = 'Expenses'

/**
 * Register the app in the Okta twin as the App Integration Wizard does, and tell what the app has to know of Okta.
 *
 * @param {import('provisioning-twin').RunningKit} kit started or reached
 * @param {{ baseUrl: string, entityId: string }} app
 * @returns {Promise<{ ssoUrl: string, issuer: string, certificate: string }>}
 */
export async function connectSamlApp({ scene: { okta } }, { baseUrl, entityId }) {
  await okta.addApp(LABEL, { catalog: 'custom' })
  const { ssoUrl, issuer, certificate } = await okta.editSignOn({
    app: LABEL,
    acsUrl: `${baseUrl}/acs`,
    spEntityId: entityId,
    userNameFormat: 'email',
    attributeStatements: [{ name: 'mail', expression: 'user.email' }],
  })
  return { ssoUrl, issuer, certificate }
}
