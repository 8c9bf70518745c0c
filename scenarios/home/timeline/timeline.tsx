import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Icon, type IconName } from '#kit/ui/icon.tsx'
import { joinClasses } from '#kit/ui/look.ts'
import { formatDate } from '#kit/ui/time-text.tsx'
import { LANES, type Lane, laneLabel, type Outcome, type TimelineRow } from './rows.ts'

const LANE_WIDTH = 84
const ROW_HEIGHT = 32
const MIDDLE = ROW_HEIGHT / 2
const HEAD = 7

const OUTCOME_ICONS: Readonly<Record<Outcome, IconName>> = {
  ok: 'success',
  refused: 'warning',
  failed: 'error',
  event: 'info',
}

const xOf = (lane: Lane): number => (LANES.indexOf(lane) + 0.5) * LANE_WIDTH

/** Who called whom, newest first: a lane for each, an arrow for each call, a mark for what happened at one place. */
export function Timeline({ rows }: { readonly rows: readonly TimelineRow[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="Nothing has happened yet" icon="swap">
        Sign in somewhere, or move the clock: every exchange between the systems shows up here.
      </EmptyState>
    )
  }
  return (
    <div class="home-timeline">
      <div class="home-row home-row--head" aria-hidden="true">
        <span>Virtual time</span>
        <span class="home-row__lanes">
          {LANES.map((lane) => (
            <span key={lane}>{laneLabel(lane)}</span>
          ))}
        </span>
        <span>Outcome</span>
        <span>What</span>
      </div>
      <ol>
        {rows.map((row) => (
          <li key={row.id} id={`row-${row.id.replaceAll(/[:,]/g, '-')}`}>
            <RowLink row={row} />
          </li>
        ))}
      </ol>
    </div>
  )
}

function RowLink({ row }: { readonly row: TimelineRow }) {
  return (
    <a class="home-row" href={`/timeline/${row.id}`}>
      <time dateTime={row.virtualAt} title={row.virtualAt}>
        <span class="home-row__day">{formatDate(row.virtualAt).split(',')[0]} </span>
        {row.virtualAt.slice(11, 19)}
      </time>
      <span class="home-row__way">{row.wayWords}</span>
      <Lanes row={row} />
      <span class={joinClasses('home-outcome', `home-outcome--${row.outcome}`)}>
        <Icon name={OUTCOME_ICONS[row.outcome]} />
        {row.outcomeWords}
      </span>
      <span class="home-row__what">
        <span>{row.title}</span>
        {row.subject !== undefined && <span class="k-quiet"> {row.subject}</span>}
      </span>
    </a>
  )
}

function Lanes({ row }: { readonly row: TimelineRow }) {
  const width = LANES.length * LANE_WIDTH
  return (
    <svg
      class="home-lanes__row"
      viewBox={`0 0 ${width} ${ROW_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {LANES.map((lane) => (
        <line key={lane} class="lane-line" x1={xOf(lane)} x2={xOf(lane)} y1={0} y2={ROW_HEIGHT} />
      ))}
      {row.way.kind === 'arrow' ? (
        <Arrow from={xOf(row.way.from)} to={arrowEnd(row.way)} outcome={row.outcome} />
      ) : (
        row.way.lanes.map((lane) => (
          <circle key={lane} class={`head--${row.outcome}`} cx={xOf(lane)} cy={MIDDLE} r={4} />
        ))
      )}
    </svg>
  )
}

/** A call to somewhere else leaves its lane by half a lane; one to itself too. */
function arrowEnd({ from, to }: { readonly from: Lane; readonly to: Lane | undefined }): number {
  return to === undefined || to === from ? xOf(from) + LANE_WIDTH / 2 : xOf(to)
}

function Arrow(props: { readonly from: number; readonly to: number; readonly outcome: Outcome }) {
  const { from, to, outcome } = props
  const back = to > from ? -HEAD : HEAD
  return (
    <>
      <circle class={`head--${outcome}`} cx={from} cy={MIDDLE} r={2.5} />
      <path class={`arrow arrow--${outcome}`} d={`M${from} ${MIDDLE}H${to + back}`} />
      <path class={`head--${outcome}`} d={`M${to} ${MIDDLE}l${back} -4.5v9z`} />
    </>
  )
}
