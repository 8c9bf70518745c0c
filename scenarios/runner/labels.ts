/** How a label is compared with what a page says: without case, blanks folded, marks around it (`+`, `*`, `:`) not counted. */

const MARKS = '[^\\p{L}\\p{N}]*'

const fold = (label: string): string => label.trim().replace(/\s+/g, ' ')

/** Matches a name that is `label`, marks and blanks around it aside. A count behind it (`Users 12`) is no part of a name. */
export function namePattern(label: string): RegExp {
  const core = fold(label)
    .replace(new RegExp(`^${MARKS}`, 'u'), '')
    .replace(new RegExp(`${MARKS}$`, 'u'), '')
  const words = core.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s+')
  return new RegExp(`^${MARKS}${words}${MARKS}$`, 'iu')
}

/**
 * The first of `labels` that was not met, given what was met in order; `undefined` when all were, in their order. A label may
 * be met more often than named, and others may lie between.
 */
export function firstUnmet(labels: readonly string[], met: readonly string[]): string | undefined {
  let from = 0
  for (const label of labels) {
    const pattern = namePattern(label)
    const at = met.findIndex((each, index) => index >= from && pattern.test(fold(each)))
    if (at < 0) return label
    from = at + 1
  }
  return undefined
}
