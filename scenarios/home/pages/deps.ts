import type { Operations } from '#kit/control/operations.ts'
import type { System } from '#kit/system/system.ts'
import type { Demo } from '#scenarios/demo/demo.ts'
import type { AllSystems } from '../control/all-systems.ts'
import type { Laboratory } from '../labs/laboratory.ts'
import type { School } from '../lessons/school.ts'
import type { Neighbour } from '../neighbours.ts'
import type { HomeShape } from '../records.ts'
import type { JournalReader } from '../timeline/read-journals.ts'
import type { Visits } from './visits.ts'

/** What the pages of the home are made from. */
export interface HomeDeps {
  readonly system: System<HomeShape>
  readonly neighbours: readonly Neighbour[]
  readonly all: AllSystems
  readonly reader: JournalReader
  readonly operations: Operations
  readonly school: School
  readonly laboratory: Laboratory
  readonly demo: Demo
}

export interface PageDeps extends HomeDeps {
  readonly visits: Visits
}
