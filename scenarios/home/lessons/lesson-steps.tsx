import { Quiet } from '#kit/ui/layout.tsx'
import { ARTICLES } from '#scenarios/walkthroughs/articles.ts'
import type { Step } from '#scenarios/walkthroughs/walkthrough.ts'

/** The instructions in our words, each with its number, the labels to press, and where the source says it. */
export function LessonSteps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <section aria-label="What to do">
      <h2 class="lesson-heading">What to do</h2>
      <ol class="lesson-steps">
        {steps.map((step) => (
          <Instruction key={step.id} step={step} isOnly={steps.length === 1} />
        ))}
      </ol>
    </section>
  )
}

function Instruction({ step, isOnly }: { readonly step: Step; readonly isOnly: boolean }) {
  const { say, at, source, id, title } = step
  const article = ARTICLES[source.article]
  return (
    <li class="lesson-step">
      {!isOnly && <h3 class="lesson-step__title">{title}</h3>}
      <p>{say}</p>
      <p class="lesson-step__where">
        <Quiet>{at.page}</Quiet>
      </p>
      <ul class="lesson-labels" aria-label={`Labels of ${id}, in their order`}>
        {at.labels.map((label, index) => (
          <li key={index}>{label}</li>
        ))}
      </ul>
      <p class="lesson-step__source">
        <Quiet>
          Step <code class="k-mono">{id}</code>
          {source.also !== undefined && (
            <>
              {' '}
              (also <code class="k-mono">{source.also}</code>)
            </>
          )}
          , after{' '}
        </Quiet>
        <a href={article.url} target="_blank" rel="noopener">
          {article.title}
        </a>
        <Quiet>
          {' '}
          ({article.publisher}, {article.edition}), {source.section}
        </Quiet>
      </p>
    </li>
  )
}
