/** What a password of Dialpad has to be. How strict the product is beyond its length is not published (FID-DIALPAD-PASSWORD-01). */

const PASSWORD_LEAST = 8
const PASSWORD_MOST = 1024

/** Passwords everybody tries first, long enough for {@link PASSWORD_LEAST}; compared without case. */
const FIRST_GUESSES: ReadonlySet<string> = new Set([
  'password',
  'password1',
  'password12',
  'password123',
  'passw0rd',
  'p@ssw0rd',
  'p@ssword',
  '12345678',
  '123456789',
  '1234567890',
  '87654321',
  '11111111',
  '00000000',
  'qwertyui',
  'qwertyuiop',
  'qwerty123',
  'asdfghjkl',
  '1q2w3e4r',
  '1qaz2wsx',
  'iloveyou',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'welcome1',
  'welcome123',
  'letmein1',
  'changeme',
  'changeme1',
  'abcd1234',
  'dialpad1',
  'dialpad123',
])

/**
 * What is wrong with a password somebody chooses; `undefined` when it will do.
 * @param about Their address and names, which are guessed first too.
 */
export function problemOfPassword(password: string, about: readonly string[]): string | undefined {
  if (password.length < PASSWORD_LEAST) return `Use at least ${PASSWORD_LEAST} characters`
  if (password.length > PASSWORD_MOST) return `Use at most ${PASSWORD_MOST} characters`
  const plain = password.trim().toLowerCase()
  if (new Set(plain).size < 3) return 'Use more than one or two different characters'
  if (FIRST_GUESSES.has(plain)) return 'This is one of the passwords everybody tries first'
  const own = about.flatMap((word) => [word, word.split('@')[0] ?? '']).map((word) => word.trim().toLowerCase())
  if (own.some((word) => word !== '' && plain === word)) return 'Your address or name is guessed first: choose another'
  return undefined
}
