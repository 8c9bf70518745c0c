import { HiddenFields } from './form.tsx'
import { Icon } from './icon.tsx'
import { useClasses } from './look.ts'

export interface SearchFieldProps {
  /** Accessible name of the field: `Search users`. */
  readonly label: string
  readonly action: string
  /** Of the query; `q` unless told. */
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly placeholder?: string | undefined
  /** Other parts of the query that a search keeps. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  readonly id?: string | undefined
}

/** A search that asks the server (GET); Enter sends it. */
export function SearchField(props: SearchFieldProps) {
  const classes = useClasses()
  const name = props.name ?? 'q'
  const id = props.id ?? `search-${name}`
  return (
    <search aria-label={props.label}>
      <form method="get" action={props.action} class="k-search">
        <HiddenFields fields={props.fields} />
        <label class="k-hidden" for={id}>
          {props.label}
        </label>
        <Icon name="search" />
        <input
          type="search"
          id={id}
          name={name}
          value={props.value}
          placeholder={props.placeholder ?? props.label}
          autoComplete="off"
          class={classes('k-input k-search__input', 'input')}
        />
        <button type="submit" class="k-hidden">
          Search
        </button>
      </form>
    </search>
  )
}
