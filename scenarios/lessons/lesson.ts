import type { SystemName } from '#contract/addresses.ts'
import type { Finding, Walk, Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'

/**
 * A course teaches a walkthrough: its lessons hold the instructions, each in exactly one lesson and in their order. A lesson
 * ends where something can be told from state and journal, so an instruction that leaves no trace shares the lesson of the
 * next one that does.
 */
export interface Course {
  /** That of its walkthrough. */
  readonly id: string
  readonly walkthrough: Walkthrough
  readonly lessons: readonly Lesson[]
  /**
   * What an earlier lesson would have kept and the trainee alone knows, by name: an API key's value. Each gets it in another
   * way, for *do it for me*.
   */
  readonly supplies?: Readonly<Record<string, (walk: Walk) => Promise<string>>>
}

export interface Lesson {
  /** The instructions, by the ids of the walkthrough's steps. The last gives the lesson its id and title. */
  readonly steps: readonly string[]
  /** Where the first instruction begins; unsaid, the instruction says where to go by itself. */
  readonly start?: Start | readonly Start[]
  /** What has to be kept before it can be done: names of the course's `supplies`. */
  readonly needs?: readonly string[]
  /** More that has to be there first, after the setup of its steps. */
  readonly setup?: (walk: Walk) => Promise<void>
  /** Told from state, and from what the journals hold since the lesson began. The check of the last step unless told. */
  readonly check?: (walk: Walk) => Promise<Finding>
  /** Where to look; what to do there; each click. */
  readonly hints: readonly [where: string, what: string, clicks: string]
  /** At least two mistakes people make here. */
  readonly wrong: readonly [Mistake, Mistake, ...Mistake[]]
}

/** A page where somebody is signed in. */
export interface Start {
  readonly system: SystemName
  /** Path of the page, or how to find it. */
  readonly path: string | ((walk: Walk) => Promise<string>)
  /** Who is signed in, by address; nobody when unsaid. */
  readonly as?: string
  /** In a browser of that name; the administrator's unless told. */
  readonly browser?: string
}

export interface Mistake {
  /** What was done, in the past tense: `The key was pasted with "Bearer " before it.` */
  readonly mistake: string
  /** What to do about it; shown when the mistake shows. */
  readonly hint: string
  /** Make it, as people do. */
  readonly attempt: (walk: Walk) => Promise<void>
  /** Whether state or journal show that it was made and the lesson is therefore not done. */
  readonly shows: (walk: Walk) => Promise<boolean>
}

/** What the check of a lesson says. */
export interface Judgement extends Finding {
  /** The first of the lesson's mistakes that shows, when the lesson is not done. */
  readonly mistake?: Mistake
}
