import type { ComponentChildren } from 'preact'
import { useFrame } from '#kit/ui/look.ts'
import { formatDateTime } from '#kit/ui/time-text.tsx'

/** World and virtual clock at the top of the kit home. `controls` are the buttons that move the clock and reset the world. */
export function ClockBar(props: { readonly world: string; readonly controls?: ComponentChildren }) {
  const frame = useFrame()
  return (
    <section class="home-clock" aria-label="World and clock">
      <span>
        World <strong>{props.world}</strong>
      </span>
      {frame && (
        <time class="home-clock__now" dateTime={frame.nowIso} title={frame.nowIso}>
          {formatDateTime(frame.nowIso)}
        </time>
      )}
      <div class="home-clock__actions">{props.controls}</div>
    </section>
  )
}
