/**
 * Under which keys a name is filed so that a search by its beginning need not read everything: the first three letters of
 * each word, and the first nine of words that long (addresses whose beginnings are all alike).
 */

const SHORT = 3
const LONG = 9

/** Lower case, without accents, single spaces. */
export function foldText(text: string): string {
  const lowered = text.toLowerCase()
  // Plain ASCII, nearly always, needs no decomposition.
  const plain = /^[ -~]*$/.test(lowered) ? lowered : lowered.normalize('NFD').replace(/\p{M}/gu, '')
  return plain.trim().replace(/\s+/g, ' ')
}

/** Index keys of a record known by these names; each once. */
export function prefixKeys(tenantId: string, names: readonly string[]): readonly string[] {
  const keys = new Set<string>()
  for (const name of names) {
    for (const word of foldText(name).split(' ')) {
      if (word.length >= SHORT) keys.add(`${tenantId}/${word.slice(0, SHORT)}`)
      if (word.length >= LONG) keys.add(`${tenantId}/${word.slice(0, LONG)}`)
    }
  }
  return [...keys]
}

/** The key to look under for names with a word beginning as `text` does; `undefined` when its first word is too short. */
export function prefixKey(tenantId: string, text: string): string | undefined {
  const [word = ''] = text.split(' ')
  if (word.length < SHORT) return undefined
  return `${tenantId}/${word.slice(0, word.length >= LONG ? LONG : SHORT)}`
}
