/**
 * Why a new password is not taken, by the default password policy: eight characters, a lower and an upper case letter, a number,
 * no part of the user name. `undefined`: it is taken. Pure.
 */
export function passwordProblem(password: string, login: string): string | undefined {
  const isComplex =
    password.length >= 8 &&
    password.length <= 72 &&
    /\p{Ll}/u.test(password) &&
    /\p{Lu}/u.test(password) &&
    /\d/.test(password)
  const parts = login.toLowerCase().split(/[^\p{L}\d]+/u)
  const holdsName = parts.some((part) => part.length >= 4 && password.toLowerCase().includes(part))
  return isComplex && !holdsName
    ? undefined
    : 'Password requirements were not met. At least 8 characters, a lowercase letter, an uppercase letter, a number, no parts of your username.'
}
