/** An expression that cannot be read or computed. `position` counts characters from 0. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly position: number
  constructor(message: string, position: number) {
    super(message)
    this.position = position
  }
}
