import type { ComponentChildren } from 'preact'
import type { Urls } from '#kit/system/system.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { Columns, Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { LifecyclePicture } from '../lifecycle/lifecycle-picture.tsx'
import { stagesOf } from '../lifecycle/stages.ts'
import type { TimelineRow } from '../timeline/rows.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { HomePage } from './home-page.tsx'
import { SystemCards, type SystemCardView } from './system-cards.tsx'
import type { Visit } from './visits.ts'

export interface LaunchpadView {
  readonly systems: readonly SystemCardView[]
  readonly urls: Urls
  /** The newest lines of the timeline. */
  readonly rows: readonly TimelineRow[]
  /** Labels of the systems that could not be asked. */
  readonly unreachable: readonly string[]
}

/** Where everything starts. */
export function LaunchpadPage({ visit, view }: { readonly visit: Visit; readonly view: LaunchpadView }) {
  const { systems, urls, rows, unreachable } = view
  return (
    <HomePage
      visit={visit}
      section="/"
      title="Launchpad"
      lead="Connect Dialpad to Entra or Okta, sign in, assign, provision. Everything runs on this machine."
    >
      <Live
        id="systems"
        everySeconds={5}
        summary={systems.map(({ label, state }) => `${label}: ${state.line}`).join(' ')}
      >
        <Stack gap="loose">
          <SystemCards systems={systems} />
          <LifecyclePicture stages={stagesOf(systems)} />
        </Stack>
      </Live>
      <p class="home-password">
        Everybody's password: <Copyable label="password" value={TRAINING_PASSWORD} />
        <a href="/codes">Codes of authenticator apps</a>
      </p>
      <Columns>
        <Learn />
        <Show />
        <Test urls={urls} />
      </Columns>
      <section aria-labelledby="timeline-title">
        <Stack>
          <div class="home-heading">
            <h2 class="k-card__title" id="timeline-title">
              What is going on
            </h2>
            <Inline>
              <LinkButton href="/story" kind="subtle">
                Stories
              </LinkButton>
              <LinkButton href="/xray" kind="subtle">
                X-ray
              </LinkButton>
              <LinkButton href="/timeline" kind="subtle">
                Whole timeline
              </LinkButton>
            </Inline>
          </div>
          {unreachable.length > 0 && (
            <Notice tone="warning" role="none">
              What {unreachable.join(' and ')} saw is missing: not reachable.
            </Notice>
          )}
          <Live id="timeline" everySeconds={3} summary={newestOf(rows)}>
            <Timeline rows={rows} />
          </Live>
        </Stack>
      </section>
    </HomePage>
  )
}

function newestOf(rows: readonly TimelineRow[]): string {
  const [first] = rows
  return first === undefined ? 'Nothing has happened yet.' : `Newest: ${first.wayWords}, ${first.title}`
}

function Way(props: { readonly label: string; readonly command: string; readonly children: ComponentChildren }) {
  return (
    <div class="home-way">
      <p>{props.children}</p>
      <Copyable label={props.label} value={props.command} />
    </div>
  )
}

function Learn() {
  return (
    <Card
      title="Learn"
      lead="Step by step, or with the vendors' own articles in your hand."
      footer={
        <Inline>
          <LinkButton href="/lessons">Lessons</LinkButton>
          <LinkButton href="/labs" kind="subtle">
            Break-and-fix labs
          </LinkButton>
          <LinkButton href="/explain" kind="subtle">
            What is wrong here?
          </LinkButton>
        </Inline>
      }
    >
      <p>A lesson stands beside the page it speaks of, checks itself, gives hints, and does it for you when asked.</p>
      <p>
        Or follow Microsoft's Dialpad provisioning tutorial on these pages: the labels are the same, in the same order.
        Type its Tenant URL as it stands there, <code class="k-mono">https://dialpad.com/scim</code>.
      </p>
      <p>
        <Quiet>
          <code class="k-mono">docs/tutorials.md</code> maps each instruction to its page and label.
        </Quiet>
      </p>
    </Card>
  )
}

function Show() {
  return (
    <Card
      title="Show"
      lead="A whole lifecycle by itself, in a browser you can watch."
      footer={<LinkButton href="/demo">Demo</LinkButton>}
    >
      <p>A demonstration plays with captions. It is paused, taken over by hand and resumed from its page.</p>
      <Way label="walkthrough command" command="npm run scenario -- entra-lifecycle --headed --slow 400">
        From adding Dialpad to the suspended leaver:
      </Way>
      <Way label="sign-up command" command="npm run scenario -- entra-signup --headed --slow 400">
        From signing up with Microsoft, in a kit of its own:
      </Way>
    </Card>
  )
}

function Test({ urls }: { readonly urls: Urls }) {
  const { kit = '', dialpad } = urls
  const json = "-H 'content-type: application/json'"
  return (
    <Card title="Test" lead="Everything on these pages is a call of the control API.">
      <Way label="reset command" command={`curl -X POST ${kit}/_kit/reset ${json} -d '{}'`}>
        All systems back to the seed of the world:
      </Way>
      <Way label="clock command" command={`curl -X POST ${kit}/_kit/clock ${json} -d '{"advance":"PT40M"}'`}>
        On to the next cycle, answered when it has run:
      </Way>
      {dialpad !== undefined && (
        <Way label="API key command" command={`curl -X POST ${dialpad}/_kit/api-keys ${json} -d '{"name":"test"}'`}>
          An API key for <code class="k-mono">{dialpad}/scim</code>:
        </Way>
      )}
    </Card>
  )
}
