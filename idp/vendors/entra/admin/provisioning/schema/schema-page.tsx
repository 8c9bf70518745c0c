import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Card } from '#kit/ui/card.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { GraphSchemaProblem } from '../../../provisioning/graph-schema.ts'
import type { AdminContext } from '../../context.ts'
import { ProvisioningPage, provisioningHref } from '../provisioning-page.tsx'

export interface SchemaView {
  readonly app: ServicePrincipal
  /** The document in the box: as it is in use or in the draft, or as somebody typed it. */
  readonly text: string
  readonly hasUnsavedChanges: boolean
  /** Why what was typed is no schema; an empty path stands for the whole. */
  readonly problems: readonly GraphSchemaProblem[]
}

/** Problems shown at most: a broken document has one cause and many. */
const MOST_PROBLEMS = 5

const FORM = 'schema'

/** Schema editor: the mapping as the JSON of the graph API, to read, download, change and paste (reference 10.3). */
export function SchemaPage({ context, view }: { readonly context: AdminContext; readonly view: SchemaView }) {
  const { app, text, problems } = view
  const href = provisioningHref(app.id, 'schema')
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Attribute Mapping"
      step="Schema editor"
      commands={[
        { kind: 'submit', label: 'Save', icon: 'check', form: FORM },
        { kind: 'post', label: 'Discard', icon: 'close', action: `${href}/discard` },
        { kind: 'link', label: 'Download', icon: 'download', href: `${href}/download` },
        { kind: 'link', label: 'Attribute Mapping', icon: 'swap', href: provisioningHref(app.id, 'mapping') },
      ]}
      notices={
        problems.length > 0 ? (
          <Problems problems={problems} />
        ) : (
          view.hasUnsavedChanges && (
            <Notice tone="warning" role="status" title="There are unsaved changes">
              What is shown is not in use yet. Save puts it to use, Discard shows the schema in use.
            </Notice>
          )
        )
      }
    >
      <Form action={href} id={FORM} noValidate>
        <Card
          title="Schema"
          lead="The mappings of users and groups in one document. To import a downloaded file, replace the text by the file’s."
        >
          <div class="entra-code">
            <TextField
              label="Schema (JSON)"
              name="schema"
              multiline={28}
              mono
              value={text}
              problem={problems[0] && problemText(problems[0])}
            />
          </div>
        </Card>
      </Form>
    </ProvisioningPage>
  )
}

function problemText({ path, message }: GraphSchemaProblem): string {
  return path === '' ? message : `${path}: ${message}`
}

function Problems({ problems }: { readonly problems: SchemaView['problems'] }) {
  const shown = problems.slice(0, MOST_PROBLEMS).map(problemText)
  return (
    <Notice tone="danger" title="The schema is invalid, and nothing was changed">
      <div class="entra-changes">
        <ul>
          {shown.map((text) => (
            <li key={text} class="entra-address">
              {text}
            </li>
          ))}
        </ul>
        {problems.length > shown.length && <p>{`And ${problems.length - shown.length} more.`}</p>}
      </div>
    </Notice>
  )
}
