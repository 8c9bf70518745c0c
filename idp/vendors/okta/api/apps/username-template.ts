import { z } from 'zod'
import type { UsernameFormat, UsernameTemplate } from '../../apps/records.ts'

/** `credentials.userNameTemplate` (reference sheet 3.7, 6.3): the choices of the Sign On tab as templates. */

const placeholder = (expression: string): string => `\${${expression}}`

const BUILT_IN: Readonly<Record<Exclude<UsernameFormat, 'custom' | 'none'>, string>> = {
  'okta-username': placeholder('source.login'),
  'okta-username-prefix': placeholder('fn:substringBefore(source.login, "@")'),
  email: placeholder('source.email'),
  'email-prefix': placeholder('fn:substringBefore(source.email, "@")'),
}

export interface UsernameTemplateResource {
  readonly template: string
  readonly type: 'BUILT_IN' | 'CUSTOM' | 'NONE'
  readonly pushStatus: 'PUSH' | 'DONT_PUSH'
}

/** The template as the API shows it. */
export function usernameTemplateResource({ format, custom, pushStatus }: UsernameTemplate): UsernameTemplateResource {
  if (format === 'none') return { template: '', type: 'NONE', pushStatus }
  if (format === 'custom') return { template: custom ?? '', type: 'CUSTOM', pushStatus }
  return { template: BUILT_IN[format], type: 'BUILT_IN', pushStatus }
}

const bare = (template: string): string => template.replaceAll(/\s+/g, '')

function builtInFormat(template: string): UsernameFormat | undefined {
  return (Object.keys(BUILT_IN) as (keyof typeof BUILT_IN)[]).find(
    (format) => bare(BUILT_IN[format]) === bare(template),
  )
}

/** As a caller sends it. Blanks inside a built-in template do not count; `userSuffix` belongs to apps this org has none of. */
export const UsernameTemplateInput = z
  .looseObject({
    template: z.string().trim().max(1024).default(''),
    type: z.enum(['BUILT_IN', 'CUSTOM', 'NONE']).default('BUILT_IN'),
    pushStatus: z.enum(['PUSH', 'DONT_PUSH']).nullish(),
    userSuffix: z.enum(['']).nullish(),
  })
  .transform(({ template, type, pushStatus }, context): UsernameTemplate => {
    const applied = { pushStatus: pushStatus ?? 'PUSH' } as const
    if (type === 'NONE') return { format: 'none', ...applied }
    const format = builtInFormat(template)
    if (type === 'BUILT_IN' && format !== undefined) return { format, ...applied }
    if (type === 'CUSTOM' && template !== '') return { format: 'custom', custom: template, ...applied }
    const message =
      type === 'CUSTOM' ? 'The field cannot be left blank' : `${template} is not one of the built-in templates.`
    context.addIssue({ code: 'custom', path: ['template'], message })
    return z.NEVER
  })
