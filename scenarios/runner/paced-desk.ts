import type { Desk } from '#scenarios/walkthroughs/walkthrough.ts'

/** The same desk, which waits for `before` each time it is about to do something. */
export function pacedDesk(desk: Desk, before: () => Promise<void>): Desk {
  return new Proxy(desk, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      return async (...args: readonly unknown[]): Promise<unknown> => {
        await before()
        return Reflect.apply(value, target, args)
      }
    },
  })
}
