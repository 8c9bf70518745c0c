import type { Keep } from '#scenarios/walkthroughs/walkthrough.ts'

/** An empty {@link Keep}, and the secrets it was told: what pictures must not show. */
export function createKeep(): { readonly keep: Keep; readonly secrets: readonly string[] } {
  const values = new Map<string, string>()
  const secrets: string[] = []
  return {
    secrets,
    keep: {
      set: (name, value) => void values.set(name, value),
      setSecret(name, value) {
        values.set(name, value)
        secrets.push(value)
      },
      get(name) {
        const value = values.get(name)
        if (value === undefined)
          throw new Error(`No step has kept "${name}" yet; kept: ${[...values.keys()].join(', ')}.`)
        return value
      },
    },
  }
}
