import type { ScopingClause } from '../types.ts'
import { scopingOperatorOf } from './operators.ts'

/**
 * A clause as logs name it: `EU sellers.department EQUALS 'Sales'` (reference 4.4). Unary operators have no value to show.
 * Two clauses of one text mean the same.
 */
export function clauseText(title: string, { attribute, operator, value }: ScopingClause): string {
  const about = `${title}.${attribute} ${operator}`
  return scopingOperatorOf(operator)?.arity === 'Unary' ? about : `${about} '${value}'`
}
