import { randomInt } from 'node:crypto'
import { badValue } from '#idp/core/directory/refusal.ts'

const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/] as const

/**
 * The rule for passwords of cloud accounts: 8 to 256 characters, three of the four kinds lower case, upper case, digit, symbol.
 * @throws {DirectoryRefusal} `Request_BadRequest` on `password`; the message does not repeat what was typed.
 */
export function checkNewPassword(password: string): void {
  if (password.length < 8 || password.length > 256) {
    throw badValue('password', 'A password has 8 to 256 characters.')
  }
  if (CLASSES.filter((kind) => kind.test(password)).length < 3) {
    throw badValue(
      'password',
      'A password needs characters of three of these kinds: lower case, upper case, digits, symbols.',
    )
  }
}

const CONSONANTS = 'bcdfghjkmnpqrstvwxz'
const VOWELS = 'aeou'

/** A random password that is easy to read out: a capital and three letters, four digits, four letters. About 44 bits. */
export function generatePassword(): string {
  const pick = (letters: string): string => letters.charAt(randomInt(letters.length))
  const syllables = (count: number): string =>
    Array.from({ length: count }, () => pick(CONSONANTS) + pick(VOWELS)).join('')
  const head = syllables(2)
  const digits = String(randomInt(10_000)).padStart(4, '0')
  return `${head.charAt(0).toUpperCase()}${head.slice(1)}-${digits}-${syllables(2)}`
}
