import type { Measured } from './load.ts'

/** Contenders in alternating runs, so that whatever else the machine does meets all of them. */

export interface Contender {
  readonly name: string
  run(seconds: number): Promise<Measured>
  /** Stop what still goes on: it would slow the others down. */
  withdraw(): Promise<void>
}

export interface Standing {
  /** Medians over the runs. */
  readonly perSecond: number
  readonly cpuMicros: number
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Until the compiler has done its work: a server of more code takes longer to be as fast as it gets. */
const WARM_UP_SECONDS = 4

/** A long run each to warm up, then `runs` rounds in turn. Who answers nothing in the first is out. */
export async function compete(
  contenders: readonly Contender[],
  runs: number,
  seconds: number,
): Promise<ReadonlyMap<string, Standing>> {
  const results = new Map<string, Measured[]>()
  const present: Contender[] = []
  for (const contender of contenders) {
    const first = await contender.run(WARM_UP_SECONDS)
    results.set(contender.name, first.perSecond > 0 ? [] : [first])
    if (first.perSecond > 0) present.push(contender)
    else await contender.withdraw()
  }
  for (let round = 0; round < runs; round += 1) {
    for (const { name, run } of present) results.get(name)?.push(await run(seconds))
  }
  return new Map(
    [...results].map(([name, measured]) => [
      name,
      {
        perSecond: medianOf(measured.map((each) => each.perSecond)),
        cpuMicros: medianOf(measured.map((each) => each.cpuMicros)),
      },
    ]),
  )
}
