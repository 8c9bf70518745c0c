import { Option } from 'commander'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'
import { reachNamedKit } from './kit-address.ts'

/** What chooses between a kit that runs already and one of the command's own. */
export interface OwnOrNamedKit {
  readonly against?: string
  readonly ca?: string
  readonly tls?: true
}

/** `--tls`, for the kit of the command's own. */
export function tlsOption(): Option {
  return new Option('--tls', 'have that kit of its own on https').conflicts('against')
}

/** The kit that was named, or one of its own on free ports. */
export async function kitFor(
  world: string,
  { against, ca, tls }: OwnOrNamedKit,
): Promise<{ readonly kit: KitAccess; close(): Promise<void> }> {
  if (against !== undefined) {
    const kit = await reachNamedKit({ against, ...(ca === undefined ? {} : { ca }) })
    return { kit, close: () => Promise.resolve() }
  }
  const { startKit } = await import('#scenarios/library/start-kit.ts')
  const kit = await startKit({ world, tls: tls === true })
  return { kit, close: () => kit.close() }
}
