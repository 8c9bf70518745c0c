import type { Vault } from '#kit/system/system.ts'
import { createKeep } from '#scenarios/runner/keep.ts'
import type { Keep } from '#scenarios/walkthroughs/walkthrough.ts'

/** What steps have kept, and which of it no message may show. */
export interface KeptValues {
  readonly keep: Keep
  readonly secrets: readonly string[]
}

interface Sealed {
  readonly values: readonly (readonly [name: string, value: string])[]
  readonly secrets: readonly string[]
}

/** As text that can be stored: secrets are among it, so all of it is sealed. */
export function sealKeep(vault: Vault, { keep, secrets }: KeptValues): string {
  const sealed: Sealed = { values: keep.entries(), secrets }
  return vault.seal(JSON.stringify(sealed))
}

/** What {@link sealKeep} sealed. @throws when it was sealed with another key. */
export function openKeep(vault: Vault, text: string): KeptValues {
  const { values, secrets } = JSON.parse(vault.open(text)) as Sealed
  const opened = createKeep()
  for (const [name, value] of values) {
    if (secrets.includes(value)) opened.keep.setSecret(name, value)
    else opened.keep.set(name, value)
  }
  return opened
}
