/** How far somebody is with one lab, in the attempt they made last. */
export interface LabRecord {
  readonly labId: string
  /** Real time, ISO, as all times of these records. */
  readonly begunAt: string
  /** Hints looked at, 0 to 3. */
  readonly hints: number
  /** Causes that were chosen and were not it. */
  readonly wrongCauses: readonly string[]
  readonly isCauseFound: boolean
  /** Whether the solution was looked at. */
  readonly isSolutionShown: boolean
  /** Whether the kit was asked to mend it. */
  readonly isMendedForMe: boolean
  readonly mendedAt?: string
  /** When an earlier attempt was over: the done mark stays when a lab is begun again. */
  readonly mendedBefore?: string
}

/** The lab under way: one at a time, since all of them share the world. */
export interface LabUnderWayRecord {
  readonly labId: string
  /** How far the journals were when the world was broken, by system. */
  readonly marks: Readonly<Record<string, number>>
}
