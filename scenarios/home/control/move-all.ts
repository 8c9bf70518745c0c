import { setTimeout as wait } from 'node:timers/promises'
import type { ClockReading, RanItem } from '#kit/clock.ts'
import type { OperationState } from '#kit/control/operations.ts'
import { Refusal } from '#kit/http/errors.ts'
import { type ClockJourney, destinationOf } from '#kit/system/move-clock.ts'
import type { ClockAnswer, ClockCommand, SystemControl } from '#kit/system/system-control.ts'
import type { Neighbour } from '../neighbours.ts'

/** Steps without work and without progress after which a journey goes straight to its destination. */
const MOST_STALLS = 3

/** The clock of one system, wherever it runs. */
export interface ClockHolder {
  readonly name: string
  reading(): Promise<ClockReading>
  /** Resolves when all that fell due has run. @throws Refusal as `POST /_kit/clock` does. */
  move(command: ClockCommand): Promise<ClockAnswer>
}

/** Wall milliseconds between looks at work that takes a system longer than a minute. */
const LOOK_AGAIN_MS = 250
/** Clocks further apart than this after a journey, in virtual milliseconds, are brought together again. */
const TOLERATED_SPREAD_MS = 1_000

/** The clock of the system this process holds itself. */
export function ownClock(name: string, control: SystemControl): ClockHolder {
  return { name, reading: async () => control.clock(), move: control.moveClock }
}

/** The clock of a system behind its control API. */
export function clockOf({ name, client }: Neighbour): ClockHolder {
  return {
    name,
    reading: () => client.clock(),
    async move(command) {
      const answer = (await client.call('POST', '/clock', wireForm(command))) as ClockAnswer | { operation: string }
      return 'operation' in answer ? follow(answer.operation) : answer
    },
  }

  async function follow(operation: string): Promise<ClockAnswer> {
    for (;;) {
      const state = (await client.call('GET', `/operations/${operation}`)) as OperationState
      if (state.status === 'done') return state.result as ClockAnswer
      if (state.status === 'failed') {
        const { code, message, hint } = state.error
        throw new Refusal(code, 409, message, hint === undefined ? {} : { hint })
      }
      await wait(LOOK_AGAIN_MS)
    }
  }
}

function wireForm(command: ClockCommand): object {
  switch (command.kind) {
    case 'advance':
      return { advance: command.duration }
    case 'set':
      return { set: command.instant }
    case 'frozen':
      return { frozen: command.frozen }
    case 'rate':
      return { rate: command.rate }
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
const latestOf = (readings: readonly ClockReading[]): number => Math.max(...readings.map(({ now }) => Date.parse(now)))

/** The reading of the first, with what is due next in any of them. */
export async function readAll(holders: readonly ClockHolder[]): Promise<ClockReading> {
  const readings = await readingsOf(holders)
  const [own] = readings
  if (own === undefined) throw new Error('There is no clock to read.')
  const dues = readings.flatMap(({ nextDue }) => (nextDue === null ? [] : [nextDue])).sort()
  return { ...own, nextDue: dues[0] ?? null }
}

const readingsOf = (holders: readonly ClockHolder[]): Promise<ClockReading[]> =>
  Promise.all(holders.map((holder) => holder.reading()))

/**
 * Do to the clocks of all systems what `command` says, the first being the home's own.
 *
 * A journey goes in steps: to the earliest instant at which anything is due anywhere, everybody there, those who have nothing to do
 * first; then on, until all are at the destination. So no system runs ahead of work that another one still has to do.
 * It starts from the clock that is furthest ahead.
 *
 * @throws Refusal as the systems do; one that cannot be reached is found out before anything has moved.
 */
export async function moveAll(holders: readonly ClockHolder[], command: ClockCommand): Promise<ClockAnswer> {
  const before = await readingsOf(holders)
  switch (command.kind) {
    case 'frozen':
    case 'rate':
      // One after the other: what the first refuses, nobody has done.
      for (const holder of holders) await holder.move(command)
      return { ...(await readAll(holders)), ran: [] }
    case 'advance':
    case 'set': {
      const ran = await travel(holders, before, command)
      return { ...(await readAll(holders)), ran }
    }
  }
}

async function travel(
  holders: readonly ClockHolder[],
  before: readonly ClockReading[],
  command: ClockJourney,
): Promise<readonly RanItem[]> {
  const startMs = latestOf(before)
  const targetMs = destinationOf(command, startMs)
  const ran: RanItem[] = []
  let readings = before
  let atMs = startMs
  let stalls = 0
  for (;;) {
    const dueMs = readings.map(({ nextDue }) => (nextDue === null ? Number.POSITIVE_INFINITY : Date.parse(nextDue)))
    const stepMs = Math.min(Math.max(Math.min(...dueMs), atMs), targetMs)
    const [busy, idle] = [
      holders.filter((_, index) => (dueMs[index] ?? 0) <= stepMs),
      holders.filter((_, index) => (dueMs[index] ?? 0) > stepMs),
    ]
    // Work of one system calls the others, so they are there when it begins.
    const answers = await Promise.all(idle.map((holder) => bring(holder, stepMs)))
    for (const holder of busy) answers.push(await bring(holder, stepMs))
    const ranNow = answers.flatMap((answer) => answer.ran)
    ran.push(...ranNow)
    readings = await readingsOf(holders)
    if (stepMs === targetMs && (ranNow.length === 0 || !readings.some(({ nextDue }) => isDue(nextDue, targetMs)))) break
    // What stays due though its system has nothing to run must not hold up everybody else.
    stalls = ranNow.length === 0 && stepMs === atMs ? stalls + 1 : 0
    atMs = stalls < MOST_STALLS ? stepMs : targetMs
  }
  await bringTogether(holders, readings)
  return ran
}

const isDue = (nextDue: string | null, atMs: number): boolean => nextDue !== null && Date.parse(nextDue) <= atMs

async function bring(holder: ClockHolder, atMs: number): Promise<ClockAnswer> {
  try {
    return await holder.move({ kind: 'set', instant: iso(atMs) })
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'clock_backwards')) throw error
    // Left alone, clocks run: it is past that instant already. What is due is still waited for.
    return holder.move({ kind: 'advance', duration: 'PT0S' })
  }
}

/** Those who waited for others' work have fallen behind or run ahead by its duration. */
async function bringTogether(holders: readonly ClockHolder[], readings: readonly ClockReading[]): Promise<void> {
  const latestMs = latestOf(readings)
  const behind = holders.filter((_, index) => latestMs - Date.parse(readings[index]?.now ?? '') > TOLERATED_SPREAD_MS)
  await Promise.all(behind.map((holder) => bring(holder, latestMs)))
}
