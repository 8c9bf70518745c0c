import type { Operand } from './parser.ts'
import { numberText } from './values.ts'

/** An expression as text again: what {@link parseExpression} reads back to the same expression. */
export function printExpression(operand: Operand): string {
  switch (operand.kind) {
    case 'call':
      return `${operand.call.name}(${operand.args.map(printExpression).join(', ')})`
    case 'attribute':
      return `[${operand.name}]`
    case 'constant':
      return operand.value
    case 'literal':
      return typeof operand.value === 'number' ? numberText(operand.value) : quoted(operand.value)
    case 'comparison':
      return `${printExpression(operand.left)} ${operand.operator} ${printExpression(operand.right)}`
    case 'empty':
      return ''
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
