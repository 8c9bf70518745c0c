/** First letters of the first and last word of a name, at most two. `?` when there is none. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  const letters = [first, last].map((word) => (word === undefined ? '' : (Array.from(word)[0] ?? '')))
  return letters.join('').toUpperCase() || '?'
}

/** One of six colours, the same for the same name. */
function colourOf(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sum % 6
}

export interface AvatarProps {
  readonly name: string
  readonly size?: 'small' | 'medium' | 'large' | undefined
}

/** A person's initials in a coloured circle. Decoration: the name stands beside it. */
export function Avatar({ name, size = 'small' }: AvatarProps) {
  return (
    <span class={`k-avatar k-avatar--${size} k-avatar--${colourOf(name)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

/** Initials and name in one line: the first cell of a table of people. */
export function Person({ name, detail }: { readonly name: string; readonly detail?: string | undefined }) {
  return (
    <span class="k-person">
      <Avatar name={name} />
      <span class="k-person__words">
        <span>{name}</span>
        {detail && <span class="k-person__detail">{detail}</span>}
      </span>
    </span>
  )
}
