export interface ProgressBarProps {
  readonly label: string
  /** Between 0 and `max`. */
  readonly value: number
  /** 100 unless told. */
  readonly max?: number | undefined
  /** Beside the bar; `64% complete` unless told. */
  readonly text?: string | undefined
}

/** How far something is. */
export function ProgressBar({ label, value, max = 100, text }: ProgressBarProps) {
  const percent = max === 0 ? 0 : Math.round((value / max) * 100)
  const words = text ?? `${percent}% complete`
  return (
    <div class="k-progress">
      <progress class="k-progress__bar" value={value} max={max} aria-label={label} aria-valuetext={words} />
      <span class="k-progress__text">{words}</span>
    </div>
  )
}
