import { type Asset, assetBeside, uiAssets } from '#kit/ui/assets.ts'
import type { Look } from '#kit/ui/look.ts'

/** How the org's pages look: the shared parts on Odyssey tokens, with a plain letter for a mark. */
export const oktaLook: Look = {
  system: 'okta',
  product: 'Okta',
  mark: 'O',
  stylesheets: ['/_assets/okta/tokens.css', '/_assets/okta/okta.css'],
  classes: {},
}

/** Every file a page of this look refers to. */
export const oktaAssets: readonly Asset[] = [
  ...uiAssets,
  assetBeside(import.meta.url, './tokens.css', '/_assets/okta/tokens.css'),
  assetBeside(import.meta.url, './okta.css', '/_assets/okta/okta.css'),
]
