import type { ControlClient } from '../control-client.ts'

/** Commands of one system: what each takes and answers, by name. */
export type Calls = Readonly<Record<string, { readonly input: unknown; readonly answer: object }>>

/** Members of an input that a text alone can stand for. */
type TextMember<I> = { [K in keyof I]-?: string extends I[K] ? K : never }[keyof I]

/** For each command the member of its input that is told first, as in `assign('Dialpad Users')`; null: the input is told as it is. */
export type MainMembers<C extends Calls> = { readonly [N in keyof C]: TextMember<C[N]['input']> | null }

/** `add-person` as a method: `addPerson`. */
type MethodName<N extends string> = N extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<MethodName<Tail>>}`
  : N

/** Nothing has to be told. */
type IsOptional<I> = Record<never, never> extends I ? true : false

type ByInput<I, A> = true extends IsOptional<I> ? (input?: I) => Promise<A> : (input: I) => Promise<A>

type ByMain<I, K extends keyof I, A> =
  true extends IsOptional<Omit<I, K>>
    ? (main: NonNullable<I[K]>, more?: Omit<I, K>) => Promise<A>
    : (main: NonNullable<I[K]>, more: Omit<I, K>) => Promise<A>

type Method<I, A, K> = K extends keyof I ? ByMain<I, K, A> & ByInput<I, A> : ByInput<I, A>

/** The commands of a system as methods. */
export type SceneMethods<C extends Calls, M extends MainMembers<C>> = {
  readonly [N in keyof C & string as MethodName<N>]: Method<C[N]['input'], C[N]['answer'], M[N]>
}

/** The name of the method that runs a command. */
export function methodName(command: string): string {
  return command.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
}

/** A method for each command the table names, over the control API of the system. */
export function createMethods<C extends Calls, M extends MainMembers<C>>(
  client: Pick<ControlClient, 'run'>,
  table: M,
): SceneMethods<C, M> {
  const methods = Object.entries(table).map(([command, main]) => {
    const run = (first: unknown = {}, more: object = {}): Promise<unknown> => {
      const isMain = main !== null && (typeof first !== 'object' || Array.isArray(first))
      return client.run(command, isMain ? { [String(main)]: first, ...more } : (first as object))
    }
    return [methodName(command), run] as const
  })
  // The table names every command, which its type ensures, and what each answers is the server's to keep.
  return Object.fromEntries(methods) as unknown as SceneMethods<C, M>
}
