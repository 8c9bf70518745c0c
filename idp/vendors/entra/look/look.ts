import { type Asset, assetBeside, uiAssets } from '#kit/ui/assets.ts'
import type { Look } from '#kit/ui/look.ts'

/** How the admin center looks: the shared parts on Fluent tokens, with a plain letter for a mark. */
export const entraLook: Look = {
  system: 'entra',
  product: 'Entra admin center',
  mark: 'E',
  stylesheets: ['/_assets/entra/tokens.css', '/_assets/entra/entra.css'],
  classes: {},
}

/** The same look under another name: an older edition of the portal. */
export function entraLookNamed({ product, mark }: Pick<Look, 'product' | 'mark'>): Look {
  return { ...entraLook, product, mark }
}

/** Every file a page of this look refers to. */
export const entraAssets: readonly Asset[] = [
  ...uiAssets,
  assetBeside(import.meta.url, './tokens.css', '/_assets/entra/tokens.css'),
  assetBeside(import.meta.url, './entra.css', '/_assets/entra/entra.css'),
]
