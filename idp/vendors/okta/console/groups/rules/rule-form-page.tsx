import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { Tone } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { OktaGroup } from '../../../collections.ts'
import type { GroupRule } from '../../../groups/rules/records.ts'
import type { AttributeDefinition } from '../../../profiles/records.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { RULE_STATUS, ruleHref } from './rules-page.tsx'

const SHOWN = ['name', 'value', 'conditionGroups', 'expression', 'groups', 'except', 'previewLogin']
const CRUMBS = [
  { label: 'Groups', href: '/admin/groups' },
  { label: 'Rules', href: '/admin/groups/rules' },
]

export interface RuleFormView extends FormView {
  /** Absent while adding. */
  readonly rule?: GroupRule | undefined
  readonly attributes: readonly AttributeDefinition[]
  /** Groups people can be assigned to. */
  readonly groups: readonly OktaGroup[]
  readonly conditionGroupIds: readonly string[]
  readonly groupIds: readonly string[]
  /** What the preview found. */
  readonly verdict?: { readonly tone: Tone; readonly text: string } | undefined
}

/** Add Rule, Edit, and Preview of one that is active: name, IF, THEN, EXCEPT. */
export function RuleFormPage({ context, view }: { readonly context: ConsoleContext; readonly view: RuleFormView }) {
  const { rule, values, problems } = view
  const isActive = rule?.status === 'ACTIVE'
  const title = rule === undefined ? 'Add Rule' : isActive ? rule.name : 'Edit Rule'
  const action = rule === undefined ? '/admin/groups/rules/new' : ruleHref(rule.id, isActive ? 'preview' : 'edit')
  return (
    <ConsolePage
      context={context}
      section="Groups"
      path={CRUMBS}
      title={title}
      notices={
        <>
          <FormProblem problems={problems} shown={SHOWN} />
          {view.verdict && <Notice tone={view.verdict.tone}>{view.verdict.text}</Notice>}
        </>
      }
    >
      <Form action={action} label={title} noValidate>
        {isActive ? (
          <Notice tone="info">{`The rule is ${RULE_STATUS.ACTIVE.label.toLowerCase()}. Deactivate it to edit it.`}</Notice>
        ) : (
          <RuleFields view={view} />
        )}
        <Card title="Preview">
          <TextField
            label="Preview rule for a user"
            name="previewLogin"
            value={values['previewLogin']}
            problem={problems['previewLogin']}
            hint="A username. Nothing is changed."
            autocomplete="off"
          />
          <FormActions>
            <Button name="do" value="preview">
              Preview
            </Button>
          </FormActions>
        </Card>
        <FormActions>
          {!isActive && (
            <Button kind="primary" name="do" value="save">
              Save
            </Button>
          )}
          <LinkButton href="/admin/groups/rules">{isActive ? 'Close' : 'Cancel'}</LinkButton>
        </FormActions>
      </Form>
    </ConsolePage>
  )
}

function RuleFields({ view }: { readonly view: RuleFormView }) {
  const { values, problems } = view
  return (
    <>
      <TextField label="Name" name="name" value={values['name']} problem={problems['name']} required />
      <Card title="IF">
        <RadioGroup
          label="Condition"
          name="kind"
          value={values['kind'] ?? 'attribute'}
          options={[
            { value: 'attribute', label: 'Use basic condition' },
            { value: 'group', label: 'Group membership' },
            { value: 'expression', label: 'Use Okta Expression Language (advanced)' },
          ]}
        />
        <SelectField
          label="User attribute"
          name="attribute"
          value={values['attribute'] ?? 'department'}
          options={view.attributes.map(({ name, title }) => ({ value: name, label: `${title} | ${name}` }))}
          hint="With Use basic condition."
        />
        <SelectField
          label="Operator"
          name="operator"
          value={values['operator'] ?? 'equals'}
          options={[
            { value: 'equals', label: 'Equals' },
            { value: 'starts-with', label: 'Starts with' },
            { value: 'contains', label: 'Contains' },
          ]}
        />
        <TextField label="Value" name="value" value={values['value']} problem={problems['value']} />
        <GroupChoices
          legend="Includes any of the following (with Group membership)"
          name="conditionGroups"
          groups={view.groups}
          chosen={view.conditionGroupIds}
          problem={problems['conditionGroups']}
        />
        <TextField
          label="Expression"
          name="expression"
          value={values['expression']}
          problem={problems['expression']}
          multiline={3}
          mono
          hint='With Okta Expression Language: user.department == "Sales" AND user.countryCode == "US"'
        />
      </Card>
      <Card title="THEN">
        <GroupChoices
          legend="Assign to"
          name="groups"
          groups={view.groups}
          chosen={view.groupIds}
          problem={problems['groups']}
        />
      </Card>
      <Card title="EXCEPT">
        <TextField
          label="The following users"
          name="except"
          value={values['except']}
          problem={problems['except']}
          multiline={3}
          hint="Usernames, one on each line."
        />
      </Card>
    </>
  )
}

function GroupChoices(props: {
  readonly legend: string
  readonly name: string
  readonly groups: readonly OktaGroup[]
  readonly chosen: readonly string[]
  readonly problem: string | undefined
}) {
  const { name, problem } = props
  const problemId = `field-${name}-problem`
  return (
    <fieldset class="k-field k-fieldset" aria-describedby={problem && problemId}>
      <legend class="k-label">{props.legend}</legend>
      {props.groups.map((group) => (
        <CheckboxField
          key={group.id}
          label={group.name}
          name={name}
          id={`${name}-${group.id}`}
          value={group.id}
          checked={props.chosen.includes(group.id)}
        />
      ))}
      {problem !== undefined && (
        <p class="k-problem" id={problemId}>
          {problem}
        </p>
      )}
    </fieldset>
  )
}

/** Asks before a rule goes: what becomes of the people it put into groups. */
export function DeleteRulePage(props: {
  readonly context: ConsoleContext
  readonly rule: GroupRule
  readonly members: number
}) {
  const { rule, members } = props
  return (
    <ConsolePage context={props.context} section="Groups" path={CRUMBS} title="Delete Rule">
      <Card title={rule.name}>
        <p>
          {members === 0
            ? 'Nobody is in a group by this rule.'
            : `${members} ${members === 1 ? 'membership comes' : 'memberships come'} from this rule. This cannot be undone.`}
        </p>
        <Form action={ruleHref(rule.id, 'delete')} label="Delete Rule">
          <RadioGroup
            label="People this rule has added"
            name="members"
            value="keep"
            options={[
              { value: 'keep', label: 'Leave users in the group' },
              { value: 'remove', label: 'Remove users from the group' },
            ]}
          />
          <FormActions>
            <Button kind="danger" label={`Delete ${rule.name}`}>
              Delete
            </Button>
            <LinkButton href="/admin/groups/rules">Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </ConsolePage>
  )
}
