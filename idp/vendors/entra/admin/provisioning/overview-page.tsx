import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { JobStatus } from '#idp/engine/jobs.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import type { Command } from '#kit/ui/command-bar.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Columns, Disclosure, Figure, Inline, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import type { AdminContext } from '../context.ts'
import { cycleDetails, percentOf, secondsToNextLook, statusSentence } from './cycle-status.tsx'
import { classicCommand, ProvisioningPage, provisioningHref } from './provisioning-page.tsx'
import { QuarantineBanner } from './quarantine-banner.tsx'

export interface OverviewView {
  readonly app: ServicePrincipal
  readonly status: JobStatus
}

const started = ({ job }: JobStatus): boolean => job.state === 'Active'

/** Start, stop, restart, on demand, refresh: what cannot be done now is greyed and says why. */
export function overviewCommands({ app, status }: OverviewView, path: string): readonly Command[] {
  const isStarted = started(status)
  const hasRun = status.run.begun > 0 || isStarted
  return [
    {
      kind: 'post',
      label: 'Start provisioning',
      icon: 'play',
      action: provisioningHref(app.id, 'start'),
      ...(isStarted ? { unavailable: 'Provisioning is started.' } : {}),
    },
    {
      kind: 'post',
      label: 'Stop provisioning',
      icon: 'stop',
      action: provisioningHref(app.id, 'stop'),
      ...(isStarted ? {} : { unavailable: 'Provisioning is not started.' }),
    },
    {
      kind: 'post',
      label: 'Restart provisioning',
      icon: 'restart',
      action: provisioningHref(app.id, 'restart'),
      ...(hasRun ? {} : { unavailable: 'There has been no cycle yet.' }),
    },
    { kind: 'link', label: 'Provision on demand', icon: 'bolt', href: provisioningHref(app.id, 'on-demand') },
    { kind: 'link', label: 'Refresh', icon: 'refresh', href: path },
    classicCommand(app),
  ]
}

/** The two tabs of the Overview. */
export function OverviewTabs(props: { readonly app: ServicePrincipal; readonly current: 'Overview' | 'Properties' }) {
  return (
    <TabRow
      label="Overview"
      items={[
        { label: 'Overview', href: provisioningHref(props.app.id), current: props.current === 'Overview' },
        {
          label: 'Properties',
          href: provisioningHref(props.app.id, 'properties'),
          current: props.current === 'Properties',
        },
      ]}
    />
  )
}

/** Current cycle status, statistics to date, and what is behind them. Follows the server. */
export function OverviewPage({ context, view }: { readonly context: AdminContext; readonly view: OverviewView }) {
  const { app, status } = view
  const { run, job } = status
  const sentence = statusSentence(status)
  const percent = percentOf(status)
  const activityId = run.cycle?.id ?? run.lastExecution?.id
  return (
    <ProvisioningPage context={context} app={app} page="Overview" commands={overviewCommands(view, context.frame.path)}>
      <OverviewTabs app={app} current="Overview" />
      <Live
        id="current-cycle"
        everySeconds={secondsToNextLook(status, context.frame.nowIso)}
        summary={`${sentence} ${percent}% complete`}
      >
        <Stack>
          {run.quarantine !== null && <QuarantineBanner app={app} status={status} />}
          {job.state !== 'Active' && run.cycle === null && (
            <Notice tone="neutral" role="none">
              {run.begun === 0
                ? 'Provisioning has not been started. Select Start provisioning when you are ready.'
                : 'Provisioning is stopped. It goes on where it left off when it is started.'}
            </Notice>
          )}
          <Columns min="wide">
            <Card
              title="Current cycle status"
              footer={
                <LinkButton kind="subtle" href={provisioningHref(app.id, 'logs')}>
                  View provisioning logs
                </LinkButton>
              }
            >
              <p>{sentence}</p>
              <ProgressBar label="Progress of the cycle" value={percent} />
            </Card>
            <Card
              title="Statistics to date"
              lead="Ever brought together with an account or group; the numbers never fall."
            >
              <Inline>
                <Figure label="Users" value={run.statistics.users} />
                <Figure label="Groups" value={run.statistics.groups} />
              </Inline>
            </Card>
          </Columns>
          <Card>
            <Disclosure title="View provisioning details">
              <DefinitionList items={cycleDetails(status)} />
            </Disclosure>
            <Disclosure title="View technical information">
              <DefinitionList
                items={[
                  {
                    term: 'Activity ID',
                    value: activityId && <Copyable label="Activity ID" value={activityId} />,
                  },
                  { term: 'Job ID', value: <Copyable label="Job ID" value={job.id} /> },
                ]}
              />
            </Disclosure>
          </Card>
        </Stack>
      </Live>
    </ProvisioningPage>
  )
}
