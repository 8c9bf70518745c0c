import { DefinitionList } from '#kit/ui/definition-list.tsx'
import type { AadstsError } from '../aadsts.ts'

/** What support would ask for: the ids under which the sign-in logs have the error. */
export function ErrorIds({ error }: { readonly error: AadstsError }) {
  return (
    <DefinitionList
      items={[
        { term: 'Error code', value: `AADSTS${error.code}` },
        { term: 'Request Id', value: error.traceId },
        { term: 'Correlation Id', value: error.correlationId },
        { term: 'Timestamp', value: error.timestamp },
      ]}
    />
  )
}

/** The same, closed at first, below a step that goes on: what was wrong is told beside the field. */
export function TroubleshootingDetails({ error }: { readonly error: AadstsError | undefined }) {
  if (error === undefined) return null
  return (
    <details class="entra-trouble">
      <summary>Troubleshooting details</summary>
      <ErrorIds error={error} />
    </details>
  )
}
