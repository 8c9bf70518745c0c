import type { ControlClient } from '#scenarios/library/control-client.ts'

/**
 * The same client, for one judgement: what it has read is not read again, so that the check and all mistakes are judged by the same
 * state and journal, and a page that asks every few seconds does not carry a whole state over for each of them.
 */
export function lookOnce(client: ControlClient): ControlClient {
  const read = new Map<string, Promise<unknown>>()
  const once = <T>(name: string, ask: () => Promise<T>): Promise<T> => {
    const answer = (read.get(name) as Promise<T> | undefined) ?? ask()
    read.set(name, answer)
    return answer
  }
  return {
    ...client,
    state: () => once('state', client.state),
    journal: (filter = {}) => once(JSON.stringify(filter), () => client.journal(filter)),
  }
}
