import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { type Action, Menu } from '#kit/ui/menu.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import { TimeText } from '#kit/ui/time-text.tsx'
import type { GroupRule, GroupRuleStatus, RuleRun } from '../../../groups/rules/records.ts'
import { ConsolePage } from '../../console-page.tsx'
import type { ConsoleContext } from '../../context.ts'
import { groupsTabs } from '../groups-page.tsx'

export function ruleHref(ruleId: string, page: string): string {
  return `/admin/groups/rules/${ruleId}/${page}`
}

/** Words of a rule's state. */
export const RULE_STATUS = {
  ACTIVE: { label: 'Active', tone: 'success' },
  INACTIVE: { label: 'Inactive', tone: 'neutral' },
  INVALID: { label: 'Invalid', tone: 'danger' },
} as const satisfies Record<GroupRuleStatus, unknown>

export interface RuleRow {
  readonly rule: GroupRule
  /** The condition in words. */
  readonly condition: string
  readonly groupNames: readonly string[]
}

/** Directory > Groups > Rules. */
export function RulesPage({ context, rows }: { readonly context: ConsoleContext; readonly rows: readonly RuleRow[] }) {
  const running = rows.filter(({ rule }) => rule.run !== undefined).length
  return (
    <ConsolePage
      context={context}
      section="Groups"
      title="Groups"
      tabs={groupsTabs('Rules')}
      actions={
        context.may.people && (
          <LinkButton href="/admin/groups/rules/new" icon="add" kind="primary">
            Add Rule
          </LinkButton>
        )
      }
    >
      <Live
        id="rules"
        everySeconds={running > 0 ? 1 : undefined}
        summary={
          running > 0 ? `${running} ${running === 1 ? 'rule is' : 'rules are'} being worked on` : 'All rules are done'
        }
      >
        <RulesTable rows={rows} mayAct={context.may.people} />
      </Live>
    </ConsolePage>
  )
}

function RulesTable({ rows, mayAct }: { readonly rows: readonly RuleRow[]; readonly mayAct: boolean }) {
  return (
    <DataTable
      caption="Rules"
      columns={[
        { key: 'name', header: 'Rule' },
        { key: 'condition', header: 'IF' },
        { key: 'groups', header: 'THEN Assign to' },
        { key: 'status', header: 'Status' },
        ...(mayAct ? [{ key: 'acts', header: 'Actions', headerHidden: true, narrow: true }] : []),
      ]}
      rows={rows.map(({ rule, condition, groupNames }) => ({
        key: rule.id,
        cells: {
          name: rule.name,
          condition: <span class="okta-expression">{condition}</span>,
          groups: (
            <div>
              {groupNames.join(', ')}
              {rule.exceptUserIds.length > 0 && (
                <>
                  <br />
                  <Quiet>{`except ${rule.exceptUserIds.length} ${rule.exceptUserIds.length === 1 ? 'person' : 'people'}`}</Quiet>
                </>
              )}
            </div>
          ),
          status: <RuleState rule={rule} />,
          acts: isGoing(rule.run) ? undefined : <Menu label="Actions" align="end" items={actsOf(rule)} />,
        },
      }))}
      empty={
        <EmptyState title="No rules" icon="group">
          Add a rule to put people into groups by their profile, or by the groups they are in.
        </EmptyState>
      }
    />
  )
}

/** Being deleted. */
function isGoing(run: RuleRun | undefined): boolean {
  return run !== undefined && run.kind !== 'evaluate'
}

function RuleState({ rule: { status, run, lastRun } }: { readonly rule: GroupRule }) {
  const { label, tone } = RULE_STATUS[status]
  if (run !== undefined) {
    return (
      <div>
        <Badge tone={isGoing(run) ? 'warning' : tone}>{isGoing(run) ? 'Deleting' : label}</Badge>
        <ProgressBar
          label={isGoing(run) ? 'Members dealt with' : 'People evaluated'}
          value={run.done}
          max={run.total}
          text={`${run.done} of ${run.total}`}
        />
      </div>
    )
  }
  return (
    <div>
      <Badge tone={tone}>{label}</Badge>
      {lastRun !== undefined && (
        <>
          <br />
          <Quiet>
            {`${lastRun.added} added, ${lastRun.removed} removed `}
            <TimeText iso={lastRun.endedAt} />
          </Quiet>
        </>
      )}
    </div>
  )
}

function actsOf({ id, status }: GroupRule): readonly Action[] {
  const link = (label: string, page: string): Action => ({ kind: 'link', label, href: ruleHref(id, page) })
  if (status === 'ACTIVE') {
    return [link('Preview', 'preview'), { kind: 'post', label: 'Deactivate', action: ruleHref(id, 'deactivate') }]
  }
  return [
    link('Preview', 'preview'),
    ...(status === 'INACTIVE' ? [{ kind: 'post', label: 'Activate', action: ruleHref(id, 'activate') } as const] : []),
    link('Edit', 'edit'),
    link('Delete', 'delete'),
  ]
}
