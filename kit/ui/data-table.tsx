import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import { joinClasses, useClasses } from './look.ts'

export interface Column {
  /** Which cell of a row stands here. */
  readonly key: string
  readonly header: string
  /** Numbers go to the `end`. */
  readonly align?: 'start' | 'end' | undefined
  /** Ids, addresses, phone numbers. */
  readonly mono?: boolean | undefined
  /** Where a click on the header leads; absent where the product does not sort. */
  readonly sortHref?: string | undefined
  readonly sorted?: 'ascending' | 'descending' | undefined
  /** Keep the words for screen readers alone: a column of buttons. */
  readonly headerHidden?: boolean | undefined
  /** As narrow as its content. */
  readonly narrow?: boolean | undefined
}

export interface Row {
  readonly key: string
  /** Makes the first cell a link. */
  readonly href?: string | undefined
  readonly cells: Readonly<Record<string, ComponentChildren>>
  /** Who or what this row is, for its checkbox: `Ada Lovelace`. */
  readonly label?: string | undefined
  readonly checked?: boolean | undefined
}

export interface DataTableProps {
  /** Says what the table holds; read aloud, not shown. */
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** Shown instead of the table when there are no rows: an `EmptyState` that says what to do next. */
  readonly empty?: ComponentChildren
  /** A checkbox before each row, sent under this name with the row's key; `form` when the table is outside its form. */
  readonly select?: { readonly name: string; readonly form?: string | undefined } | undefined
}

/** A table that scrolls inside its own box, and stacks its cells under their headers on a narrow screen. */
export function DataTable(props: DataTableProps) {
  const classes = useClasses()
  if (props.rows.length === 0 && props.empty !== undefined) return <>{props.empty}</>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="k-table-box" aria-label={props.caption} tabIndex={0}>
      <table class={classes('k-table', 'table')}>
        <caption class="k-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {props.select && (
              <th scope="col" class="k-cell--check">
                <span class="k-hidden">Select</span>
              </th>
            )}
            {props.columns.map((column) => (
              <HeaderCell key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.key}>
              {props.select && (
                <td class="k-cell--check">
                  <input
                    type="checkbox"
                    class="k-checkbox"
                    name={props.select.name}
                    value={row.key}
                    checked={row.checked}
                    form={props.select.form}
                    aria-label={`Select ${row.label ?? row.key}`}
                  />
                </td>
              )}
              {props.columns.map((column, index) => (
                <BodyCell key={column.key} column={column} row={row} first={index === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function cellClass(column: Column): string {
  return joinClasses(
    'k-cell',
    column.align === 'end' && 'k-cell--end',
    column.mono && 'k-mono',
    column.narrow && 'k-cell--narrow',
  )
}

function HeaderCell({ column }: { readonly column: Column }) {
  const text = <span class={column.headerHidden ? 'k-hidden' : undefined}>{column.header}</span>
  return (
    <th scope="col" class={cellClass({ ...column, mono: false })} aria-sort={column.sorted}>
      {column.sortHref === undefined ? (
        text
      ) : (
        <a class="k-sort" href={column.sortHref}>
          {text}
          {column.sorted && (
            <span class={`k-sort__mark k-sort__mark--${column.sorted}`}>
              <Icon name="chevron-down" size={12} />
            </span>
          )}
        </a>
      )}
    </th>
  )
}

function BodyCell(props: { readonly column: Column; readonly row: Row; readonly first: boolean }) {
  const { column, row } = props
  const content = row.cells[column.key]
  if (!props.first) {
    return (
      <td class={cellClass(column)} data-label={column.headerHidden ? undefined : column.header}>
        {content}
      </td>
    )
  }
  return (
    <th scope="row" class={joinClasses(cellClass(column), 'k-cell--head')} data-label={column.header}>
      {row.href === undefined ? (
        content
      ) : (
        <a class="k-row-link" href={row.href}>
          {content}
        </a>
      )}
    </th>
  )
}
