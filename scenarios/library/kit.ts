import type { SystemName } from '#contract/addresses.ts'
import type { LocalFetch } from '#kit/http/local-fetch.ts'
import type { KitControl, Scene } from './scene/scene.ts'

/** A kit that runs, here or elsewhere. */
export interface RunningKit {
  /** Public origins by system name, and `smtp`. */
  readonly urls: Readonly<Record<SystemName | 'smtp', string>>
  /** The control API of each system; `control.kit` acts on all. */
  readonly control: KitControl
  /** What the pages can do to set a scene, each in one call. */
  readonly scene: Scene
  /** `fetch` for the addresses of this kit: it trusts the kit's own CA where they are https. */
  readonly fetch: LocalFetch
  /** Certificate of that CA, PEM; `undefined` where the kit is http, or nobody has named it. */
  readonly ca: string | undefined
}
