import type { SystemName } from '#contract/addresses.ts'
import type { LocalFetch } from '#kit/http/local-fetch.ts'
import type { Negative, ProviderName } from '#scenarios/negatives/negative.ts'
import type { KitControl, Scene } from './scene/scene.ts'

/** A kit that runs, here or elsewhere. */
export interface RunningKit {
  /** Public origins by system name, and `smtp`. */
  readonly urls: Readonly<Record<SystemName | 'smtp', string>>
  /** The control API of each system; `control.kit` acts on all. */
  readonly control: KitControl
  /** What the pages can do to set a scene, each in one call. */
  readonly scene: Scene
  /** What can go wrong with a sign-in, and what a correct application says to it. */
  readonly negatives: readonly Negative[]
  /**
   * Let the next sign-in at a provider go wrong in one way; the one after it is right again.
   *
   * @example
   * await kit.negative('oidc/wrong-audience', { from: 'entra' })
   *
   * @throws {UnknownNegative} for an id there is none of, and for a provider that cannot do it.
   */
  negative(id: string, options: { readonly from: ProviderName; readonly times?: number }): Promise<Negative>
  /** `fetch` for the addresses of this kit: it trusts the kit's own CA where they are https. */
  readonly fetch: LocalFetch
  /** Certificate of that CA, PEM; `undefined` where the kit is http, or nobody has named it. */
  readonly ca: string | undefined
}
