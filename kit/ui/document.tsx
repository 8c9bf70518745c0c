import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { uiScripts, uiStylesheet } from './assets.ts'
import { type Frame, FrameContext, joinClasses, type Look, LookContext } from './look.ts'
import { formatDateTime } from './time-text.tsx'

/** No style injected late (the content policy refuses it), and what the reader opened stays open through a refresh. */
const liveConfig = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  morphIgnore: ['data-htmx-powered', 'open'],
})

export interface DocumentProps {
  readonly look: Look
  /** Of the browser tab, without the product's name. */
  readonly title: string
  readonly frame: Frame
  /** The product's own top bar and navigation, outside `main`. */
  readonly header?: ComponentChildren
  /** Side panels and whatever else lies over the page, outside `main`. */
  readonly overlay?: ComponentChildren
  /** Class of the element around header and main: a shell's grid. */
  readonly shellClass?: string | undefined
  readonly mainClass?: string | undefined
  /** Shown in a frame of another page of the same system, which has the strip already. */
  readonly framed?: boolean | undefined
  readonly children: ComponentChildren
}

/** The whole page: head, skip link, the training strip, then the look's shell around `main`. */
export function Document(props: DocumentProps) {
  const { look, frame } = props
  return (
    <LookContext.Provider value={look}>
      <FrameContext.Provider value={frame}>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="htmx-config" content={liveConfig} />
            <title>{`${props.title} - ${look.product}`}</title>
            <link rel="icon" href="data:," />
            {[uiStylesheet, ...look.stylesheets].map((href) => (
              <link key={href} rel="stylesheet" href={href} />
            ))}
            {uiScripts.map((src) => (
              <script key={src} src={src} defer />
            ))}
          </head>
          <body class={joinClasses('k-body', `look-${look.system}`, look.classes.body)}>
            <a class="k-skip" href="#main">
              Skip to main content
            </a>
            {!props.framed && <TrainingStrip />}
            <div class={joinClasses('k-shell', props.shellClass)}>
              {props.header}
              <main id="main" tabIndex={-1} class={joinClasses('k-main', props.mainClass)}>
                {props.children}
              </main>
            </div>
            {props.overlay}
          </body>
        </html>
      </FrameContext.Provider>
    </LookContext.Provider>
  )
}

/** The fixed line that says what this is, what day it is here, and where the kit home lies. */
function TrainingStrip() {
  const frame = useContext(FrameContext)
  if (frame === undefined) return null
  // On a narrow screen the day alone has room.
  const full = formatDateTime(frame.nowIso)
  const comma = full.indexOf(',')
  const [day, rest] = comma < 0 ? [full, ''] : [full.slice(0, comma), full.slice(comma)]
  return (
    <aside class="k-strip" aria-label="About this simulation">
      <span class="k-strip__what">Training simulation, not affiliated with the vendor</span>
      <time class="k-strip__now" dateTime={frame.nowIso} title={`Virtual time ${frame.nowIso}`}>
        {day}
        <span class="k-strip__rest">{rest}</span>
      </time>
      <a class="k-strip__home" href={`${frame.kitUrl}/`} target="_top">
        Kit home
      </a>
    </aside>
  )
}
