import { Avatar } from './avatar.tsx'
import { Form } from './form.tsx'
import { Icon } from './icon.tsx'
import { type Action, ActionItem } from './menu.tsx'

/** Who is signed in, and how they leave. */
export interface Account {
  readonly name: string
  /** E-mail or sign-in name. */
  readonly detail: string
  /** Organisation or tenant, shown below the e-mail. */
  readonly organisation?: string | undefined
  /** Posted to sign out. */
  readonly signOutAction: string
  /** The product's words: `Sign out`, `Log out`. */
  readonly signOutLabel: string
  /** Other entries: View account, Settings. */
  readonly links?: readonly Action[] | undefined
}

/** The menu at the right of the top bar. Its button names the person. */
export function AccountMenu({ account }: { readonly account: Account }) {
  return (
    <details class="k-menu k-account">
      <summary class="k-account__button">
        <span class="k-account__name">{`Account of ${account.name}`}</span>
        <span class="k-account__words">
          <span class="k-account__detail">{account.detail}</span>
          {account.organisation && <span class="k-account__organisation">{account.organisation}</span>}
        </span>
        <Avatar name={account.name} size="medium" />
      </summary>
      <div class="k-menu__list k-menu__list--end k-account__panel">
        <div class="k-account__who">
          <Avatar name={account.name} size="large" />
          <span class="k-person__words">
            <strong>{account.name}</strong>
            <span class="k-person__detail">{account.detail}</span>
          </span>
        </div>
        {account.links && (
          <ul class="k-account__links">
            {account.links.map((item) => (
              <li key={item.label}>
                <ActionItem item={item} itemClass="k-menu__item" />
              </li>
            ))}
          </ul>
        )}
        <Form action={account.signOutAction} layout="bare">
          <button type="submit" class="k-menu__item k-account__out">
            <Icon name="sign-out" />
            <span>{account.signOutLabel}</span>
          </button>
        </Form>
      </div>
    </details>
  )
}
