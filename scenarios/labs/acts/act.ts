import type { KitAccess } from '#scenarios/runner/run-walkthrough.ts'

/**
 * One thing that is done to break or mend a world. Data that can be run: a lab lists what an administrator, time, a server in trouble or
 * somebody outside does. Nothing writes records past a product.
 */
export interface Act {
  readonly by: 'command' | 'key' | 'switch' | 'faults' | 'clock' | 'bill' | 'sign-in'
  /** What is done, in a few words: `entra set-scope`. */
  readonly does: string
  readonly run: (kit: KitAccess) => Promise<void>
}

/** Do them in order. @throws what a product refuses, with the act that was refused. */
export async function perform(kit: KitAccess, acts: readonly Act[]): Promise<void> {
  for (const act of acts) {
    try {
      await act.run(kit)
    } catch (error) {
      throw new Error(`${act.does}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
}
