import { ExpressionError } from '../expression/error.ts'
import { evaluateTemplate } from '../expression/template.ts'
import type { ExpressionScope } from '../expression/values.ts'
import type { UsernameFormat, UsernameTemplate } from './records.ts'

/** The template behind each choice of "Application username format" (reference sheet 3.7). */
const TEMPLATES: Readonly<Record<Exclude<UsernameFormat, 'custom' | 'none'>, string>> = {
  'okta-username': 'source.login',
  'okta-username-prefix': 'String.substringBefore(source.login, "@")',
  email: 'source.email',
  'email-prefix': 'String.substringBefore(source.email, "@")',
}

/** The user name an app's format gives a person; empty with `none`, and where a custom format fails. */
export function userNameOf({ format, custom }: UsernameTemplate, scope: ExpressionScope): string {
  if (format === 'none') return ''
  try {
    return evaluateTemplate(format === 'custom' ? (custom ?? '') : TEMPLATES[format], scope)
  } catch (error) {
    if (error instanceof ExpressionError) return ''
    throw error
  }
}
