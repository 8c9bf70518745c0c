import { setTimeout as rest } from 'node:timers/promises'
import { startDialpad, withPeople } from './dialpad-server.ts'
import { memoryOf } from './processes.ts'
import type { BenchOptions, Line, Row } from './row.ts'

/** The sandbox with many people: how long its start takes, and what it holds when nobody asks anything. */

const PEOPLE = 100_000
/** The collector has a moment to give back what the start used. */
const REST_MS = 5_000

export const MEMORY_ROW: Row = {
  name: 'memory',
  goal: 'Dialpad with 100,000 users: start under 3 s, at rest under 600 MB',
  async measure({ scratch, progress }: BenchOptions): Promise<readonly Line[]> {
    const dataDir = await withPeople(PEOPLE, scratch, progress)
    const begun = performance.now()
    const server = await startDialpad(dataDir)
    const seconds = (performance.now() - begun) / 1000
    try {
      const atStart = memoryOf(server.pid)
      await rest(REST_MS)
      return [
        { row: 'memory', at: '100,000 users', value: `${seconds.toFixed(2)} s`, note: 'start of Dialpad' },
        {
          row: 'memory',
          at: '100,000 users',
          value: `${memoryOf(server.pid).toFixed(0)} MB`,
          note: `PSS at rest; ${atStart.toFixed(0)} MB when it was up`,
        },
      ]
    } finally {
      await server.stop()
    }
  },
}
