import type { Marks } from '#scenarios/lessons/classroom.ts'
import { ONLY } from '#scenarios/lessons/progress/learning-records.ts'
import type { LearningStore } from '#scenarios/lessons/progress/open-learning.ts'
import type { Lab } from '../lab.ts'
import type { LabRecord } from './lab-records.ts'

export interface LabUnderWay {
  readonly labId: string
  readonly marks: Marks
}

/** How far somebody is with the labs: every change is in the store when its promise resolves. */
export interface LabProgress {
  of(lab: Lab): LabRecord | undefined
  /** Mended in the last attempt or in one before. */
  isDone(lab: Lab): boolean
  underWay(): LabUnderWay | undefined
  /** An attempt begins: what an earlier one left is forgotten, its done mark excepted. */
  begin(lab: Lab, marks: Marks): Promise<void>
  /** The lab under way goes on from other marks. */
  goOn(lab: Lab, marks: Marks): Promise<void>
  /** Nothing is under way any more. */
  leave(): Promise<void>
  showHint(lab: Lab): Promise<void>
  chooseWrongly(lab: Lab, cause: string): Promise<void>
  findCause(lab: Lab): Promise<void>
  showSolution(lab: Lab): Promise<void>
  markMendedForMe(lab: Lab): Promise<void>
  complete(lab: Lab): Promise<void>
  /** Forget every lab. */
  reset(): Promise<void>
}

/** Make the progress of labs in the store of what was learned. `wall`: real time, milliseconds. */
export function createLabProgress(store: LearningStore, wall: () => number): LabProgress {
  const nowIso = (): string => new Date(wall()).toISOString()
  const of = ({ id }: Lab): LabRecord | undefined => store.get('labs', id)

  async function change({ id }: Lab, next: (record: LabRecord) => LabRecord): Promise<void> {
    await store.transact((tx) => {
      const record = tx.get('labs', id)
      if (record !== undefined) tx.put('labs', id, next(record))
    })
  }

  async function goOn({ id }: Lab, marks: Marks): Promise<void> {
    await store.transact((tx) => tx.put('labUnderWay', ONLY, { labId: id, marks }))
  }

  return {
    of,
    isDone(lab) {
      const record = of(lab)
      return record?.mendedAt !== undefined || record?.mendedBefore !== undefined
    },
    underWay() {
      const record = store.get('labUnderWay', ONLY)
      return record && { labId: record.labId, marks: record.marks as Marks }
    },
    async begin(lab, marks) {
      const earlier = of(lab)
      const mendedBefore = earlier?.mendedAt ?? earlier?.mendedBefore
      await store.transact((tx) => {
        tx.put('labs', lab.id, {
          labId: lab.id,
          begunAt: nowIso(),
          hints: 0,
          wrongCauses: [],
          isCauseFound: false,
          isSolutionShown: false,
          isMendedForMe: false,
          ...(mendedBefore === undefined ? {} : { mendedBefore }),
        })
        tx.put('labUnderWay', ONLY, { labId: lab.id, marks })
      })
    },
    goOn,
    async leave() {
      await store.transact((tx) => tx.delete('labUnderWay', ONLY))
    },
    showHint: (lab) => change(lab, (record) => ({ ...record, hints: Math.min(record.hints + 1, lab.hints.length) })),
    chooseWrongly: (lab, cause) =>
      change(lab, (record) =>
        record.wrongCauses.includes(cause) ? record : { ...record, wrongCauses: [...record.wrongCauses, cause] },
      ),
    findCause: (lab) => change(lab, (record) => ({ ...record, isCauseFound: true })),
    showSolution: (lab) => change(lab, (record) => ({ ...record, isSolutionShown: true })),
    markMendedForMe: (lab) => change(lab, (record) => ({ ...record, isMendedForMe: true })),
    complete: (lab) =>
      change(lab, (record) => (record.mendedAt === undefined ? { ...record, mendedAt: nowIso() } : record)),
    async reset() {
      await store.transact((tx) => {
        for (const [id] of store.entries('labs')) tx.delete('labs', id)
        tx.delete('labUnderWay', ONLY)
      })
    },
  }
}
