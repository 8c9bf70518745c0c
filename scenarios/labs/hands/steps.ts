import type { SystemName } from '#contract/addresses.ts'

/** What somebody does at the pages, control by control, by the labels they read. */
export type HandStep =
  /** Turn to a system, at its front page, signed in as an administrator. */
  | { readonly kind: 'turn'; readonly to: SystemName; readonly path?: string }
  | { readonly kind: 'press'; readonly label: string; readonly within?: string; readonly row?: string }
  | { readonly kind: 'fill'; readonly label: string; readonly text: string; readonly within?: string }
  | { readonly kind: 'choose'; readonly label: string; readonly option: string; readonly within?: string }
  | { readonly kind: 'tick'; readonly label: string; readonly on: boolean; readonly within?: string }
  | { readonly kind: 'enter' }
  | { readonly kind: 'see'; readonly text: string }
  /** Take down what a field holds, what a button copies or what a link downloads, for a later field. */
  | { readonly kind: 'note'; readonly label: string }
  | { readonly kind: 'copy'; readonly label: string }
  | { readonly kind: 'download'; readonly label: string }
  | { readonly kind: 'paste'; readonly label: string; readonly within?: string }

const place = (within: string | undefined) => (within === undefined ? {} : { within })

export const turnTo = (to: SystemName, path?: string): HandStep => ({
  kind: 'turn',
  to,
  ...(path === undefined ? {} : { path }),
})
export const press = (label: string, within?: string): HandStep => ({ kind: 'press', label, ...place(within) })
export const pressIn = (row: string, label: string): HandStep => ({ kind: 'press', label, row })
export const fill = (label: string, text: string, within?: string): HandStep => ({
  kind: 'fill',
  label,
  text,
  ...place(within),
})
export const choose = (label: string, option: string, within?: string): HandStep => ({
  kind: 'choose',
  label,
  option,
  ...place(within),
})
export const tick = (label: string, on = true, within?: string): HandStep => ({
  kind: 'tick',
  label,
  on,
  ...place(within),
})
export const enter: HandStep = { kind: 'enter' }
export const see = (text: string): HandStep => ({ kind: 'see', text })
export const note = (label: string): HandStep => ({ kind: 'note', label })
export const copy = (label: string): HandStep => ({ kind: 'copy', label })
export const download = (label: string): HandStep => ({ kind: 'download', label })
export const paste = (label: string, within?: string): HandStep => ({ kind: 'paste', label, ...place(within) })

/** Let time go by, with the form of the kit home. */
export const wait = (duration: string): readonly HandStep[] => [
  turnTo('kit'),
  press('Clock'),
  fill('Duration', duration),
  press('Advance'),
  see('in all systems'),
]
