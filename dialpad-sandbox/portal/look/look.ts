import { type Asset, assetBeside, uiAssets } from '#kit/ui/assets.ts'
import type { Look } from '#kit/ui/look.ts'

/** How the portal looks: the shared parts wearing Dialtone classes, with a plain letter for a mark. */
export const dialpadLook: Look = {
  system: 'dialpad',
  product: 'Dialpad',
  mark: 'D',
  stylesheets: ['/_assets/dialpad/dialtone.css', '/_assets/dialpad/dialpad.css'],
  classes: {
    button: 'd-btn',
    'button-primary': 'd-btn--primary',
    'button-secondary': 'd-btn--outlined',
    'button-danger': 'd-btn--danger',
    'button-label': 'd-btn__label',
    label: 'd-label',
    input: 'd-input',
    textarea: 'd-textarea',
    select: 'd-select',
    'select-input': 'd-select__input',
    badge: 'd-badge',
    'badge-info': 'd-badge--info',
    'badge-success': 'd-badge--success',
    'badge-warning': 'd-badge--warning',
    'badge-danger': 'd-badge--critical',
    notice: 'd-notice',
    'notice-info': 'd-notice--info',
    'notice-success': 'd-notice--success',
    'notice-warning': 'd-notice--warning',
    'notice-danger': 'd-notice--error',
    'notice-title': 'd-notice__title',
    table: 'd-table',
  },
}

/** Every file a page of this look refers to. */
export const dialpadAssets: readonly Asset[] = [
  ...uiAssets,
  assetBeside(import.meta.url, './dialtone.css', '/_assets/dialpad/dialtone.css'),
  assetBeside(import.meta.url, './dialpad.css', '/_assets/dialpad/dialpad.css'),
]
