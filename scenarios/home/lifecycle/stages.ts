import type { SystemCardView } from '../pages/system-cards.tsx'

/** One number of the picture. `undefined`: the system does not say. */
export interface Stage {
  readonly label: string
  readonly value: number | undefined
}

/** The way of people from the directories to the product, as numbers. */
export interface LifecycleStages {
  readonly directories: readonly { readonly label: string; readonly stages: readonly Stage[] }[]
  readonly target: { readonly label: string; readonly stages: readonly Stage[] } | undefined
}

const DIRECTORY_STAGES = [
  ['People', 'In directory'],
  ['Assigned', 'Assigned'],
  ['Provisioned', 'Provisioned'],
] as const
const TARGET_STAGES = [
  ['Pending', 'Pending'],
  ['Suspended', 'Suspended'],
  ['Active', 'Live: can sign in'],
] as const

/** From the figures the systems give of themselves, which count and never walk anybody. Pure. */
export function stagesOf(systems: readonly Pick<SystemCardView, 'name' | 'label' | 'state'>[]): LifecycleStages {
  const stages = (
    { state }: Pick<SystemCardView, 'state'>,
    wanted: readonly (readonly [string, string])[],
    missing: number | undefined,
  ): readonly Stage[] =>
    wanted.map(([figure, label]) => {
      if (state.kind !== 'up') return { label, value: undefined }
      const value = state.figures.find((each) => each.label === figure)?.value
      return { label, value: typeof value === 'number' ? value : missing }
    })
  const target = systems.find(({ name }) => name === 'dialpad')
  return {
    directories: systems
      .filter(({ name }) => name === 'entra' || name === 'okta')
      .map((system) => ({ label: system.label, stages: stages(system, DIRECTORY_STAGES, undefined) })),
    // States in which nobody is are left out of its figures.
    target: target === undefined ? undefined : { label: target.label, stages: stages(target, TARGET_STAGES, 0) },
  }
}

/** The picture in a sentence for each system. */
export function wordsOf({ directories, target }: LifecycleStages): readonly string[] {
  return [...directories, ...(target === undefined ? [] : [target])].map(
    ({ label, stages }) =>
      `${label}: ${stages.map((stage) => `${stage.label.toLowerCase()} ${stage.value ?? 'not known'}`).join(', ')}.`,
  )
}
