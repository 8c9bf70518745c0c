/** Wrong passwords since the last right one. Keyed by the person's id. */
export interface SignInGuard {
  readonly failures: number
}

export type SignInShape = { signInGuards: SignInGuard }
