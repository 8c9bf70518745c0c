/** The page asked for in a query, from 1; the first for anything unreadable. */
export function pageNumber(text: string): number {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1
}
