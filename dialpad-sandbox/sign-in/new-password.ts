import { z } from 'zod'
import { problemOfPassword } from '../domain/passwords.ts'

/** Field of a form in which somebody chooses a password. @param about What is known of them: address, names. */
export function newPassword(about: readonly string[]) {
  return z.string().superRefine((password, context) => {
    const problem = problemOfPassword(password, about)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })
}
