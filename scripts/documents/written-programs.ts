import { readFileSync } from 'node:fs'

/** A program of a document: the `ts` blocks of one section, in their order. */
export interface WrittenProgram {
  readonly name: string
  readonly text: string
}

/** Pages that hold programs for readers to copy. */
const PAGES = ['README.md', 'docs/recipes.md', 'docs/x-ray.md', 'docs/security.md', 'docs/https.md'] as const

/** Every program of the documents. What one leaves open is closed at its end, so that the next begins with nothing. */
export function readPrograms(): readonly WrittenProgram[] {
  return PAGES.flatMap((page) => {
    const sections = readFileSync(page, 'utf8').split(/^##+ /m)
    return sections.flatMap((section) => {
      const text = [...section.matchAll(/^[ ]*```ts\n([\s\S]*?)```/gm)].map(([, block]) => block).join('\n')
      if (text === '') return []
      const end = text.includes('.close()') ? '' : '\nawait kit.close()\n'
      return [{ name: `${page}: ${section.split('\n', 1)[0] ?? ''}`, text: `${text}${end}` }]
    })
  })
}
