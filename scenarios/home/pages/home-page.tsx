import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { formatDateTime } from '#kit/ui/time-text.tsx'
import { ClockBar } from '../look/clock-bar.tsx'
import { HomeShell } from '../look/shell.tsx'
import type { Message, Visit } from './visits.ts'

const NAV = [
  { label: 'Launchpad', href: '/' },
  { label: 'Lessons', href: '/lessons' },
  { label: 'Labs', href: '/labs' },
  { label: 'Demo', href: '/demo' },
  { label: 'Timeline', href: '/timeline' },
  { label: 'X-ray', href: '/xray' },
  { label: 'Story', href: '/story' },
  { label: 'Mail', href: '/mail' },
  { label: 'Clock', href: '/clock' },
  { label: 'Worlds', href: '/worlds' },
  { label: 'Snapshots', href: '/snapshots' },
  { label: 'Faults', href: '/faults' },
  { label: 'Negatives', href: '/negatives' },
  { label: 'Switches', href: '/switches' },
  { label: 'Explain', href: '/explain' },
] as const

export type HomeSection = (typeof NAV)[number]['href']

export interface HomePageProps {
  readonly visit: Visit
  readonly section: HomeSection
  readonly title: string
  readonly lead?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** A page of the home: navigation, world and clock, what the last form did, then its content. */
export function HomePage(props: HomePageProps) {
  const { visit } = props
  return (
    <HomeShell
      frame={visit.frame}
      nav={NAV.map((item) => ({ ...item, current: item.href === props.section }))}
      title={props.title}
      lead={props.lead}
      actions={props.actions}
      clock={<WorldAndClock visit={visit} />}
      notices={visit.message && <MessageNotice message={visit.message} />}
    >
      {props.children}
    </HomeShell>
  )
}

/** Follows the clock of the home, which programs and lessons move too; its forms stay valid after a reset. */
function WorldAndClock({ visit }: { readonly visit: Visit }) {
  const { world, isFrozen, frame } = visit
  return (
    <Live id="world-and-clock" everySeconds={5} summary={`World ${world}, ${formatDateTime(frame.nowIso)}`}>
      <ClockBar
        world={world}
        controls={
          <>
            <AdvanceButton duration="PT40M">+40 min</AdvanceButton>
            <AdvanceButton duration="P1D">+1 day</AdvanceButton>
            <Form action="/clock/frozen" fields={{ frozen: String(!isFrozen) }} layout="bare">
              <Button icon={isFrozen ? 'play' : 'pause'}>{isFrozen ? 'Resume clock' : 'Freeze clock'}</Button>
            </Form>
            <LinkButton href="/worlds" icon="restart">
              Reset
            </LinkButton>
          </>
        }
      />
    </Live>
  )
}

function AdvanceButton(props: { readonly duration: string; readonly children: string }) {
  return (
    <Form action="/clock/advance" fields={{ duration: props.duration }} layout="bare">
      <Button>{props.children}</Button>
    </Form>
  )
}

/** What the last form did, or why it was refused. */
function MessageNotice({ message }: { readonly message: Message }) {
  return (
    <Notice tone={message.tone} title={message.title}>
      {message.lines.length > 0 && (
        <ul class="home-lines">
          {message.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
