import type { Clock } from '#kit/clock.ts'
import type { AppSignOn, OktaApp } from '../apps/records.ts'
import type { OktaReader, OktaUser } from '../collections.ts'
import type { RefusalCause } from '../commands/refusal.ts'
import { previewExpression } from '../expression/evaluate.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import { addressProblem, entityProblem } from './address-problems.ts'
import { groupFilterProblem } from './group-filter.ts'
import { logoutProblems } from './single-logout.ts'

const LONGEST_NAME = 255
const LONGEST_EXPRESSION = 1000
/** Statements of either kind an app has at most. */
export const MOST_STATEMENTS = 30

const BLANK = 'This field cannot be left blank'

/**
 * What is wrong with a change of the Sign On tab, by field. An address and an entity id may be empty until they are known; which of
 * the two is which cannot be told, so that mixing them up shows at the service provider (reference sheet 8.2).
 */
export function signOnProblems(
  reader: OktaReader,
  clock: Clock,
  app: OktaApp,
  patch: Partial<AppSignOn>,
): readonly RefusalCause[] {
  const { acsUrl, spEntityId, attributeStatements = [], groupStatements = [] } = patch
  const causes: RefusalCause[] = []
  const add = (field: string, summary: string | undefined): void => {
    if (summary !== undefined) causes.push({ field, summary })
  }
  add('acsUrl', acsUrl === undefined ? undefined : addressProblem(acsUrl))
  add('spEntityId', spEntityId === undefined ? undefined : entityProblem(spEntityId))
  causes.push(...logoutProblems(app, patch.singleLogout))
  const names = [...attributeStatements, ...groupStatements].map(({ name }) => name)
  if (names.length > MOST_STATEMENTS) add('', `Use at most ${MOST_STATEMENTS} attributes.`)
  const nameProblem = (name: string): string | undefined => {
    if (name === '') return BLANK
    if (name.length > LONGEST_NAME) return `Use at most ${LONGEST_NAME} characters`
    return names.filter((each) => each === name).length > 1 ? 'Each attribute needs a name of its own' : undefined
  }
  const somebody = firstUser(reader)
  for (const [index, { name, expression }] of attributeStatements.entries()) {
    add(`name.${index}`, nameProblem(name))
    add(`value.${index}`, expressionProblem(expression, reader, clock, app, somebody))
  }
  for (const [index, { name, filter, value }] of groupStatements.entries()) {
    add(`groupName.${index}`, nameProblem(name))
    add(`groupValue.${index}`, groupFilterProblem(filter, value))
  }
  return causes
}

function firstUser(reader: OktaReader): OktaUser | undefined {
  for (const [, user] of reader.entries('users')) return user
  return undefined
}

/** Computed for somebody: unknown names show only then. */
function expressionProblem(
  expression: string,
  reader: OktaReader,
  clock: Clock,
  app: OktaApp,
  user: OktaUser | undefined,
): string | undefined {
  if (expression === '') return BLANK
  if (expression.length > LONGEST_EXPRESSION) return `Use at most ${LONGEST_EXPRESSION} characters`
  const scope = expressionScope(reader, clock, { app, ...(user === undefined ? {} : { user }) })
  const preview = previewExpression(expression, scope)
  return preview.ok ? undefined : preview.message
}
