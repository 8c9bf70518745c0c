import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import type { Desk } from './walkthrough.ts'

/** Type name and password into Entra's sign-in, which the desk already shows. */
export async function signInToEntra(desk: Desk, address: string): Promise<void> {
  await desk.fill('Email, phone, or Skype', address)
  await desk.press('Next')
  await desk.fill('Password', TRAINING_PASSWORD)
  await desk.press('Sign in')
  await desk.see('Stay signed in?')
  await desk.press('No')
}

/**
 * Sign in to Entra where it asks who it is, with an empty field or with accounts to pick.
 * @returns whether it asked: not where somebody is signed in.
 */
export async function signInToEntraIfAsked(desk: Desk, address: string): Promise<boolean> {
  if (await desk.shows('Use another account')) await desk.press('Use another account')
  const isAsked = await desk.shows('Email, phone, or Skype')
  if (isAsked) await signInToEntra(desk, address)
  return isAsked
}

/** Type username and password into the org's sign-in, which the desk already shows. */
export async function signInToOkta(desk: Desk, username: string): Promise<void> {
  await desk.fill('Username', username)
  await desk.press('Next')
  await desk.fill('Password', TRAINING_PASSWORD)
  await desk.press('Verify')
}

/** From Dialpad's public page to the account page, with e-mail and password. */
export async function logInToDialpad(desk: Desk, address: string): Promise<void> {
  await desk.open('/')
  await desk.press('Log In')
  await desk.press('Use Dialpad online')
  await desk.fill('Email', address)
  await desk.fill('Password', TRAINING_PASSWORD)
  await desk.press('Log in')
}
