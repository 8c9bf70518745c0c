import { Refusal } from '#kit/http/errors.ts'
import type { System } from '#kit/system/system.ts'
import type { Explanation } from '#scenarios/explain/explain.ts'
import type { Lab } from '#scenarios/labs/lab.ts'
import { createLabProgress, type LabProgress } from '#scenarios/labs/progress/lab-progress.ts'
import type { Workshop } from '#scenarios/labs/progress/workshop.ts'
import type { OneWork } from '#scenarios/lessons/progress/one-work.ts'
import type { LearningStore } from '#scenarios/lessons/progress/open-learning.ts'
import { accessTo } from '../kit-access.ts'
import type { HomeShape } from '../records.ts'

/** What the pages of labs and of what is wrong are made from. Labs are loaded when somebody first asks: they take a second. */
export interface Laboratory {
  readonly progress: LabProgress
  labs(): Promise<readonly Lab[]>
  /** @throws Refusal `not_found` (404). */
  lab(id: string | undefined): Promise<Lab>
  /** @throws Refusal `systems_missing` (409) when the home does not know every system. */
  workshop(): Promise<Workshop>
  /** What is wrong in the running world; `undefined` when one of the systems does not answer. @throws as {@link workshop}. */
  explain(): Promise<Explanation | undefined>
}

export function createLaboratory(system: System<HomeShape>, learning: LearningStore, oneWork: OneWork): Laboratory {
  const progress = createLabProgress(learning, Date.now)
  let workshop: Promise<Workshop> | undefined

  async function openWorkshop(): Promise<Workshop> {
    const kit = accessTo(system, 'Labs')
    const { createWorkshop } = await import('#scenarios/labs/progress/workshop.ts')
    return createWorkshop({ kit, progress, oneWork })
  }

  return {
    progress,
    labs: async () => (await import('#scenarios/labs/catalogue.ts')).LABS,
    async lab(id) {
      const { findLab } = await import('#scenarios/labs/catalogue.ts')
      const lab = id === undefined ? undefined : findLab(id)
      if (lab !== undefined) return lab
      throw new Refusal('not_found', 404, `There is no lab ${id}.`, { hint: 'The page Labs lists those there are.' })
    },
    async workshop() {
      workshop ??= openWorkshop()
      return workshop.catch((error: unknown) => {
        workshop = undefined
        throw error
      })
    },
    async explain() {
      const { control } = accessTo(system, 'Explanations')
      const [{ explain }, { lookAtWorld }] = await Promise.all([
        import('#scenarios/explain/explain.ts'),
        import('#scenarios/explain/sight.ts'),
      ])
      try {
        return explain(await lookAtWorld(control))
      } catch (error) {
        // `fetch` says so when nobody answers.
        if (error instanceof TypeError && error.message === 'fetch failed') return undefined
        throw error
      }
    },
  }
}
