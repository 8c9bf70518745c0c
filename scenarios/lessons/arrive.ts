import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad, signInToEntraIfAsked, signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import type { Start } from './lesson.ts'

/** Open the page a lesson starts at, signed in as it says. */
export async function arrive(walk: Walk, { system, path, as, browser }: Start): Promise<Desk> {
  const desk = await walk.desk(system, browser)
  const address = typeof path === 'string' ? path : await path(walk)
  if (as !== undefined) await signIn(desk, system, as)
  await desk.open(address)
  return desk
}

async function signIn(desk: Desk, system: Start['system'], who: string): Promise<void> {
  if (system === 'kit') return
  if (system === 'dialpad') return logInToDialpad(desk, who)
  await desk.open(system === 'entra' ? '/admin' : '/')
  if (system === 'okta') {
    if (await desk.shows('Username')) await signInToOkta(desk, who)
  } else await signInToEntraIfAsked(desk, who)
}
