/** Longest address or name, in characters (SAML core §8.3.6). */
const LONGEST = 1024

/** What is wrong with an address answers go to; an empty one is right. */
export function addressProblem(text: string): string | undefined {
  if (text === '') return undefined
  if (text.length > LONGEST) return `Use at most ${LONGEST} characters`
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return 'Type a complete web address.'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'The address must not contain a user name or password.'
  return url.hash === '' ? undefined : 'The address must end before any #.'
}

/** What is wrong with the name of the other side. */
export function entityProblem(text: string): string | undefined {
  if (text.length > LONGEST) return `Use at most ${LONGEST} characters`
  return /\s/.test(text) ? 'An entity ID contains no spaces.' : undefined
}
