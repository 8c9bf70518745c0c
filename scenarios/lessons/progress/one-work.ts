import { Refusal } from '#kit/http/errors.ts'

/** The kit at work in the one world there is: it sets the scene of a lesson or breaks things for a lab, never both at a time. */
export interface OneWork {
  /**
   * @param what In words for whoever is refused: `setting the scene of a lesson`.
   * @returns what ends it. @throws Refusal `busy` (409) while something else is done.
   */
  begin(what: string): () => void
}

export function createOneWork(): OneWork {
  let underWay: string | undefined
  return {
    begin(what) {
      if (underWay !== undefined) {
        throw new Refusal('busy', 409, `The kit is still busy: it is ${underWay}.`, {
          hint: 'Wait until that is over.',
        })
      }
      underWay = what
      return () => {
        underWay = undefined
      }
    },
  }
}
