/** An expression that cannot be read or computed. `position` counts characters from 0. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly position: number
  constructor(message: string, position: number) {
    super(message)
    this.position = position
  }
}

/** Whether a problem comes of somebody's values, and not of the expression: it may be saved. */
export function isAboutValues({ message }: { readonly message: string }): boolean {
  return /is not inside it|is not a number/.test(message)
}
