import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import * as client from 'openid-client'
import { type Browser, createBrowser, leftFor, type Page, pageOf, type Visit } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { connectDialpad, type Kit, startKit } from '#scenarios/library/start-kit.ts'
import type { ProviderName } from '#scenarios/negatives/negative.ts'

/** Both providers, Dialpad connected to them in every way, and applications by libraries of others: what negatives are tried on. */

const DOMAIN = 'brightwave.example'
/** An administrator everywhere: may consent, may connect Dialpad, has an account in each. */
const PERSON = `marta.silva@${DOMAIN}`

/** Nobody listens there: a test looks at what would be sent. */
const ACS = 'http://localhost:4999/acs'
const ENTITY_ID = 'https://expenses.example/saml'

/** Who refused: the library, or what the application adds to it. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly by: 'library' | 'application'
  constructor(by: 'library' | 'application', reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.by = by
  }
}

export interface NegativeStage {
  readonly kit: Kit
  /** Sign in to Dialpad by a protocol, in a browser of its own. */
  atDialpad(protocol: 'oidc' | 'saml', from: ProviderName): Promise<{ readonly page: Page; readonly browser: Browser }>
  /** Sign in to an application of one's own. @returns the name it read. @throws {Refused} */
  atApplication(protocol: 'oidc' | 'saml', from: ProviderName): Promise<string>
  close(): Promise<void>
}

export async function openNegativeStage(): Promise<NegativeStage> {
  const kit = await startKit()
  await connectDialpad(kit, { from: 'okta', assign: [PERSON] })
  const browsers = { entra: createBrowser(kit.urls.entra), okta: createBrowser(kit.urls.okta) }
  const services = { entra: await entraService(kit), okta: await oktaService(kit) }
  const tiles = { entra: await connectEntra(kit), okta: '' }
  const settings = { entra: tiles.entra.settings, okta: await connectOkta(kit) }
  const configs = { entra: await discoverEntra(kit), okta: await discoverOkta(kit) }
  let configured: ProviderName | undefined

  /** Address of the app on the dashboard: that of the catalog has the name it has there. */
  async function oktaTile(where: 'dialpad' | 'service'): Promise<string> {
    const { html, text } = pageOf(await enter(browsers.okta, '/'))
    const tiles = [...html.matchAll(/href="(\/home\/(\w+)\/[^"]+)"/g)]
    const tile = tiles.find(([, , name]) => (name === 'dialpad') === (where === 'dialpad'))
    if (tile?.[1] === undefined) throw new Error(`No tile of the ${where}: ${text}`)
    return tile[1]
  }

  async function samlForm(from: ProviderName, where: 'dialpad' | 'service') {
    const entraUrls = { dialpad: tiles.entra.userAccessUrl, service: services.entra.userAccessUrl }
    const address = from === 'entra' ? entraUrls[where] : await oktaTile(where)
    const page = pageOf(await enter(browsers[from], address))
    const form = page.form('')
    if (form === undefined) throw new Error(`${page.title}: ${page.text}`)
    return { action: form.action, fields: Object.fromEntries(form.fields) }
  }

  return {
    kit,
    close: () => kit.close(),

    async atDialpad(protocol, from) {
      const browser = createBrowser(kit.urls.dialpad)
      if (protocol === 'oidc') {
        const left = await enter(browsers.entra, (await browser.leave('/login/microsoft')).href)
        return { page: await browser.go(leftFor(left)), browser }
      }
      if (configured !== from) await kit.scene.dialpad.setSaml(settings[from])
      configured = from
      const { action, fields } = await samlForm(from, 'dialpad')
      return { page: pageOf(await browser.post(action, fields, { origin: kit.urls[from] })), browser }
    },

    async atApplication(protocol, from) {
      if (protocol === 'oidc') return signInByCode(configs[from], browsers[from])
      const { fields } = await samlForm(from, 'service')
      return services[from].receive(fields)
    },
  }
}

/** Through whatever a provider shows, to where it sends the browser or to the page that posts. */
async function enter(browser: Browser, address: string): Promise<Visit> {
  let visit = await browser.visit(address)
  const steps: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['/email', { email: PERSON }],
    ['/login/identify', { username: PERSON }],
    ['/password', { password: TRAINING_PASSWORD }],
    ['/login/verify', { password: TRAINING_PASSWORD }],
    ['/stay', { stay: 'no' }],
    ['/consent', { decision: 'accept' }],
  ]
  for (const [action, typed] of steps) {
    if (visit.kind === 'left') return visit
    if (visit.form(action) !== undefined) visit = await browser.send(visit, action, typed)
  }
  return visit
}

interface OidcApp {
  readonly config: client.Configuration
  readonly redirectUri: string
}

/** openid-client, told to look at signatures, too. */
async function discover(issuer: string, clientId: string, secret: string, redirectUri: string): Promise<OidcApp> {
  const config = await client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretPost(secret), {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  })
  return { config, redirectUri }
}

function discoverEntra({ urls }: Kit): Promise<OidcApp> {
  const { appId, secret } = SAMPLE_WEB_APP
  return discover(`${urls.entra}/${TENANT_ID}/v2.0`, appId, secret, 'http://localhost:39211/callback')
}

async function discoverOkta({ urls, control }: Kit): Promise<OidcApp> {
  const apps = Object.entries((await control.okta.state()).collections['apps'] ?? {})
  const [clientId] = apps.find(([, app]) => (app as { readonly label?: string }).label === 'Sample web app') ?? []
  if (clientId === undefined) throw new Error('Okta has no sample web app.')
  return discover(`${urls.okta}/oauth2/default`, clientId, SAMPLE_WEB_APP.secret, 'http://localhost:8080/callback')
}

/** An authorization code with PKCE, state and nonce, kept by the application for this one sign-in. */
async function signInByCode({ config, redirectUri }: OidcApp, browser: Browser): Promise<string> {
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  const callback = leftFor(await enter(browser, url.href))
  try {
    const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true }
    const tokens = await client.authorizationCodeGrant(config, callback, checks)
    return String(tokens.claims()?.['preferred_username'])
  } catch (error) {
    throw new Refused('library', reasonsOf(error).join(': '), { cause: error })
  }
}

/** What an error and its causes say; the library says the claim in its cause. */
function reasonsOf(error: unknown): readonly string[] {
  if (error instanceof client.ResponseBodyError) return [error.error, error.error_description ?? '']
  if (!(error instanceof Error)) return []
  const { message, cause } = error
  const claim = typeof cause === 'object' && cause !== null && 'claim' in cause ? [String(cause.claim)] : []
  return [message, ...claim, ...reasonsOf(cause)]
}

interface SamlService {
  /** @returns the name it read. @throws {Refused} */
  receive(fields: Readonly<Record<string, string>>): Promise<string>
}

interface Expected {
  readonly certificate: string
  readonly issuer: string
}

/** node-saml as strict as its options make it, and what it leaves to the application. */
function createService({ certificate, issuer }: Expected): SamlService {
  const saml = new SAML({
    idpCert: certificate,
    issuer: ENTITY_ID,
    audience: ENTITY_ID,
    callbackUrl: ACS,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.ifPresent,
  })
  const used = new Set<string>()
  return {
    async receive({ SAMLResponse = '' }) {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse }).catch((cause: Error) => {
        throw new Refused('library', cause.message, { cause })
      })
      const assertion = profile?.getAssertionXml?.() ?? ''
      const answer = Buffer.from(SAMLResponse, 'base64').toString()
      const [, id = ''] = /<saml2:Assertion [^>]*\bID="([^"]*)"/.exec(assertion) ?? []
      const addresses = [/Recipient="([^"]*)"/.exec(assertion)?.[1], /Destination="([^"]*)"/.exec(answer)?.[1]]
      if (profile?.issuer !== issuer) throw new Refused('application', `issuer ${profile?.issuer}`)
      if (addresses.some((address) => address !== ACS)) throw new Refused('application', `address ${addresses}`)
      if (used.has(id)) throw new Refused('application', 'used before')
      used.add(id)
      return profile.nameID
    },
  }
}

async function entraService({ scene }: Kit) {
  const made = await scene.entra.addSamlApp({ name: 'Expenses', identifier: ENTITY_ID, replyUrl: ACS })
  const { userAccessUrl, entraIdentifier: issuer, certificate = '' } = made
  return { userAccessUrl, ...createService({ certificate: certificate ?? '', issuer }) }
}

async function oktaService({ scene }: Kit): Promise<SamlService> {
  await scene.okta.addApp('Expenses', { catalog: 'custom' })
  const made = await scene.okta.editSignOn({ app: 'Expenses', acsUrl: ACS, spEntityId: ENTITY_ID })
  await scene.okta.assignPerson(PERSON, { app: 'Expenses' })
  return createService(made)
}

/** Dialpad by the SAML Toolkit, provider Custom. */
async function connectEntra({ scene }: Kit) {
  const app = await scene.entra.addSamlApp({
    name: 'Dialpad SAML',
    identifier: `https://dialpad.com/api/saml/metadata/custom/${DOMAIN}`,
    replyUrl: `https://dialpad.com/saml/sso/custom/${DOMAIN}`,
    claims: { FirstName: 'user.givenname', LastName: 'user.surname', Email: 'user.mail' },
  })
  const { loginUrl, entraIdentifier, certificate, userAccessUrl } = app
  const provider = 'custom' as const
  const settings = { provider, idpSsoUrl: loginUrl, idpEntityId: entraIdentifier, certificate: certificate ?? '' }
  return { userAccessUrl, settings }
}

async function connectOkta({ scene }: Kit) {
  const { ssoUrl, issuer, certificate } = await scene.okta.editSignOn({
    acsUrl: `https://dialpad.com/saml/sso/okta/${DOMAIN}`,
    spEntityId: `https://dialpad.com/api/saml/metadata/okta/${DOMAIN}`,
    userNameFormat: 'email',
  })
  return { provider: 'okta' as const, idpSsoUrl: ssoUrl, idpEntityId: issuer, certificate }
}
