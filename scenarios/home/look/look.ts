import { type Asset, assetBeside, uiAssets } from '#kit/ui/assets.ts'
import type { Look } from '#kit/ui/look.ts'

/** How the kit home looks: neutral, one accent, light and dark. */
export const homeLook: Look = {
  system: 'kit',
  product: 'Provisioning twin',
  mark: 'P',
  stylesheets: [
    '/_assets/kit-home/home.css',
    '/_assets/kit-home/lessons.css',
    '/_assets/kit-home/labs.css',
    '/_assets/kit-home/demo.css',
  ],
  classes: {},
}

/** Every file a page of this look refers to. */
export const homeAssets: readonly Asset[] = [
  ...uiAssets,
  assetBeside(import.meta.url, './home.css', '/_assets/kit-home/home.css'),
  assetBeside(import.meta.url, '../lessons/lessons.css', '/_assets/kit-home/lessons.css'),
  assetBeside(import.meta.url, '../labs/labs.css', '/_assets/kit-home/labs.css'),
  assetBeside(import.meta.url, '../demo/demo.css', '/_assets/kit-home/demo.css'),
  assetBeside(import.meta.url, '../lessons/lessons.js', '/_assets/kit-home/lessons.js'),
]
