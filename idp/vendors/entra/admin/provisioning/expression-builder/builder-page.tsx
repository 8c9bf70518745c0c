import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { EXPRESSION_FUNCTIONS, signatureOf } from '#idp/core/provisioning/expression/catalogue.ts'
import type { AttributeDefinition } from '#idp/core/provisioning/types.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { type Choice, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Form, FormActions, HiddenFields } from '#kit/ui/form.tsx'
import { CodeBlock, Columns, Disclosure, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { AdminContext } from '../../context.ts'
import type { MappingKind } from '../mapping/mapping-draft.ts'
import { ProvisioningPage } from '../provisioning-page.tsx'
import { builderHref } from './builder-href.ts'

/** What the fields of the builder hold. */
export interface BuilderValues {
  readonly function: string
  readonly attribute: string
  readonly suffix: string
  readonly expression: string
  readonly q: string
  /** Who the expression is tested with; empty: sample values. */
  readonly subjectId: string
}

/** What an expression came to. */
export type BuilderOutcome =
  | { readonly kind: 'value'; readonly text: string; readonly of: string }
  /** Null or an empty text: nothing flows. */
  | { readonly kind: 'nothing'; readonly of: string }
  | { readonly kind: 'error'; readonly position: number; readonly message: string }

export interface BuilderView {
  readonly app: ServicePrincipal
  readonly kind: MappingKind
  readonly isFromPane: boolean
  /** Where Cancel leads when it was opened from a pane. */
  readonly paneHref: string
  readonly attributes: readonly AttributeDefinition[]
  readonly values: BuilderValues
  readonly subjects: readonly Choice[]
  readonly hasMoreSubjects: boolean
  /** A field for each attribute the expression reads. */
  readonly samples: readonly { readonly name: string; readonly value: string; readonly isList: boolean }[]
  /** Values of the person tested with, of the attributes the expression reads. */
  readonly used: readonly { readonly name: string; readonly value: string }[]
  readonly outcome?: BuilderOutcome | undefined
  readonly problems: Readonly<Record<string, string>>
}

const FORM = 'expression-builder'

/** Name of the field with the sample value of an attribute. */
export const sampleField = (attribute: string): string => `sample.${attribute}`

/** Expression builder: put an expression together, and see what it comes to for somebody (reference 10.3). */
export function BuilderPage({ context, view }: { readonly context: AdminContext; readonly view: BuilderView }) {
  const { app, kind, isFromPane, paneHref, values, outcome } = view
  return (
    <ProvisioningPage context={context} app={app} page="Attribute Mapping" step="Expression builder">
      <Form action={builderHref(app.id, kind, isFromPane ? 'pane' : undefined)} id={FORM} noValidate layout="bare">
        {/* What Enter presses, the first button of a form: which field was meant is told by what changed. */}
        <button type="submit" class="k-hidden" name="act" value="enter" tabIndex={-1} aria-hidden="true" />
        <HiddenFields fields={{ searched: values.q }} />
        <div class="k-stack k-stack--loose">
          <Card
            title="Expression"
            lead="Select a function and an attribute, add them, and change the text as you need it."
          >
            <Parts view={view} />
            <div class="entra-code">
              <TextField
                label="Expression code"
                name="expression"
                multiline={5}
                mono
                value={values.expression}
                problem={outcome?.kind === 'error' ? atPosition(outcome) : view.problems['expression']}
                hint="Attributes stand in brackets, texts in double quotes. Functions are written with their capitals."
              />
            </div>
            {outcome?.kind === 'error' && values.expression !== '' && (
              <CodeBlock label="Place of the problem" text={pointAt(values.expression, outcome.position)} />
            )}
          </Card>
          <Card title="Test" lead="Nothing is saved or sent: the expression is worked out with the values of today.">
            <Subjects view={view} />
            {values.subjectId === '' && <Samples view={view} />}
            <FormActions>
              <Button kind="primary" name="act" value="test">
                Test expression
              </Button>
              {isFromPane && (
                <Button name="act" value="use">
                  Use this expression
                </Button>
              )}
              {isFromPane && <LinkButton href={paneHref}>Cancel</LinkButton>}
            </FormActions>
          </Card>
          {outcome && outcome.kind !== 'error' && <Output view={view} outcome={outcome} />}
        </div>
      </Form>
      <Disclosure title="Functions">
        <DataTable
          caption="Functions"
          columns={[
            { key: 'signature', header: 'Function', mono: true },
            { key: 'description', header: 'What it does' },
          ]}
          rows={EXPRESSION_FUNCTIONS.map((each) => ({
            key: each.name,
            cells: { signature: signatureOf(each), description: each.description },
          }))}
        />
      </Disclosure>
    </ProvisioningPage>
  )
}

function Parts({ view: { attributes, values, problems } }: { readonly view: BuilderView }) {
  return (
    <>
      <Columns min="narrow">
        <SelectField
          label="Select a function"
          name="function"
          value={values.function}
          problem={problems['function']}
          emptyLabel="Select a function"
          options={EXPRESSION_FUNCTIONS.map(({ name }) => ({ value: name, label: name }))}
        />
        <SelectField
          label="Select an attribute"
          name="attribute"
          value={values.attribute}
          problem={problems['attribute']}
          emptyLabel={values.expression === '' ? 'Select an attribute' : 'The expression below'}
          options={attributes.map(({ name }) => ({ value: name, label: name }))}
        />
        <TextField label="Suffix" name="suffix" value={values.suffix} autocomplete="off" problem={problems['suffix']} />
      </Columns>
      <FormActions>
        <Button icon="add" name="act" value="add">
          Add expression
        </Button>
      </FormActions>
    </>
  )
}

function Subjects({ view: { kind, values, subjects, hasMoreSubjects } }: { readonly view: BuilderView }) {
  const noun = kind === 'users' ? 'user' : 'group'
  return (
    <>
      <div class="entra-tester">
        <TextField
          label={`Search for a ${noun}`}
          name="q"
          value={values.q}
          placeholder={kind === 'users' ? 'Name, user principal name or mail' : 'Name'}
          autocomplete="off"
        />
        <Button icon="search" name="act" value="find">
          Search
        </Button>
      </div>
      <RadioGroup
        label="Test with"
        name="subjectId"
        value={values.subjectId}
        options={[{ value: '', label: 'Sample values' }, ...subjects]}
        hint={
          subjects.length === 0
            ? `No ${noun} was found. Search for the beginning of a name.`
            : hasMoreSubjects && 'There are more. Search for the beginning of a name.'
        }
      />
    </>
  )
}

function Samples({ view: { samples } }: { readonly view: BuilderView }) {
  if (samples.length === 0) {
    return <Quiet>A field for each attribute the expression reads is shown here when the expression is tested.</Quiet>
  }
  return (
    <fieldset class="k-fieldset k-stack">
      <legend class="k-label">Sample values</legend>
      <Columns min="narrow">
        {samples.map(({ name, value, isList }) => (
          <TextField
            key={name}
            label={name}
            name={sampleField(name)}
            value={value}
            autocomplete="off"
            {...(isList ? { multiline: 2, hint: 'One value on each line.' } : {})}
          />
        ))}
      </Columns>
    </fieldset>
  )
}

function Output(props: { readonly view: BuilderView; readonly outcome: Exclude<BuilderOutcome, { kind: 'error' }> }) {
  const { view, outcome } = props
  return (
    <Card title="View expression output" lead={outcome.of}>
      {outcome.kind === 'value' ? (
        <CodeBlock label="Expression output" text={outcome.text} />
      ) : (
        <Notice tone="info" role="status" title="The output is empty">
          Null never flows: the attribute is left out, and what the app holds stays as it is.
        </Notice>
      )}
      {view.used.length > 0 && (
        <DataTable
          caption="Values the expression read"
          columns={[
            { key: 'name', header: 'Attribute' },
            { key: 'value', header: 'Value' },
          ]}
          rows={view.used.map(({ name, value }) => ({
            key: name,
            cells: { name: <code>{name}</code>, value: value === '' ? <Quiet>null</Quiet> : value },
          }))}
        />
      )}
    </Card>
  )
}

/** `At character 8: …`, counted from 1 as people do. */
function atPosition({ position, message }: { readonly position: number; readonly message: string }): string {
  return `At character ${position + 1}: ${message}`
}

/** The line with the problem, and a mark below its place. */
function pointAt(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1
  const line = text.slice(start).split('\n')[0] ?? ''
  return `${line}\n${' '.repeat(Math.max(0, position - start))}^`
}
