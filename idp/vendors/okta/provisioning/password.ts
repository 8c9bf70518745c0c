import { randomToken } from '#kit/secrets.ts'

/** A random password of that many letters and digits, holding an upper-case and a lower-case letter and a digit. */
export function randomPassword(length: number): string {
  const drawn = randomToken(length)
    .replaceAll(/[-_]/g, 'x')
    .slice(0, length - 3)
  return `${drawn}Aq7`
}

/** What a creation carries in place of a password (reference sheet 2.3). */
export const PLACEHOLDER_LENGTH = 8

/** "Sync a randomly generated password". */
export const GENERATED_LENGTH = 16
