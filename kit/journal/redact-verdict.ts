import type { JournalCheck, JournalVerdict } from '#kit/journal.ts'
import { redactJson, redactText } from './redact.ts'

/** A verdict without secrets: what it quotes of a message is treated like the message. Pure. */
export function redactVerdict({ header, claims, checks, ...verdict }: JournalVerdict): JournalVerdict {
  return {
    ...verdict,
    checks: checks.map(redactCheck),
    ...(header === undefined ? {} : { header: redactMembers(header) }),
    ...(claims === undefined ? {} : { claims: redactMembers(claims) }),
  }
}

function redactCheck({ found, expected, ...check }: JournalCheck): JournalCheck {
  return {
    ...check,
    ...(found === undefined ? {} : { found: redactText(found) }),
    ...(expected === undefined ? {} : { expected: redactText(expected) }),
  }
}

const redactMembers = (members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  redactJson(members) as Readonly<Record<string, unknown>>
