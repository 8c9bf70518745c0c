import { MOST_CLAUSES, type ScopingProblem } from '#idp/core/provisioning/scoping/check-filters.ts'
import type { ObjectMapping, ScopingClause, ScopingFilter, ScopingOperator } from '#idp/core/provisioning/types.ts'
import { scopingProblemsOf } from '../../../provisioning/check-scoping.ts'

/** What the editor of one scoping filter holds, right or wrong. */
export interface FilterValues {
  readonly title: string
  readonly clauses: readonly ClauseValues[]
}

export interface ClauseValues {
  readonly attribute: string
  /** Name of an operator, or whatever was sent instead. */
  readonly operator: string
  readonly value: string
}

/** The button pressed. `remove` names the clause, counted from 0. */
export type FilterAct =
  | { readonly kind: 'ok' }
  | { readonly kind: 'add' }
  | { readonly kind: 'remove'; readonly clause: number }

const NEW_CLAUSE: ClauseValues = { attribute: '', operator: '', value: '' }

/** The editor of a filter that does not exist yet: one clause to fill in. */
export const NEW_FILTER: FilterValues = { title: '', clauses: [NEW_CLAUSE] }

/** Name of a field of the editor: those of clauses carry its place. */
export function fieldName(field: ScopingProblem['field'], clause?: number): string {
  return clause === undefined ? field : `${field}${clause}`
}

function textIn(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined
  const value: unknown = (body as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : ''
}

/** The fields as sent; titles and names without blanks around them, values to the letter. */
export function readFilterValues(body: unknown): FilterValues {
  const clauses: ClauseValues[] = []
  for (let at = 0; at <= MOST_CLAUSES; at += 1) {
    const attribute = textIn(body, fieldName('attribute', at))
    if (attribute === undefined) break
    clauses.push({
      attribute: attribute.trim(),
      operator: textIn(body, fieldName('operator', at))?.trim() ?? '',
      value: textIn(body, fieldName('value', at)) ?? '',
    })
  }
  return { title: textIn(body, 'title')?.trim() ?? '', clauses }
}

/** Which button was pressed; OK when none was, as by the Enter key. */
export function readFilterAct(body: unknown): FilterAct {
  const act = textIn(body, 'act') ?? 'ok'
  if (act === 'add') return { kind: 'add' }
  const [, place] = /^remove:(\d{1,3})$/.exec(act) ?? []
  return place === undefined ? { kind: 'ok' } : { kind: 'remove', clause: Number(place) }
}

/** The editor with one clause more, or one less; the last one is emptied instead. */
export function withClauses(values: FilterValues, act: Exclude<FilterAct, { kind: 'ok' }>): FilterValues {
  const clauses =
    act.kind === 'add' ? [...values.clauses, NEW_CLAUSE] : values.clauses.filter((_, index) => index !== act.clause)
  return { ...values, clauses: clauses.length === 0 ? [NEW_CLAUSE] : clauses.slice(0, MOST_CLAUSES) }
}

export type FilterResult =
  | { readonly ok: true; readonly mapping: ObjectMapping }
  | {
      readonly ok: false
      /** By name of the field, see {@link fieldName}. */
      readonly problems: Readonly<Record<string, string>>
    }

/**
 * The mapping with this filter in the place of the one at `at`, or after the others when there is none.
 * Problems of other filters do not keep one from being put right.
 */
export function applyFilter(mapping: ObjectMapping, at: number | undefined, values: FilterValues): FilterResult {
  const filter: ScopingFilter = {
    title: values.title,
    // What is no operator is refused by the check, so that nothing else gets further.
    clauses: values.clauses.map(
      (clause): ScopingClause => ({ ...clause, operator: clause.operator as ScopingOperator }),
    ),
  }
  const others = mapping.scopingFilters.filter((_, index) => index !== at)
  // Last, so that a title taken by any other is this filter's problem.
  const judged = scopingProblemsOf({ ...mapping, scopingFilters: [...others, filter] })
  const problems: Record<string, string> = {}
  for (const { filter: place, field, clause, message } of judged) {
    if (place === others.length) problems[fieldName(field, clause)] ??= message
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  const scopingFilters =
    at === undefined
      ? [...mapping.scopingFilters, filter]
      : mapping.scopingFilters.map((each, index) => (index === at ? filter : each))
  return { ok: true, mapping: { ...mapping, scopingFilters } }
}
