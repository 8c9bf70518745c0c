import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import {
  type AttributeStatement,
  GROUP_FILTERS,
  type GroupStatement,
  NAME_FORMATS,
  type OktaApp,
} from '../../../apps/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem } from '../../form-view.tsx'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'
import { SPARE_ROWS, type TypedAttributes } from './attributes-form.ts'
import { GROUP_FILTER_LABELS, NAME_FORMAT_LABELS } from './labels.ts'

type Problems = Readonly<Record<string, string>>

const FORMATS = NAME_FORMATS.map((value) => ({ value, label: NAME_FORMAT_LABELS[value] }))
const FILTERS = GROUP_FILTERS.map((value) => ({ value, label: GROUP_FILTER_LABELS[value] }))

function withSpares<T>(rows: readonly T[]): readonly (T | undefined)[] {
  return [...rows, ...Array.from({ length: SPARE_ROWS }, () => undefined)]
}

/** Attributes (Optional): a row for each statement and two to spare; a row that is emptied goes. */
export function AttributesPage(props: {
  readonly context: ConsoleContext
  readonly app: OktaApp
  readonly typed: TypedAttributes
  readonly problems: Problems
}) {
  const { app, typed, problems } = props
  const shown = Object.keys(problems).filter((name) => name !== '')
  return (
    <AppPage
      context={props.context}
      app={app}
      tab="Sign On"
      notices={<FormProblem problems={problems} shown={shown} />}
    >
      <Form action={appHref(app, 'signon/attributes')} label="Attributes (Optional)" noValidate>
        <Card
          title="Attribute Statements"
          lead="Names are case-sensitive. A value is an expression, such as user.email. Empty a row to remove it."
        >
          {withSpares(typed.statements).map((row, index) => (
            <StatementRow key={index} index={index} row={row} problems={problems} />
          ))}
        </Card>
        <Card
          title="Group Attribute Statements"
          lead="The names of the person's groups that pass the filter. Empty a row to remove it."
        >
          {withSpares(typed.groups).map((row, index) => (
            <GroupRow key={index} index={index} row={row} problems={problems} />
          ))}
        </Card>
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={appHref(app, 'signon')}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </AppPage>
  )
}

interface RowProps<T> {
  readonly index: number
  readonly row: T | undefined
  readonly problems: Problems
}

function StatementRow({ index, row, problems }: RowProps<AttributeStatement>) {
  const field = (name: string) => ({ name: `${name}.${index}`, problem: problems[`${name}.${index}`] })
  return (
    <fieldset class="k-field k-fieldset okta-statement-row">
      <legend class="k-hidden">{`Attribute statement ${index + 1}`}</legend>
      <div class="okta-statement">
        <TextField label="Name" {...field('name')} value={row?.name} autocomplete="off" />
        <SelectField label="Name format" {...field('nameFormat')} value={row?.nameFormat} options={FORMATS} />
        <TextField label="Value" {...field('value')} value={row?.expression} autocomplete="off" mono />
      </div>
    </fieldset>
  )
}

function GroupRow({ index, row, problems }: RowProps<GroupStatement>) {
  const field = (name: string) => ({ name: `${name}.${index}`, problem: problems[`${name}.${index}`] })
  return (
    <fieldset class="k-field k-fieldset okta-statement-row">
      <legend class="k-hidden">{`Group attribute statement ${index + 1}`}</legend>
      <div class="okta-statement okta-statement--filter">
        <TextField label="Name" {...field('groupName')} value={row?.name} autocomplete="off" />
        <SelectField label="Name format" {...field('groupNameFormat')} value={row?.nameFormat} options={FORMATS} />
        <SelectField label="Filter" {...field('groupFilter')} value={row?.filter} options={FILTERS} />
        <TextField label="Value" {...field('groupValue')} value={row?.value} autocomplete="off" />
      </div>
    </fieldset>
  )
}
