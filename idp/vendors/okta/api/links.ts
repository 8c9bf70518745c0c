/** Members of `_links`, in the two ways the real service writes them. */

export interface Link {
  readonly href: string
  /** Users: the method of an action. */
  readonly method?: string
  /** Elsewhere: which methods the address takes. */
  readonly hints?: { readonly allow: readonly string[] }
}

/** A plain link. */
export function link(href: string): Link {
  return { href }
}

/** An action of a user: `{href, method: 'post'}`. */
export function action(href: string): Link {
  return { href, method: 'post' }
}

/** A link of apps and groups, with the methods it takes. */
export function hinted(href: string, ...allow: readonly string[]): Link {
  return { href, hints: { allow } }
}
