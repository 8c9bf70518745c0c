/** One exchange, drawn from lane to lane; within one lane it is a change there. */
export interface LaneArrow {
  readonly key: string
  /** Names of lanes. */
  readonly from: string
  readonly to: string
  readonly label: string
  /** Shown at the left: `09:31:02`. */
  readonly time: string
  readonly outcome: 'ok' | 'refused' | 'failed'
  /** Where a click leads: request and answer. */
  readonly href: string
}

export interface SwimLanesProps {
  readonly label: string
  readonly lanes: readonly string[]
  /** Oldest first. An arrow whose lane is not listed is left out. */
  readonly arrows: readonly LaneArrow[]
}

const left = 84
const laneWidth = 150
const top = 44
const rowHeight = 34

/** The timeline as a picture: a lane for each system, an arrow for each exchange, coloured by its outcome and named in words. */
export function SwimLanes({ label, lanes, arrows }: SwimLanesProps) {
  const drawn = arrows.filter((arrow) => lanes.includes(arrow.from) && lanes.includes(arrow.to))
  const width = left + lanes.length * laneWidth
  const height = top + drawn.length * rowHeight + 16
  const centre = (lane: string) => left + lanes.indexOf(lane) * laneWidth + laneWidth / 2
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="home-lanes" aria-label={label} tabIndex={0}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the section around it carries the name; a title would show as a tooltip everywhere */}
      <svg viewBox={`0 0 ${width} ${height}`}>
        {lanes.map((lane) => (
          <g key={lane}>
            <text class="lane-name" x={centre(lane)} y={24} text-anchor="middle" font-weight="650">
              {lane}
            </text>
            <line class="lane-line" x1={centre(lane)} x2={centre(lane)} y1={34} y2={height - 8} />
          </g>
        ))}
        {drawn.map((arrow, index) => (
          <ArrowView
            key={arrow.key}
            arrow={arrow}
            y={top + index * rowHeight + 22}
            from={centre(arrow.from)}
            to={centre(arrow.to)}
          />
        ))}
      </svg>
    </section>
  )
}

const outcomeWords = { ok: '', refused: ', refused', failed: ', failed' } as const

function ArrowView(props: {
  readonly arrow: LaneArrow
  readonly y: number
  readonly from: number
  readonly to: number
}) {
  const { arrow, y, from, to } = props
  const direction = Math.sign(to - from)
  const tip = to - direction * 2
  return (
    <a href={arrow.href} aria-description={`${arrow.from} to ${arrow.to}${outcomeWords[arrow.outcome]}`}>
      <text class="lane-time" x={12} y={y + 4}>
        {arrow.time}
      </text>
      {direction === 0 ? (
        <circle class={`head--${arrow.outcome}`} cx={from} cy={y} r={4} />
      ) : (
        <>
          <line class={`arrow arrow--${arrow.outcome}`} x1={from} x2={tip - direction * 6} y1={y} y2={y} />
          <path class={`head--${arrow.outcome}`} d={`M${tip} ${y} l${-direction * 8} -4.5 v9 z`} />
        </>
      )}
      <text
        x={direction === 0 ? from + 10 : (from + to) / 2}
        y={direction === 0 ? y + 4 : y - 6}
        text-anchor={direction === 0 ? 'start' : 'middle'}
      >
        {arrow.label}
      </text>
    </a>
  )
}
