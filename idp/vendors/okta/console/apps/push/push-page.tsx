import { Badge } from '#kit/ui/badge.tsx'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField, RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Inline, Quiet } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { type Action, Menu } from '#kit/ui/menu.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { OktaApp } from '../../../apps/records.ts'
import type { OktaGroup } from '../../../collections.ts'
import type { AppSideGroup, GroupPushMapping, GroupPushRule } from '../../../provisioning/records.ts'
import type { ConsoleContext } from '../../context.ts'
import { FormProblem, type FormView } from '../../form-view.tsx'
import { groupHref } from '../../groups/group-page.tsx'
import { appHref } from '../app-href.ts'
import { AppPage } from '../app-page.tsx'

interface AppProps {
  readonly context: ConsoleContext
  readonly app: OktaApp
}

/** Lists at the left, in the console's order (reference sheet 1.9). */
export const PUSH_LISTS = [
  { list: 'all', label: 'All' },
  { list: 'errors', label: 'Errors' },
  { list: 'name', label: 'By name' },
  { list: 'rule', label: 'By rule' },
] as const
export type PushList = (typeof PUSH_LISTS)[number]['list']

/** Words of a pushed group's state. */
export const PUSH_STATUS = {
  ACTIVE: { label: 'Active', tone: 'success' },
  INACTIVE: { label: 'Inactive', tone: 'neutral' },
  PUSHING: { label: 'Pushing', tone: 'info' },
  ERROR: { label: 'Error', tone: 'danger' },
} as const

export interface PushView {
  readonly list: PushList
  readonly rows: readonly { readonly mapping: GroupPushMapping; readonly group: OktaGroup | undefined }[]
  readonly rules: readonly GroupPushRule[]
  readonly waiting: number
}

/** The Push Groups tab. */
export function PushGroupsPage({ context, app, view }: AppProps & { readonly view: PushView }) {
  const here = appHref(app, 'push')
  const isOn = app.provisioning?.enabled === true
  const items = PUSH_LISTS.map(({ list, label }) => ({
    label,
    href: list === 'all' ? here : `${here}?list=${list}`,
    current: list === view.list,
  }))
  return (
    <AppPage
      context={context}
      app={app}
      tab="Push Groups"
      rail={{ label: 'Pushed Groups', groups: [{ title: 'Pushed Groups', items }] }}
    >
      {isOn ? (
        <>
          {context.may.apps && <Toolbar app={app} view={view} />}
          {view.list === 'rule' && <Rules app={app} rules={view.rules} mayAct={context.may.apps} />}
          <Live
            id="pushed"
            everySeconds={view.waiting > 0 ? 1 : undefined}
            summary={view.waiting > 0 ? `${view.waiting} provisioning jobs waiting` : 'All pushes are done'}
          >
            <Pushed app={app} rows={view.rows} mayAct={context.may.apps} />
          </Live>
        </>
      ) : (
        <EmptyState
          title="Group push is not enabled"
          icon="group"
          action={<LinkButton href={appHref(app, 'provisioning')}>Go to Provisioning</LinkButton>}
        >
          Groups can be pushed once the API integration is enabled.
        </EmptyState>
      )}
    </AppPage>
  )
}

function Toolbar({ app, view }: { readonly app: OktaApp; readonly view: PushView }) {
  return (
    <section aria-label="Group push">
      <Inline>
        <Menu
          label="Push Groups"
          kind="primary"
          items={[
            { kind: 'link', label: 'Find groups by name', href: appHref(app, 'push/by-name') },
            { kind: 'link', label: 'Find groups by rule', href: appHref(app, 'push/by-rule') },
          ]}
        />
        <Form action={appHref(app, 'push/refresh')} layout="bare">
          <Button icon="refresh">Refresh App Groups</Button>
        </Form>
        <LinkButton href={appHref(app, 'push/settings')} icon="gear">
          Group Push Settings
        </LinkButton>
        <LinkButton href={appHref(app, 'push/bulk')} icon="edit">
          Bulk Edit
        </LinkButton>
        {view.list === 'errors' && view.rows.length > 0 && (
          <Form action={appHref(app, 'push/retry-all')} layout="bare">
            <Button>Retry All Groups</Button>
          </Form>
        )}
      </Inline>
    </section>
  )
}

function mappingActs(app: OktaApp, { id, status }: GroupPushMapping): readonly Action[] {
  const post = (label: string, act: string): Action => ({
    kind: 'post',
    label,
    action: appHref(app, `push/mapping/${id}/${act}`),
  })
  return [
    ...(status === 'INACTIVE'
      ? [post('Activate group push', 'activate')]
      : [post('Push now', 'push-now'), post('Deactivate group push', 'deactivate')]),
    { kind: 'link', label: 'Unlink pushed group', href: appHref(app, `push/mapping/${id}/unlink`) },
  ]
}

function Pushed(props: { readonly app: OktaApp; readonly rows: PushView['rows']; readonly mayAct: boolean }) {
  const { app } = props
  return (
    <DataTable
      caption="Pushed groups"
      columns={[
        { key: 'group', header: 'Group in Okta' },
        { key: 'target', header: `Group in ${app.label}` },
        { key: 'last', header: 'Last Push' },
        { key: 'status', header: 'Push Status' },
      ]}
      rows={props.rows.map(({ mapping, group }) => {
        const { label, tone } = PUSH_STATUS[mapping.status]
        return {
          key: mapping.id,
          cells: {
            group: group === undefined ? 'Deleted group' : <a href={groupHref(group.id)}>{group.name}</a>,
            target: mapping.targetName,
            last: mapping.lastPush === undefined ? 'Never' : <TimeText iso={mapping.lastPush} />,
            status: (
              <>
                {props.mayAct ? (
                  <Menu label={label} align="end" items={mappingActs(app, mapping)} />
                ) : (
                  <Badge tone={tone}>{label}</Badge>
                )}
                {mapping.error !== undefined && (
                  <p class="k-problem">
                    <Icon name="error" /> {mapping.error}
                  </p>
                )}
              </>
            ),
          },
        }
      })}
      empty={
        <EmptyState title="No pushed groups" icon="group">
          Push a group to have it, and its assigned members, in {app.label}.
        </EmptyState>
      }
    />
  )
}

function conditionWords(rule: GroupPushRule): string {
  const words = { 'starts-with': 'starts with', 'ends-with': 'ends with', contains: 'contains' } as const
  return [
    rule.groupName && `Group name ${words[rule.groupName.operator]} "${rule.groupName.value}"`,
    rule.groupDescription &&
      `Group description ${words[rule.groupDescription.operator]} "${rule.groupDescription.value}"`,
  ]
    .filter(Boolean)
    .join(', ')
}

function Rules(props: { readonly app: OktaApp; readonly rules: readonly GroupPushRule[]; readonly mayAct: boolean }) {
  const { app } = props
  return (
    <DataTable
      caption="Rules"
      columns={[
        { key: 'name', header: 'Rule' },
        { key: 'condition', header: 'Condition' },
        { key: 'status', header: 'Status' },
      ]}
      rows={props.rules.map((rule) => {
        const isActive = rule.status === 'ACTIVE'
        const label = isActive ? 'Active' : 'Inactive'
        return {
          key: rule.id,
          cells: {
            name: rule.name,
            condition: <Quiet>{conditionWords(rule)}</Quiet>,
            status: props.mayAct ? (
              <Menu
                label={label}
                align="end"
                items={[
                  {
                    kind: 'post',
                    label: isActive ? 'Deactivate Rule' : 'Activate Rule',
                    action: appHref(app, `push/rule/${rule.id}/${isActive ? 'deactivate' : 'activate'}`),
                  },
                  { kind: 'link', label: 'Delete Rule', href: appHref(app, `push/rule/${rule.id}/delete`) },
                ]}
              />
            ) : (
              label
            ),
          },
        }
      })}
      empty={<EmptyState title="No rules">Find groups by rule to push every group that matches.</EmptyState>}
    />
  )
}

/** Find groups by name: the group, then create it in the app or link it to one there. */
export function PushByNamePage(
  props: AppProps & {
    readonly groups: readonly OktaGroup[]
    readonly appGroups: readonly AppSideGroup[]
    readonly view: FormView
  },
) {
  const { app, view } = props
  const { values, problems } = view
  return (
    <AppPage
      context={props.context}
      app={app}
      tab="Push Groups"
      notices={<FormProblem problems={problems} shown={['groupId', 'name', 'targetGroupId']} />}
    >
      <Card title="Push groups by name">
        <Form action={appHref(app, 'push/by-name')} label="Push groups by name" noValidate>
          <SelectField
            label="Group to push"
            name="groupId"
            value={values['groupId']}
            problem={problems['groupId']}
            emptyLabel="Select a group"
            options={props.groups.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <CheckboxField
            label="Push group memberships immediately"
            name="pushMemberships"
            checked={values['pushMemberships'] === 'true'}
          />
          <RadioGroup
            label="Match result & push action"
            name="action"
            value={values['action'] ?? 'create'}
            options={[
              { value: 'create', label: 'Create Group' },
              { value: 'link', label: 'Link Group' },
            ]}
          />
          <TextField
            label={`Name in ${app.label}`}
            name="name"
            value={values['name']}
            problem={problems['name']}
            hint="With Create Group. Empty: the name it has in Okta."
          />
          <SelectField
            label={`Group in ${app.label}`}
            name="targetGroupId"
            value={values['targetGroupId']}
            problem={problems['targetGroupId']}
            emptyLabel="Select a group"
            options={props.appGroups.map(({ externalId, name }) => ({ value: externalId, label: name }))}
            hint="With Link Group. Refresh App Groups reads them again."
          />
          <FormActions>
            <Button kind="primary" name="do" value="save">
              Save
            </Button>
            <Button name="do" value="another">
              Save & Add Another
            </Button>
            <LinkButton href={appHref(app, 'push')}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AppPage>
  )
}

const OPERATORS = [
  { value: 'starts-with', label: 'starts with' },
  { value: 'ends-with', label: 'ends with' },
  { value: 'contains', label: 'contains' },
] as const

/** Find groups by rule. */
export function PushByRulePage({ context, app, view }: AppProps & { readonly view: FormView }) {
  const { values, problems } = view
  return (
    <AppPage
      context={context}
      app={app}
      tab="Push Groups"
      notices={<FormProblem problems={problems} shown={['name', 'groupName']} />}
    >
      <Card title="Push groups by rule">
        <Form action={appHref(app, 'push/by-rule')} label="Push groups by rule" noValidate>
          <TextField label="Rule name" name="name" value={values['name']} problem={problems['name']} required />
          <SelectField
            label="Group name"
            name="nameOperator"
            value={values['nameOperator'] ?? 'starts-with'}
            options={OPERATORS}
          />
          <TextField
            label="Text in the group name"
            name="groupName"
            value={values['groupName']}
            problem={problems['groupName']}
          />
          <SelectField
            label="Group description"
            name="descriptionOperator"
            value={values['descriptionOperator'] ?? 'starts-with'}
            options={OPERATORS}
          />
          <TextField label="Text in the group description" name="groupDescription" value={values['groupDescription']} />
          <CheckboxField
            label="Push group memberships immediately"
            name="pushMemberships"
            checked={values['pushMemberships'] === 'true'}
          />
          <FormActions>
            <Button kind="primary">Create Rule</Button>
            <LinkButton href={appHref(app, 'push')}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AppPage>
  )
}

/** Group Push Settings. */
export function PushSettingsPage({ context, app }: AppProps) {
  return (
    <AppPage context={context} app={app} tab="Push Groups">
      <Card title="Group Push Settings">
        <Form action={appHref(app, 'push/settings')} label="Group Push Settings">
          <CheckboxField
            label="Rename app groups to match group name in Okta"
            name="rename"
            checked={app.provisioning?.renameAppGroups === true}
          />
          <FormActions>
            <Button kind="primary">Save</Button>
            <LinkButton href={appHref(app, 'push')}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AppPage>
  )
}

/** Unlink a pushed group, or delete a rule: what happens to the group in the app. */
export function LeavePage(
  props: AppProps & {
    readonly title: string
    readonly subject: string
    readonly action: string
    readonly confirmLabel: string
  },
) {
  const { app } = props
  return (
    <AppPage context={props.context} app={app} tab="Push Groups">
      <Card title={props.title}>
        <p>
          <strong>{props.subject}</strong>
        </p>
        <Form action={props.action} label={props.title}>
          <RadioGroup
            label="Group in the target app"
            name="target"
            value="delete"
            options={[
              { value: 'delete', label: 'Delete the group in the target app (recommended)' },
              { value: 'leave', label: 'Leave the group in the target app' },
            ]}
          />
          <FormActions>
            <Button kind="danger" label={`${props.confirmLabel} ${props.subject}`}>
              {props.confirmLabel}
            </Button>
            <LinkButton href={appHref(app, 'push')}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AppPage>
  )
}
