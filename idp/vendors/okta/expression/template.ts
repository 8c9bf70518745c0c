import { ExpressionError, isAboutValues } from './error.ts'
import { evaluateExpression } from './evaluate.ts'
import { type ExpressionScope, textOf } from './values.ts'

const PLACEHOLDER = /\$\{([^}]*)\}/g

/**
 * A user name template: `${source.login}`, `${fn:substringBefore(source.login, "@")}`; functions of `fn:` are those of `String`.
 * A text without a placeholder is an expression.
 * @throws {ExpressionError} with the place in the template.
 */
export function evaluateTemplate(template: string, scope: ExpressionScope): string {
  if (!template.includes('${')) return textOf(evaluateExpression(template, scope))
  return template.replaceAll(PLACEHOLDER, (_whole, inner: string, offset: number) => {
    try {
      return textOf(evaluateExpression(inner.replaceAll('fn:', 'String.'), scope))
    } catch (error) {
      if (error instanceof ExpressionError) throw new ExpressionError(error.message, offset + 2 + error.position)
      throw error
    }
  })
}

/** What is wrong with a template whoever it is for, with its place; `undefined`: nothing. */
export function templateProblem(template: string, scope: ExpressionScope): string | undefined {
  try {
    evaluateTemplate(template, scope)
    return undefined
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return isAboutValues(error) ? undefined : `${error.message} (position ${error.position + 1})`
  }
}
