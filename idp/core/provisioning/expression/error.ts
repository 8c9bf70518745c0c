/** Why an expression is refused, and where: `position` counts characters from 0. */
export class ExpressionError extends Error {
  readonly position: number

  constructor(position: number, message: string) {
    super(message)
    this.name = 'ExpressionError'
    this.position = position
  }
}
