import type { ComparedCollection, ComparedField } from '#kit/system/compare-states.ts'

/** `2 added, 1 changed; 3 not listed`. */
export function countWords({ added, removed, changed, timesOnly, more }: ComparedCollection): string {
  const counts = [
    [added, 'added'],
    [removed, 'removed'],
    [changed, 'changed'],
    [timesOnly, 'with other times alone'],
  ] as const
  const words = counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ')
  return more === 0 ? words : `${words}; ${more} not listed`
}

/** `Support Agent → Lead`, or that it is not told. */
export function fieldWords({ before, after, hidden }: ComparedField): string {
  return hidden ? 'changed, not shown' : `${sideText(before)} → ${sideText(after)}`
}

const sideText = (text: string | undefined): string => (text === undefined || text === '' ? '(none)' : text)
