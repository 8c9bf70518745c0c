/** RFC 4180: values with commas, quotes or line ends are quoted; lines end with CR LF. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** What a spreadsheet would take for a formula is kept a text: names come from directories, and somebody typed them. */
const FORMULA = /^([=@\t\r]|[+-](?!\d))/

function cell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
