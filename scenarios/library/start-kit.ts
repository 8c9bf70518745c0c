import { SYSTEM_ADDRESSES, type SystemName } from '#contract/addresses.ts'
import { dialpadResidence } from '#dialpad/app.ts'
import { idpResidences } from '#idp/app.ts'
import { parseConfig } from '#kit/config.ts'
import { createLocalFetch } from '#kit/http/local-fetch.ts'
import { hostSystems } from '#kit/system/host-systems.ts'
import { packageVersion } from '#kit/system/run-process.ts'
import { homeResidence } from '#scenarios/home/app.tsx'
import { openMailPort } from '#scenarios/home/mail/mail-port.ts'
import { kitNegatives } from '#scenarios/negatives/kit-negatives.ts'
import { createControlClient, fetchTransport } from './control-client.ts'
import type { RunningKit } from './kit.ts'
import { createScene, type KitControl } from './scene/scene.ts'

export { NEGATIVES, UnknownNegative } from '#scenarios/negatives/catalogue.ts'
export type { Negative } from '#scenarios/negatives/negative.ts'
export { KitUnreachable, reachKit } from '#scenarios/runner/reach-kit.ts'
export { ControlRefusal } from './control-client.ts'
export type { RunningKit } from './kit.ts'
export { type ConnectedEntra, type ConnectedOkta, connectDialpad } from './scene/connect-dialpad.ts'
export type { Scene } from './scene/scene.ts'

export interface StartKitOptions {
  /** Default `brightwave`. */
  readonly world?: string
  /** Where to keep the stores. Default: nowhere, everything is gone with `close()`. */
  readonly dataDir?: string
  /** Ports by system name; default: any free one. */
  readonly ports?: Readonly<Partial<Record<SystemName | 'smtp', number>>>
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string
  /** All addresses are https, by certificates of the kit's own CA. */
  readonly tls?: boolean
}

export interface Kit extends RunningKit {
  /** File of {@link RunningKit.ca}, for programs that are told so: `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`. Without `dataDir` it goes with `close()`. */
  readonly caPath: string | undefined
  close(): Promise<void>
}

/**
 * Start everything in this process, on free ports unless told.
 *
 * @example
 * const kit = await startKit({ world: 'brightwave' })
 * await kit.fetch(`${kit.urls.dialpad}/scim/Users`, { headers: { authorization: `Bearer ${key}` } })
 * await kit.scene.entra.addApp()
 * await kit.scene.advance('PT40M')
 * await kit.close()
 *
 * @throws {ConfigInvalid} for a world or port that cannot be; {@link ListenFailed} when a port is taken.
 */
export async function startKit(options: StartKitOptions = {}): Promise<Kit> {
  const { ports = {}, world = 'brightwave', host = '127.0.0.1', dataDir, tls = false } = options
  const env: Record<string, string> = {
    HOST: host,
    WORLD: world,
    SMTP_PORT: String(ports.smtp ?? 0),
    KIT_TLS: tls ? '1' : '0',
  }
  for (const { name } of SYSTEM_ADDRESSES) env[`${name.toUpperCase()}_PORT`] = String(ports[name] ?? 0)
  if (dataDir !== undefined) env['DATA_DIR'] = dataDir
  const config = parseConfig(env, SYSTEM_ADDRESSES)

  const mail = await openMailPort({ host: config.host, port: config.smtpPort })
  try {
    const hosted = await hostSystems([...idpResidences(), dialpadResidence(), homeResidence(mail)], {
      config,
      version: packageVersion(),
      dataDir: dataDir === undefined ? null : config.dataDir,
      listening: { smtp: mail.port },
    })
    const urls = hosted.urls as Kit['urls']
    const ca = hosted.tls?.ca
    const fetch = createLocalFetch(ca)
    const control = controlOf(urls, fetch)
    return {
      urls,
      control,
      scene: createScene(control),
      ...kitNegatives(control),
      fetch,
      ca,
      caPath: hosted.tls?.caFile,
      async close() {
        await hosted.close()
        await mail.close()
      },
    }
  } catch (error) {
    await mail.close()
    throw error
  }
}

function controlOf(urls: Kit['urls'], fetch: Kit['fetch']): KitControl {
  const transport = fetchTransport(fetch)
  return {
    kit: createControlClient(urls.kit, transport),
    entra: createControlClient(urls.entra, transport),
    okta: createControlClient(urls.okta, transport),
    dialpad: createControlClient(urls.dialpad, transport),
  }
}
