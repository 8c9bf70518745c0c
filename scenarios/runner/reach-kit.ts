import { SYSTEM_ADDRESSES, type SystemName } from '#contract/addresses.ts'
import { createLocalFetch, type LocalFetch } from '#kit/http/local-fetch.ts'
import { createControlClient, fetchTransport } from '#scenarios/library/control-client.ts'
import type { RunningKit } from '#scenarios/library/kit.ts'
import { createScene } from '#scenarios/library/scene/scene.ts'
import { kitNegatives } from '#scenarios/negatives/kit-negatives.ts'

/** Nobody answers where the kit should be, or something else does. */
export class KitUnreachable extends Error {
  override readonly name = 'KitUnreachable'
}

/**
 * A kit that runs elsewhere, by the address of its home: the other addresses are asked for. `ca` is the certificate of its CA (the
 * text of its `ca.pem`), where it is https and the process was not told to trust it.
 *
 * @example
 * const { scene } = await reachKit('http://localhost:4000')
 * await scene.entra.assign('Dialpad Users')
 *
 * @throws {KitUnreachable} when there is no kit home, or it does not know all systems.
 */
export async function reachKit(kitUrl: string, { ca }: { readonly ca?: string | undefined } = {}): Promise<RunningKit> {
  const origin = originOf(kitUrl)
  const fetch = createLocalFetch(ca)
  const transport = fetchTransport(fetch)
  const { urls } = await createControlClient(origin, transport)
    .health()
    .catch(async (cause: unknown) => {
      throw new KitUnreachable(await unreachableWords(origin, cause, fetch), { cause })
    })
  const missing = SYSTEM_ADDRESSES.find(({ name }) => urls?.[name] === undefined)
  if (missing !== undefined) {
    throw new KitUnreachable(`What answers at ${origin} is no kit home: it names no address for ${missing.name}.`)
  }
  const clients = SYSTEM_ADDRESSES.map(({ name }) => [name, createControlClient(urls[name] ?? '', transport)] as const)
  const control = Object.fromEntries(clients) as Record<SystemName, (typeof clients)[number][1]>
  return {
    urls: urls as RunningKit['urls'],
    control,
    scene: createScene(control),
    ...kitNegatives(control),
    fetch,
    ca,
  }
}

/** Why there is no kit at `origin`, and what to do: it may well be there, and speak otherwise than it was spoken to. */
async function unreachableWords(origin: string, cause: unknown, fetch: LocalFetch): Promise<string> {
  const { protocol, host } = new URL(origin)
  if (protocol === 'https:' && isDistrusted(cause)) {
    return `The certificate of ${origin} is not trusted: name the kit's CA with --ca FILE (ca.pem in its DATA_DIR).`
  }
  if (protocol === 'http:') {
    const said = await fetch(origin).then(
      (answer) => answer.text(),
      () => '',
    )
    if (said.startsWith('This port speaks https'))
      return `The kit home at ${host} speaks https: name it https://${host}.`
  }
  return `No kit home answers at ${origin}. Start one with "npm start", or name its address.`
}

function isDistrusted(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /CERT|UNABLE_TO_(VERIFY|GET_ISSUER)/.test(code)
}

function originOf(kitUrl: string): string {
  try {
    return new URL(kitUrl).origin
  } catch (cause) {
    throw new KitUnreachable(`"${kitUrl}" is no address of a kit home; one looks like http://localhost:4000.`, {
      cause,
    })
  }
}
