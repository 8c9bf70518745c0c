import type { Keep } from '#scenarios/walkthroughs/walkthrough.ts'

/** A {@link Keep} that begins with what `other` keeps, and the secrets it is told: what pictures must not show. */
export function createKeep(other?: Keep): { readonly keep: Keep; readonly secrets: readonly string[] } {
  const values = new Map(other?.entries())
  const secrets: string[] = []
  return {
    secrets,
    keep: {
      set: (name, value) => void values.set(name, value),
      setSecret(name, value) {
        values.set(name, value)
        secrets.push(value)
      },
      has: (name) => values.has(name),
      entries: () => [...values],
      get(name) {
        const value = values.get(name)
        if (value === undefined)
          throw new Error(`No step has kept "${name}" yet; kept: ${[...values.keys()].join(', ')}.`)
        return value
      },
    },
  }
}
