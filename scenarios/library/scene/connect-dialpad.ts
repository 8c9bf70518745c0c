import { ControlRefusal } from '../control-client.ts'
import type { IssuedKey, Scene } from './scene.ts'

/** What Dialpad's article has administrators enter as Tenant URL; the kit takes it to its own Dialpad. */
const TENANT_URL = 'https://dialpad.com/scim'

export interface ConnectFromEntra {
  readonly from: 'entra'
  /** People by principal name, groups by display name. */
  readonly assign?: readonly string[]
  /** Start provisioning and wait for the end of the first cycle; true unless told. */
  readonly start?: boolean
}

export interface ConnectFromOkta {
  readonly from: 'okta'
  /** People by login, which has an `@`; groups by name. */
  readonly assign?: readonly string[]
  /** Switch the features of To App on, and wait until everybody assigned is provisioned; true unless told. */
  readonly start?: boolean
  /** Set up sign-in by SAML on both sides, too. */
  readonly saml?: boolean
}

export interface ConnectedEntra {
  readonly appId: string
  readonly jobId: string
  /** The key Entra sends. */
  readonly apiKey: IssuedKey
  /** How the first cycle ended; absent without a start. */
  readonly firstCycle?: { readonly ended: string; readonly summary: string }
}

export interface ConnectedOkta {
  readonly appId: string
  /** The key Okta sends. */
  readonly apiKey: IssuedKey
  /** What the queue came to; absent without a start. */
  readonly firstJobs?: { readonly waiting: number; readonly summary: string }
}

/**
 * Everything between two systems that do not know each other and people who are provisioned: a key of Dialpad, the app, its
 * credentials and settings, the assignments, the first sync, which has ended when this returns. An app that is there already, not
 * connected, is used. When a step is refused the key is revoked again; the app stays.
 *
 * @example
 * const { jobId, apiKey } = await connectDialpad(kit, { from: 'entra', assign: ['Dialpad Users'] })
 *
 * @throws {ControlRefusal} what the product refuses: an unknown name to assign, an app that is configured already.
 */
export async function connectDialpad(kit: WithScene, options: ConnectFromEntra): Promise<ConnectedEntra>
export async function connectDialpad(kit: WithScene, options: ConnectFromOkta): Promise<ConnectedOkta>
export async function connectDialpad(
  { scene }: WithScene,
  options: ConnectFromEntra | ConnectFromOkta,
): Promise<ConnectedEntra | ConnectedOkta> {
  const apiKey = await scene.issueKey(options.from === 'entra' ? 'Microsoft Entra ID' : 'Okta')
  try {
    return options.from === 'entra'
      ? await connectEntra(scene, apiKey, options)
      : await connectOkta(scene, apiKey, options)
  } catch (error) {
    await scene.dialpad.revokeKey({ name: apiKey.id })
    throw error
  }
}

/** A kit, started or reached. */
export interface WithScene {
  readonly scene: Scene
}

async function connectEntra(
  { entra }: Scene,
  apiKey: IssuedKey,
  { assign = [], start = true }: ConnectFromEntra,
): Promise<ConnectedEntra> {
  await unlessThere('ObjectConflict', entra.addApp())
  const { appId, jobId } = await entra.configureProvisioning({ tenantUrl: TENANT_URL, token: apiKey.secret })
  if (assign.length > 0) await entra.assign({ principal: [...assign] })
  if (!start) return { appId, jobId, apiKey }
  await entra.startProvisioning()
  const { ended, summary } = await entra.runCycle()
  return { appId, jobId, apiKey, firstCycle: { ended, summary } }
}

async function connectOkta(
  { okta, dialpad }: Scene,
  apiKey: IssuedKey,
  { assign = [], start = true, saml = false }: ConnectFromOkta,
): Promise<ConnectedOkta> {
  await unlessThere('E0000040', okta.addApp())
  const { ssoUrl, issuer, certificate } = await okta.editSignOn({ userNameFormat: 'email' })
  if (saml) {
    const sp = await dialpad.setSaml({ provider: 'okta', idpSsoUrl: ssoUrl, idpEntityId: issuer, certificate })
    await okta.editSignOn({ acsUrl: sp.acs, spEntityId: sp.entityId })
  }
  const { appId } = await okta.connect(apiKey.secret)
  if (start) {
    await okta.setToApp({ createUsers: true, updateAttributes: true, deactivateUsers: true, syncPassword: true })
  }
  for (const name of assign) await (name.includes('@') ? okta.assignPerson(name) : okta.assignGroup(name))
  if (!start) return { appId, apiKey }
  const { waiting, summary } = await okta.runJobs()
  return { appId, apiKey, firstJobs: { waiting, summary } }
}

/** The refusal of something that is there already is as good as its making. */
async function unlessThere(code: string, made: Promise<unknown>): Promise<void> {
  try {
    await made
  } catch (error) {
    if (!(error instanceof ControlRefusal) || error.code !== code) throw error
  }
}
