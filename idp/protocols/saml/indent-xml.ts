/**
 * XML of ours with one element a line, to be read by people; an element that holds text only stays on its line. Not for signed messages,
 * whose blanks count.
 */
export function indentXml(xml: string): string {
  const lines: string[] = []
  let depth = 0
  for (const [token] of xml.matchAll(/<[^>]+>[^<]*/g)) {
    const isClosing = token.startsWith('</')
    if (isClosing) depth -= 1
    const last = lines.at(-1)
    const name = /^<\/?([^\s/>]+)/.exec(token)?.[1]
    const closesLine = isClosing && last !== undefined && new RegExp(`^\\s*<${name}[\\s>][^<]*$`).test(last)
    if (closesLine) lines[lines.length - 1] = `${last}${token}`
    else lines.push(`${'  '.repeat(depth)}${token}`)
    if (!isClosing && !/\/>$|^<\?/.test(token.replace(/>[^>]*$/, '>'))) depth += 1
  }
  return lines.join('\n')
}
