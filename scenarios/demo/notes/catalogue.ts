import type { Walkthrough } from '#scenarios/walkthroughs/walkthrough.ts'
import { ENTRA_NOTES } from './entra-notes.ts'
import { OKTA_NOTES } from './okta-notes.ts'
import type { PresenterNotes } from './presenter-notes.ts'

/** The notes of a walkthrough. @throws when it has none. */
export function notesOf({ id }: Walkthrough): PresenterNotes {
  const notes = ENTRA_NOTES[id] ?? OKTA_NOTES[id]
  if (notes === undefined) throw new Error(`The walkthrough ${id} has no presenter notes.`)
  return notes
}
