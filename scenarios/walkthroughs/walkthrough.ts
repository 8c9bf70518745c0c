import type { SystemName } from '#contract/addresses.ts'
import type { LocalFetch } from '#kit/http/local-fetch.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import type { ArticleId } from './articles.ts'

/**
 * A walkthrough is data: the steps of a published tutorial, each with what to say, how to do it and how to tell that it was
 * done. One definition runs in tests, paces a demonstration and prints the table of `docs/tutorials.md`.
 */
export interface Walkthrough {
  /** Name on the command line, of the report's folder and of the test. */
  readonly id: string
  readonly title: string
  /** World it starts from. */
  readonly world: string
  /** What is learned, in a sentence or two. */
  readonly lead: string
  /** Every run proves that the check of each step finds nothing before the step is done. */
  readonly proven?: true
  readonly steps: readonly Step[]
}

export interface Step {
  /** Our number of the source's instruction: `001/config/5`; what no source tells goes by `life/1`. */
  readonly id: string
  readonly title: string
  /** The instruction in our words, one or two sentences. */
  readonly say: string
  readonly source: StepSource
  /** Where it happens, and the labels the instruction names, in its order. Following the step must meet each of them. */
  readonly at: Place
  /** What must be there first and is not part of the lesson. */
  readonly setup?: (walk: Walk) => Promise<void>
  /** Do it as a person would: by what the pages say. */
  readonly solve: (walk: Walk) => Promise<void>
  /** Judge by state and journal, never by the screen alone. */
  readonly check: (walk: Walk) => Promise<Finding>
  /** Where there are three: where to look, what to do, which control to press. */
  readonly hints?: readonly string[]
  /** Mistakes people make here, and how they show. */
  readonly wrong?: readonly Mistake[]
}

export interface StepSource {
  readonly article: ArticleId
  /** Heading of the article the instruction stands under. */
  readonly section: string
  /** The same instruction in another article: `002/config/5`. */
  readonly also?: string
}

export interface Place {
  /** In words: `Dialpad, API Keys`. */
  readonly page: string
  readonly labels: readonly string[]
}

export interface Finding {
  readonly ok: boolean
  /** What was found, in a sentence: names, numbers, states. Never a secret. */
  readonly found: string
}

export interface Mistake {
  readonly mistake: string
  readonly sign: string
}

/** What the steps of one run share. */
export interface Walk {
  readonly urls: Readonly<Record<SystemName | 'smtp', string>>
  /** The control API of each system, which checks read. */
  readonly control: Readonly<Record<SystemName, ControlClient>>
  /** `fetch` for calls that a script of the administrator makes: it trusts the kit's own CA where the kit is https. */
  readonly fetch: LocalFetch
  /** What one step learns and a later one needs. */
  readonly keep: Keep
  /**
   * The tab in which `browser` looks at `system`. A browser has its own cookies; the administrator's has a tab for each
   * system. Asked for again, it is the same tab.
   */
  desk(system: SystemName, browser?: string): Promise<Desk>
}

export interface Keep {
  set(name: string, value: string): void
  /** The same, and the value is hidden in pictures. */
  setSecret(name: string, value: string): void
  /** @throws when no step has kept it: the steps are out of order. */
  get(name: string): string
  has(name: string): boolean
  /** Everything kept, by name. */
  entries(): readonly (readonly [name: string, value: string])[]
}

/** Which of several things with the same label is meant. */
export interface Where {
  /** Accessible name of the navigation, dialog, table, form or region that holds it. */
  readonly within?: string
}

/**
 * A browser tab used by what its pages say: controls are found by role and label only, as someone who reads them would. A
 * label that is used or seen is noted, in order.
 */
export interface Desk {
  /** Go to a path of the system. For what a person types into the address bar. */
  open(path: string): Promise<void>
  /** Press the link, button, tab or menu called `label`. @throws when there is none, or several that differ. */
  press(label: string, where?: Where): Promise<void>
  fill(label: string, text: string, where?: Where): Promise<void>
  /** Choose an option of a drop-down by its text. */
  choose(label: string, option: string, where?: Where): Promise<void>
  tick(label: string, on?: boolean, where?: Where): Promise<void>
  /** Press the control called `label` in the row of a table or list that says `row`. */
  pressInRow(row: string, label: string): Promise<void>
  /** Wait until the page says `text`: a heading, a label, a sentence. Waits for work that takes a while. */
  see(text: string, where?: Where): Promise<void>
  /** The text of the field called `label`. */
  read(label: string): Promise<string>
  /** Whether the page has a control or field called `label` at this moment. */
  shows(label: string, where?: Where): Promise<boolean>
  /** Press Enter in the field filled last. */
  enter(): Promise<void>
  /** Press the first link of the first row that says all of `words`. */
  openRow(...words: readonly string[]): Promise<void>
  /** The value that the button beside `label` copies. */
  copy(label: string): Promise<string>
  /** The value that the row of `row` shows to be copied. */
  copyInRow(row: string): Promise<string>
  /** Where the link called `label`, or whose name holds it, leads: for another browser. */
  addressOf(label: string, where?: Where): Promise<string>
  /** Take the file that the link or button called `label` gives. @returns its text */
  download(label: string): Promise<string>
}
