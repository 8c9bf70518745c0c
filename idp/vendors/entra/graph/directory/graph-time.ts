/** An instant of the directory as Graph writes it: seconds, UTC. */
export function graphTime(iso: string): string
export function graphTime(iso: string | undefined): string | null
export function graphTime(iso: string | undefined): string | null {
  return iso === undefined ? null : `${iso.slice(0, 19)}Z`
}
