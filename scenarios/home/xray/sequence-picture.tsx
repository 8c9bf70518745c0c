import { laneLabel } from '../timeline/rows.ts'
import type { Lifeline, Sequence, SequenceStep } from './sequence.ts'

const LINE_GAP = 248
const MARGIN = 116
const HEADER = 52
const STEP = 46
const HEAD = 8
const BOX = 104

const labelOf = (line: Lifeline): string => (line === 'elsewhere' ? 'Elsewhere' : laneLabel(line))

/**
 * The diagram: a line for each who took part, an arrow for each call with its outcome as words and line style, a mark for what
 * happened at one place. Each leads to its entry; `hrefOf` is left out where there are no entries to go to.
 */
export function SequencePicture(props: {
  readonly sequence: Sequence
  readonly hrefOf?: ((id: string) => string) | undefined
}) {
  const { lifelines, steps } = props.sequence
  const xOf = (line: Lifeline): number => MARGIN + Math.max(lifelines.indexOf(line), 0) * LINE_GAP
  const width = 2 * MARGIN + Math.max(lifelines.length - 1, 1) * LINE_GAP
  const height = HEADER + steps.length * STEP + 24
  return (
    <svg class="seq" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>Sequence diagram; the same follows as a list</title>
      {lifelines.map((line) => (
        <g key={line}>
          <line class="seq-line" x1={xOf(line)} x2={xOf(line)} y1={36} y2={height} />
          <rect class="seq-box" x={xOf(line) - BOX / 2} y={4} width={BOX} height={32} rx={6} />
          <text class="seq-name" x={xOf(line)} y={25} text-anchor="middle">
            {labelOf(line)}
          </text>
        </g>
      ))}
      {steps.map((step, index) => (
        <Step
          key={step.id}
          step={step}
          y={HEADER + index * STEP + 28}
          xOf={xOf}
          right={width}
          href={props.hrefOf?.(step.id)}
        />
      ))}
    </svg>
  )
}

interface StepProps {
  readonly step: SequenceStep
  readonly y: number
  readonly xOf: (line: Lifeline) => number
  readonly right: number
  readonly href: string | undefined
}

function Step(props: StepProps) {
  const { step, href } = props
  const picture = step.way.kind === 'call' ? <Call {...props} way={step.way} /> : <Mark {...props} at={step.way.at} />
  if (href === undefined) return picture
  return (
    <a class="seq-step" href={href} aria-label={`${step.number} ${step.label}, ${step.wayWords}, ${step.outcomeWords}`}>
      {picture}
    </a>
  )
}

function Call({ step, y, xOf, way }: StepProps & { readonly way: { readonly from: Lifeline; readonly to: Lifeline } }) {
  const from = xOf(way.from)
  const isOwn = way.from === way.to
  const to = isOwn ? from + 40 : xOf(way.to)
  const back = to > from ? -HEAD : HEAD
  const left = Math.min(from, to)
  return (
    <g class={`seq-call seq--${step.outcome}`}>
      <rect class="seq-hit" x={left} y={y - 24} width={Math.max(Math.abs(to - from), 60)} height={36} />
      <text
        class="seq-label"
        x={isOwn ? from + 48 : (from + to) / 2}
        y={y - 7}
        text-anchor={isOwn ? 'start' : 'middle'}
      >
        <tspan class="seq-number">{`${step.number} `}</tspan>
        {step.label}
      </text>
      <circle class="seq-dot" cx={from} cy={y} r={3} />
      <path class="seq-arrow" d={`M${from} ${y}H${to + back}`} />
      <path class="seq-head" d={`M${to} ${y}l${back} -5v10z`} />
    </g>
  )
}

/** Beside its line, towards the middle of the picture. */
function Mark({ step, y, xOf, right, at }: StepProps & { readonly at: readonly Lifeline[] }) {
  const [first = 'browser'] = at
  const x = xOf(first)
  const isLate = x > right / 2
  return (
    <g class={`seq-mark seq--${step.outcome}`}>
      {at.map((line) => (
        <rect key={line} class="seq-dot" x={xOf(line) - 5} y={y - 5} width={10} height={10} rx={2} />
      ))}
      <text class="seq-label" x={isLate ? x - 12 : x + 12} y={y - 7} text-anchor={isLate ? 'end' : 'start'}>
        <tspan class="seq-number">{`${step.number} `}</tspan>
        {step.label}
      </text>
    </g>
  )
}
