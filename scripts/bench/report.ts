import type { Line, Row } from './row.ts'

/** The table as it is printed: one line per measurement, below the goal of its row. */
export function renderTable(rows: readonly { readonly row: Row; readonly lines: readonly Line[] }[]): string {
  return rows.map(({ row, lines }) => [`${row.name}: ${row.goal}`, ...lines.map(renderLine)].join('\n')).join('\n\n')
}

function renderLine({ at = '', value, ratios = {}, note }: Line): string {
  const shares = Object.entries(ratios).map(([name, ratio]) => `${ratio.toFixed(2)} ${name}`)
  const facts = [...(shares.length > 0 ? [shares.join(', ')] : []), ...(note === undefined ? [] : [`(${note})`])]
  return `  ${at.padEnd(14)} ${value.padStart(9)}  ${facts.join('  ')}`
}
