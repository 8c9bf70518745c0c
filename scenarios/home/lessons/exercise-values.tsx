import { Copyable } from '#kit/ui/copyable.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import type { ExerciseValue } from '#scenarios/lessons/courses/exercise-values.ts'

/** What to type in this exercise, ready to be copied. Nothing where the instructions name all of it. */
export function ExerciseValues({ values }: { readonly values: readonly ExerciseValue[] }) {
  if (values.length === 0) return null
  return (
    <section aria-label="For this exercise">
      <h2 class="lesson-heading">For this exercise</h2>
      <ul class="lesson-values">
        {values.map(({ what, value }) => (
          <li key={`${what} ${value}`}>
            <Quiet>{what}</Quiet> <Copyable label={what} value={value} />
          </li>
        ))}
      </ul>
    </section>
  )
}
