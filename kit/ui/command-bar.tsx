import { type Action, ActionItem, Menu } from './menu.tsx'

export type Command =
  | Action
  | { readonly kind: 'separator' }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly Action[] }

export interface CommandBarProps {
  /** Accessible name; `Commands` unless told. */
  readonly label?: string | undefined
  readonly items: readonly Command[]
}

/** The row of actions below a page title. What cannot be done now stays, greyed, and says why. */
export function CommandBar({ label = 'Commands', items }: CommandBarProps) {
  return (
    <fieldset class="k-commands" aria-label={label}>
      {items.map((item, index) => {
        switch (item.kind) {
          case 'separator':
            return <span key={`separator-${index}`} class="k-commands__separator" aria-hidden="true" />
          case 'menu':
            return <Menu key={item.label} label={item.label} items={item.items} kind="subtle" />
          default:
            return <ActionItem key={item.label} item={item} itemClass="k-command" />
        }
      })}
    </fieldset>
  )
}
