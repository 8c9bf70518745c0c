import { SYSTEM_ADDRESSES, type SystemName } from '#contract/addresses.ts'
import { createControlClient } from '#scenarios/library/control-client.ts'
import type { RunningKit } from '#scenarios/library/kit.ts'
import { createScene } from '#scenarios/library/scene/scene.ts'

/** Nobody answers where the kit should be, or something else does. */
export class KitUnreachable extends Error {
  override readonly name = 'KitUnreachable'
}

/**
 * A kit that runs elsewhere, by the address of its home: the other addresses are asked for.
 *
 * @example
 * const { scene } = await reachKit('http://localhost:4000')
 * await scene.entra.assign('Dialpad Users')
 *
 * @throws {KitUnreachable} when there is no kit home, or it does not know all systems.
 */
export async function reachKit(kitUrl: string): Promise<RunningKit> {
  const origin = originOf(kitUrl)
  const { urls } = await createControlClient(origin)
    .health()
    .catch((cause: unknown) => {
      throw new KitUnreachable(`No kit home answers at ${origin}. Start one with "npm start", or name its address.`, {
        cause,
      })
    })
  const missing = SYSTEM_ADDRESSES.find(({ name }) => urls?.[name] === undefined)
  if (missing !== undefined) {
    throw new KitUnreachable(`What answers at ${origin} is no kit home: it names no address for ${missing.name}.`)
  }
  const clients = SYSTEM_ADDRESSES.map(({ name }) => [name, createControlClient(urls[name] ?? '')] as const)
  const control = Object.fromEntries(clients) as Record<SystemName, (typeof clients)[number][1]>
  return { urls: urls as RunningKit['urls'], control, scene: createScene(control) }
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
