/** So many at a time: what a small server takes without limiting its clients. */
const BATCH = 8

/** Work through `items` a few at a time. @returns the answers in the order of the items. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const answers: R[] = []
  for (let start = 0; start < items.length; start += BATCH) {
    answers.push(...(await Promise.all(items.slice(start, start + BATCH).map(work))))
  }
  return answers
}
