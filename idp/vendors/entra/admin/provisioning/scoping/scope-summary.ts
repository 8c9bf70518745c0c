import type { ObjectMapping } from '#idp/core/provisioning/types.ts'

/** What Source Object Scope shows of a mapping: `All records`, or the titles of its scoping filters. */
export function scopeSummary({ scopingFilters }: Pick<ObjectMapping, 'scopingFilters'>): string {
  return scopingFilters.length === 0 ? 'All records' : scopingFilters.map(({ title }) => title).join(', ')
}
