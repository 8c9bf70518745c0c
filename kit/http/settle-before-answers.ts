import { ServerResponse } from 'node:http'
import type { Express } from 'express'

/**
 * Let no answer of the app leave before everything it may have seen has reached the kernel: transactions of one turn are written
 * together, and a read between them and their write would tell what a kill could still take back.
 */
export function settleBeforeAnswers(app: Express, store: { settle(): void }): void {
  for (const name of ['write', 'end'] as const) {
    const send: (...args: never[]) => unknown = ServerResponse.prototype[name]
    Object.defineProperty(app.response, name, {
      configurable: true,
      writable: true,
      value(this: ServerResponse, ...args: never[]): unknown {
        store.settle()
        return Reflect.apply(send, this, args)
      },
    })
  }
}
