import { ENTRA_HABITS } from './entra.ts'
import { OKTA_HABITS } from './okta.ts'
import type { Habit, LenientHabit } from './tolerated.ts'

/** Every client whose habits were gathered, by the name people know it by. */
export const DIALECTS: readonly { readonly client: string; readonly habits: readonly Habit[] }[] = [
  { client: 'Microsoft Entra', habits: ENTRA_HABITS },
  { client: 'Okta', habits: OKTA_HABITS },
]

/** Those that have a switch. */
export const LENIENT_HABITS: readonly LenientHabit[] = DIALECTS.flatMap(({ habits }) =>
  habits.filter((habit) => habit.kind === 'lenient'),
)
