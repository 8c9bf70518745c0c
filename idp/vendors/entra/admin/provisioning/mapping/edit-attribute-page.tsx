import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { FlowType, ObjectMapping } from '#idp/core/provisioning/types.ts'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { SOURCE_ATTRIBUTES } from '../../../provisioning/source-attributes.ts'
import type { MappingKind } from './mapping-draft.ts'
import { APPLY_WORDS, mappingHref } from './mapping-page.tsx'
import { MAPPING_TYPES, type RowValues, rowIndexOf } from './row-form.ts'

export interface EditAttributeView {
  readonly app: ServicePrincipal
  readonly kind: MappingKind
  readonly mapping: ObjectMapping
  /** The target the row in hand writes; `undefined` for a new row. */
  readonly edited: string | undefined
  readonly values: Readonly<Record<keyof RowValues, string>>
  readonly problems: Readonly<Record<string, string>>
}

/** Where the pane of a row is. */
export function rowHref(appId: string, kind: MappingKind, edited: string | undefined): string {
  return edited === undefined
    ? mappingHref(appId, kind, 'new')
    : `${mappingHref(appId, kind, 'edit')}?${new URLSearchParams({ attribute: edited })}`
}

const FORM = 'edit-attribute'

const choices = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))

/** The names, and the one in hand where it is not among them. */
function withCurrent(names: readonly string[], current: string): readonly string[] {
  return current === '' || names.includes(current) ? names : [...names, current]
}

function applyChoices(current: string) {
  const flowTypes: readonly FlowType[] = ['Always', 'ObjectAddOnly']
  return [
    ...flowTypes.map((value) => ({ value, label: APPLY_WORDS[value] })),
    ...Object.entries(APPLY_WORDS)
      .filter(([value]) => value === current && !flowTypes.some((each) => each === value))
      .map(([value, label]) => ({ value, label })),
  ]
}

/** The pane *Edit Attribute*. Fields that another mapping type needs are hidden by the style sheet, and ignored. */
export function EditAttributePanel({ view }: { readonly view: EditAttributeView }) {
  const { app, kind, mapping, edited, values, problems } = view
  const close = mappingHref(app.id, kind)
  const sources = SOURCE_ATTRIBUTES[mapping.sourceObjectName].map(({ name }) => name)
  const targets = mapping.targetAttributes
    .filter(({ primaryKey, name }) => !primaryKey && (name === edited || rowIndexOf(mapping, name) === undefined))
    .map(({ name }) => name)
  return (
    <Panel
      title="Edit Attribute"
      subtitle={edited === undefined ? 'A new mapping' : undefined}
      closeHref={close}
      footer={
        <>
          <Button kind="primary" form={FORM} name="act" value="ok">
            Ok
          </Button>
          <LinkButton href={close}>Cancel</LinkButton>
        </>
      }
    >
      {problems[''] && <Notice tone="danger">{problems['']}</Notice>}
      <Form action={rowHref(app.id, kind, edited)} id={FORM} noValidate>
        {/* What Enter presses: the first button of a form. */}
        <button type="submit" class="k-hidden" name="act" value="ok" tabIndex={-1} aria-hidden="true" />
        <div class="entra-mapping-type">
          <SelectField
            label="Mapping type"
            name="mappingType"
            value={values.mappingType}
            problem={problems['mappingType']}
            options={choices(Object.keys(MAPPING_TYPES))}
          />
          <div class="entra-mapping-type__Direct">
            <SelectField
              label="Source attribute"
              name="sourceAttribute"
              value={values.sourceAttribute}
              problem={problems['sourceAttribute']}
              emptyLabel="Select an attribute"
              options={choices(withCurrent(sources, values.sourceAttribute))}
            />
          </div>
          <div class="entra-mapping-type__Expression">
            <TextField
              label="Expression"
              name="expression"
              multiline={4}
              mono
              value={values.expression}
              problem={problems['expression']}
              hint="A function of attributes in brackets: ToLower([mail])."
            />
            <FormActions>
              <Button name="act" value="test">
                Use the expression builder
              </Button>
            </FormActions>
          </div>
          <div class="entra-mapping-type__Constant">
            <TextField
              label="Constant Value"
              name="constant"
              value={values.constant}
              problem={problems['constant']}
              autocomplete="off"
            />
          </div>
        </div>
        <TextField
          label="Default value if null (optional)"
          name="defaultValue"
          value={values.defaultValue}
          problem={problems['defaultValue']}
          hint="Written when the object is created and the source gives nothing; never later."
          autocomplete="off"
        />
        <SelectField
          label="Target attribute"
          name="targetAttribute"
          value={values.targetAttribute}
          problem={problems['targetAttribute']}
          emptyLabel="Select an attribute"
          options={choices(withCurrent(targets, values.targetAttribute))}
        />
        <SelectField
          label="Match objects using this attribute"
          name="matching"
          value={values.matching}
          problem={problems['matching']}
          options={[
            { value: 'no', label: 'No' },
            { value: 'yes', label: 'Yes' },
          ]}
        />
        <TextField
          label="Matching precedence"
          name="precedence"
          type="number"
          min="1"
          value={values.precedence}
          problem={problems['precedence']}
          hint="Attributes are tried from 1 on, until one finds an object. Counts only where the attribute matches objects."
        />
        <RadioGroup
          label="Apply this mapping"
          name="apply"
          value={values.apply}
          problem={problems['apply']}
          options={applyChoices(values.apply)}
        />
      </Form>
    </Panel>
  )
}
