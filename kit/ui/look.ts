import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** How much attention something asks for. Looks colour it; words always carry the meaning too. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** Parts that a look may give class names of its own, besides the `k-…` classes every look shares. */
export type PartName =
  | 'body'
  | 'button'
  | 'button-primary'
  | 'button-secondary'
  | 'button-subtle'
  | 'button-danger'
  | 'button-label'
  | 'label'
  | 'input'
  | 'textarea'
  | 'select'
  | 'select-input'
  | 'table'
  | 'badge'
  | `badge-${Tone}`
  | 'notice'
  | `notice-${Tone}`
  | 'notice-title'
  | 'card'
  | 'tab-row'
  | 'tab'
  | 'tab-current'
  | 'page-title'

/** What makes one product's pages look like that product: a value, so that the parts know no product. */
export interface Look {
  /** Name of the system: `kit`, or the product's. Becomes the class `look-{system}` of the body. */
  readonly system: string
  /** The product's plain name, shown after the page title in the browser tab. */
  readonly product: string
  /** One letter for the coloured square that stands in for a logo. */
  readonly mark: string
  /** Addresses of the style sheets, in order, below `/_assets/`. The shared `kit.css` comes first, without being listed. */
  readonly stylesheets: readonly string[]
  /** Class names added to the parts. A part that is missing here gets the shared class alone. */
  readonly classes: Readonly<Partial<Record<PartName, string>>>
}

/** What every page of one request has in common. */
export interface Frame {
  /** Virtual now, ISO 8601 UTC. */
  readonly nowIso: string
  /** Origin of the kit home, without a trailing slash. */
  readonly kitUrl: string
  /** The session's token; every {@link Form} carries it as `_csrf`. Absent where nobody has a session and no form posts. */
  readonly csrfToken?: string | undefined
  /** Path and query of this request: what a live part asks for again. */
  readonly path: string
}

/** The look used where no {@link LookContext} is provided: shared classes only. */
const plainLook: Look = { system: 'plain', product: 'Kit', mark: 'K', stylesheets: [], classes: {} }

/** Gives the parts below it their look. `Document` and `renderFragment` provide it. */
export const LookContext = createContext<Look>(plainLook)

/** Gives the parts below it the request's frame. `Document` and `renderFragment` provide it. */
export const FrameContext = createContext<Frame | undefined>(undefined)

/** The frame of the page being rendered, `undefined` for a part rendered on its own. */
export function useFrame(): Frame | undefined {
  return useContext(FrameContext)
}

/** Class names joined: falsy ones are left out. */
export function joinClasses(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** The look's own class for each named part, joined with the shared ones. Call it as a hook, inside a component. */
export function useClasses(): (shared: string, ...parts: readonly (PartName | false | undefined)[]) => string {
  const { classes } = useContext(LookContext)
  return (shared, ...parts) => joinClasses(shared, ...parts.map((part) => part && classes[part]))
}
