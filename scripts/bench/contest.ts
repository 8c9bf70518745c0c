import type { Measured } from './load.ts'

/** Contenders in alternating runs, so that whatever else the machine does meets all of them. */

export interface Contender {
  readonly name: string
  run(): Promise<Measured>
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

/** One run each to warm up, then `runs` rounds in turn. Who answered nothing in a round is not asked again. */
export async function compete(contenders: readonly Contender[], runs: number): Promise<ReadonlyMap<string, Standing>> {
  const results = new Map<string, Measured[]>()
  for (const { name, run } of contenders)
    results.set(name, (await isAnswering(run())) ? [] : [{ perSecond: 0, cpuMicros: Number.NaN }])
  const out = new Set([...results].filter(([, measured]) => measured.length > 0).map(([name]) => name))
  for (let round = 0; round < runs; round += 1) {
    for (const { name, run } of contenders) {
      if (out.has(name)) continue
      results.get(name)?.push(await run())
    }
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

async function isAnswering(run: Promise<Measured>): Promise<boolean> {
  const { perSecond } = await run
  return perSecond > 0
}
