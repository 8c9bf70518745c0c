import { Card } from '#kit/ui/card.tsx'
import { type LifecycleStages, type Stage, wordsOf } from './stages.ts'

const WIDTH = 1080
const ROW = 104
const BOX_WIDTH = 148
const BOX_HEIGHT = 64
const LEFT = 96
const GAP = 188
const TARGET_X = 760
const TARGET_WIDTH = 300
const TARGET_STAGE = 66

/** People by state, from the directories to Dialpad: in directory, assigned, provisioned, then pending, suspended, live. */
export function LifecyclePicture({ stages }: { readonly stages: LifecycleStages }) {
  const { directories, target } = stages
  const rows = Math.max(directories.length, 1)
  const height = Math.max(rows * ROW, 3 * TARGET_STAGE + 48) + 8
  const top = (height - rows * ROW) / 2
  return (
    <Card title="People on their way" lead="From the directories to Dialpad, as the systems count them now.">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section class="seq-scroll" aria-label="Picture of the lifecycle" tabIndex={0}>
        <svg class="life" width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
          {directories.map(({ label, stages: row }, index) => (
            <Directory key={label} label={label} row={row} y={top + index * ROW + ROW / 2} middle={height / 2} />
          ))}
          {target !== undefined && <Target label={target.label} stages={target.stages} height={height} />}
        </svg>
      </section>
      <ul class="life-words">
        {wordsOf(stages).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Card>
  )
}

function Directory(props: {
  readonly label: string
  readonly row: readonly Stage[]
  readonly y: number
  readonly middle: number
}) {
  const { label, row, y, middle } = props
  const end = LEFT + (row.length - 1) * GAP + BOX_WIDTH
  return (
    <g>
      <text class="life-system" x={0} y={y + 5}>
        {label}
      </text>
      {row.map((stage, index) => {
        const x = LEFT + index * GAP
        return (
          <g key={stage.label}>
            {index > 0 && <path class="life-way" d={`M${x - GAP + BOX_WIDTH} ${y}H${x - 8}`} />}
            {index > 0 && <path class="life-head" d={`M${x} ${y}l-9 -5v10z`} />}
            <Box x={x} y={y - BOX_HEIGHT / 2} width={BOX_WIDTH} stage={stage} />
          </g>
        )
      })}
      <path class="life-way" d={`M${end} ${y}C${end + 60} ${y} ${TARGET_X - 70} ${middle} ${TARGET_X - 8} ${middle}`} />
      <path class="life-head" d={`M${TARGET_X} ${middle}l-9 -5v10z`} />
    </g>
  )
}

function Target(props: { readonly label: string; readonly stages: readonly Stage[]; readonly height: number }) {
  const { label, stages, height } = props
  const top = (height - stages.length * TARGET_STAGE - 40) / 2
  return (
    <g>
      <rect
        class="life-frame"
        x={TARGET_X}
        y={top}
        width={TARGET_WIDTH}
        height={stages.length * TARGET_STAGE + 40}
        rx={10}
      />
      <text class="life-system" x={TARGET_X + 16} y={top + 26}>
        {label}
      </text>
      {stages.map((stage, index) => (
        <Box
          key={stage.label}
          x={TARGET_X + 12}
          y={top + 38 + index * TARGET_STAGE}
          width={TARGET_WIDTH - 24}
          height={TARGET_STAGE - 10}
          stage={stage}
        />
      ))}
    </g>
  )
}

function Box(props: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height?: number
  readonly stage: Stage
}) {
  const { x, y, width, height = BOX_HEIGHT, stage } = props
  return (
    <g>
      <rect class="life-box" x={x} y={y} width={width} height={height} rx={8} />
      <text class="life-number" x={x + 14} y={y + 28}>
        {stage.value === undefined ? '?' : stage.value.toLocaleString('en-US')}
      </text>
      <text class="life-label" x={x + 14} y={y + height - 10}>
        {stage.label}
      </text>
    </g>
  )
}
