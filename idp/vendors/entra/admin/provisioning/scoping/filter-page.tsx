import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { MOST_CLAUSES, scopingAttributes } from '#idp/core/provisioning/scoping/check-filters.ts'
import { SCOPING_OPERATORS } from '#idp/core/provisioning/scoping/operators.ts'
import type { ObjectMapping } from '#idp/core/provisioning/types.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns, Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { SOURCE_ATTRIBUTES } from '../../../provisioning/source-attributes.ts'
import type { AdminContext } from '../../context.ts'
import type { MappingKind } from '../mapping/mapping-draft.ts'
import { ProvisioningPage } from '../provisioning-page.tsx'
import { type FilterValues, fieldName } from './filter-form.ts'
import { filterHref, scopingHref } from './scoping-page.tsx'

export interface FilterView {
  readonly app: ServicePrincipal
  readonly kind: MappingKind
  readonly mapping: ObjectMapping
  /** Title of the filter in hand, as it was; `undefined` for a new one. */
  readonly edited: string | undefined
  readonly values: FilterValues
  /** By name of the field. */
  readonly problems: Readonly<Record<string, string>>
}

const UNARY = SCOPING_OPERATORS.filter(({ arity }) => arity === 'Unary').map(({ label }) => label)

/** Names to choose from, and the one in hand where it is not among them. */
function choices(known: readonly { readonly value: string; readonly label: string }[], current: string) {
  const isKnown = current === '' || known.some(({ value }) => value === current)
  return isKnown ? known : [...known, { value: current, label: current }]
}

/** The editor of one scoping filter. */
export function FilterPage({ context, view }: { readonly context: AdminContext; readonly view: FilterView }) {
  const { app, kind, edited, values, problems } = view
  const isFull = values.clauses.length >= MOST_CLAUSES
  return (
    <ProvisioningPage
      context={context}
      app={app}
      page="Attribute Mapping"
      step={edited === undefined ? 'Add scoping filter' : 'Edit scoping filter'}
      notices={
        Object.keys(problems).length > 0 && (
          <Notice tone="danger" title="The scoping filter was not taken over">
            {problems['clauses'] ?? 'See what is said beside the fields.'}
          </Notice>
        )
      }
    >
      <Form
        action={edited === undefined ? scopingHref(app.id, kind, 'new') : filterHref(app.id, kind, edited)}
        id="scoping-filter"
        noValidate
      >
        {/* The Enter key presses the first button of a form: OK, not the removal of a clause. */}
        <button type="submit" name="act" value="ok" hidden>
          OK
        </button>
        <p>
          {'All clauses must hold. Values are compared to the letter, '}
          <code>Sales</code>
          {' is not '}
          <code>sales</code>
          {'. A clause about an empty attribute does not hold, except IS NULL.'}
        </p>
        {values.clauses.map((_, index) => (
          <ClauseFields key={index} view={view} index={index} />
        ))}
        <div>
          <Button icon="add" name="act" value="add" disabled={isFull}>
            Add new filter clause
          </Button>
        </div>
        <TextField
          label="Scoping Filter Title"
          name="title"
          required
          value={values.title}
          problem={problems['title']}
          autocomplete="off"
        />
        <FormActions>
          <Button kind="primary" name="act" value="ok">
            OK
          </Button>
          <LinkButton href={scopingHref(app.id, kind)}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </ProvisioningPage>
  )
}

function ClauseFields({ view, index }: { readonly view: FilterView; readonly index: number }) {
  const { mapping, values, problems } = view
  const clause = values.clauses[index]
  if (clause === undefined) return null
  const attributes = scopingAttributes(SOURCE_ATTRIBUTES[mapping.sourceObjectName])
  const named = (field: 'attribute' | 'operator' | 'value') => {
    const name = fieldName(field, index)
    return { name, problem: problems[name], value: clause[field] }
  }
  const number = index + 1
  return (
    // Several clauses have fields of the same names: the group tells them apart.
    <fieldset aria-label={`Clause ${number}`}>
      <Card
        title={`Clause ${number}`}
        action={
          <Button kind="subtle" icon="delete" name="act" value={`remove:${index}`} label={`Remove clause ${number}`}>
            Remove
          </Button>
        }
      >
        <Columns min="narrow">
          <SelectField
            label="Attribute Name"
            {...named('attribute')}
            required
            emptyLabel="Select an attribute"
            options={choices(
              attributes.map(({ name }) => ({ value: name, label: name })),
              clause.attribute,
            )}
          />
          <SelectField
            label="Operator"
            {...named('operator')}
            required
            emptyLabel="Select an operator"
            options={choices(
              SCOPING_OPERATORS.map(({ name, label }) => ({ value: name, label })),
              clause.operator,
            )}
          />
          <TextField
            label="Attribute Value"
            {...named('value')}
            autocomplete="off"
            hint={<Quiet>{`Empty with ${UNARY.slice(0, -1).join(', ')} and ${UNARY.at(-1)}.`}</Quiet>}
          />
        </Columns>
      </Card>
    </fieldset>
  )
}
