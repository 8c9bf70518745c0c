/** What the presenter of a walkthrough should know. In our words. */
export interface PresenterNotes {
  /** What to have ready, and what the room must know. */
  readonly before: readonly string[]
  /** One sentence each, in the order of the walkthrough. */
  readonly say: readonly string[]
  /** Where eyes should be when it counts. */
  readonly pointAt: readonly string[]
  readonly questions: readonly { readonly question: string; readonly answer: string }[]
}
