import { reachKit } from '#scenarios/runner/reach-kit.ts'
import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'

/** The kit that was named, or one of its own on free ports. */
export async function kitFor(
  world: string,
  against: string | undefined,
): Promise<{ readonly kit: KitAccess; close(): Promise<void> }> {
  if (against !== undefined) return { kit: await reachKit(against), close: () => Promise.resolve() }
  const { startKit } = await import('#scenarios/library/start-kit.ts')
  const kit = await startKit({ world })
  return { kit, close: () => kit.close() }
}
