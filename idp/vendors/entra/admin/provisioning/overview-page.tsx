import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { JobStatus } from '#idp/engine/jobs.ts'
import type { CycleCounts, Execution } from '#idp/engine/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import type { Command } from '#kit/ui/command-bar.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { type Definition, DefinitionList } from '#kit/ui/definition-list.tsx'
import { Columns, Disclosure, Figure, Inline, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import { TabRow } from '#kit/ui/tab-row.tsx'
import { formatDateTime, TimeText } from '#kit/ui/time-text.tsx'
import { INTERVAL_MINUTES } from '../../provisioning/policy.ts'
import type { AdminContext } from '../context.ts'
import { ProvisioningPage, provisioningHref } from './provisioning-page.tsx'

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

const kindWords = { initial: 'Initial', incremental: 'Incremental' } as const

/** The sentence above the progress bar (reference 8.4). */
function statusSentence({ run }: JobStatus): string {
  if (run.cycle !== null) {
    const { kind, resumeAt } = run.cycle
    return resumeAt === undefined
      ? `${kindWords[kind]} cycle in progress.`
      : `${kindWords[kind]} cycle is waiting: the application asked for patience until ${formatDateTime(resumeAt)}.`
  }
  const last = run.lastExecution
  if (last === undefined) return 'Initial cycle not run.'
  return last.state === 'Failed' ? `${kindWords[last.kind]} cycle failed.` : `${kindWords[last.kind]} cycle completed.`
}

/** Share of the cycle's pages that are done: pages, not people. */
function percentOf({ run, progress }: JobStatus): number {
  if (progress !== null) return Math.floor((progress.completed / progress.total) * 100)
  return run.lastExecution === undefined || run.lastExecution.state === 'Failed' ? 0 : 100
}

function countWords(counts: CycleCounts): string {
  const { created, updated, disabled, deleted, references, skipped, failed } = counts
  const done = `${created} created, ${updated} updated, ${disabled} disabled, ${deleted} deleted`
  return `${done}, ${references} memberships, ${skipped} skipped, ${failed} failed`
}

function secondsOf({ timeBegan, timeEnded }: Execution): string {
  return `${((Date.parse(timeEnded) - Date.parse(timeBegan)) / 1000).toFixed(1)} s`
}

function detailsOf({ run, job, escrows }: JobStatus): readonly Definition[] {
  const last = run.lastExecution
  const counts = run.cycle?.counts ?? last?.counts
  const when = (iso: string | undefined) => iso && <TimeText iso={iso} form="datetime" />
  return [
    { term: 'Completed', value: when(last?.timeEnded) },
    { term: 'Duration', value: last && secondsOf(last) },
    { term: 'Steady state achieved', value: when(run.steadyStateLastAchieved) },
    { term: 'Provisioning interval(fixed)', value: `${INTERVAL_MINUTES} minutes` },
    { term: 'Next cycle', value: job.state === 'Active' ? when(run.nextRunAt ?? undefined) : 'Not scheduled' },
    { term: run.cycle === null ? 'Last cycle' : 'This cycle', value: counts && countWords(counts) },
    { term: 'Waiting to be tried again', value: String(escrows) },
    {
      term: 'Last cycle with changes',
      value: when(run.lastSuccessfulExecutionWithExports?.timeEnded),
    },
  ]
}

/** Seconds of wall time between two looks: while something moves, and while it may begin to. */
const [LOOK_OFTEN, LOOK_SOMETIMES] = [1, 5]

function isMoving({ run }: JobStatus, nowIso: string): boolean {
  if (run.cycle !== null) return run.cycle.resumeAt === undefined
  return run.nextRunAt !== null && run.nextRunAt <= nowIso
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
        everySeconds={isMoving(status, context.frame.nowIso) ? LOOK_OFTEN : LOOK_SOMETIMES}
        summary={`${sentence} ${percent}% complete`}
      >
        <Stack>
          {run.quarantine !== null && <QuarantineBanner view={view} />}
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
              <DefinitionList items={detailsOf(status)} />
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

/** Why no cycle runs as usual, and when the next attempt is (reference 6.1). */
function QuarantineBanner({ view }: { readonly view: OverviewView }) {
  const { app, status } = view
  const { quarantine } = status.run
  if (quarantine === null) return null
  const isGivenUp = status.job.state === 'Disabled'
  return (
    <Notice
      tone="danger"
      title={isGivenUp ? 'Provisioning was disabled after four weeks in quarantine' : 'Provisioning is in quarantine'}
      actions={
        <>
          <LinkButton href={provisioningHref(app.id, 'connectivity')}>Update credentials</LinkButton>
          <LinkButton href={provisioningHref(app.id, 'logs')}>View provisioning logs</LinkButton>
        </>
      }
    >
      <DefinitionList
        items={[
          { term: 'Reason', value: <code>{quarantine.reason}</code> },
          { term: 'Error code', value: <code>{quarantine.error.code}</code> },
          { term: 'Details', value: quarantine.error.message },
          { term: 'Since', value: <TimeText iso={quarantine.since} form="datetime" /> },
          {
            term: 'Next attempt',
            value: status.run.nextRunAt === null ? 'None' : <TimeText iso={quarantine.nextAttempt} form="datetime" />,
          },
        ]}
      />
      <p>Correct the cause, then select Restart provisioning.</p>
    </Notice>
  )
}
