import { readFileSync } from 'node:fs'
import { dialpadLook } from '#dialpad/portal/look/look.ts'

/** Custom properties a style sheet of ours takes from its design system: all it reads but the parts' own `--k-…`. */
export function usedVariables(styleSheet: string): ReadonlySet<string> {
  const text = readFileSync(styleSheet, 'utf8')
  return new Set(
    [...text.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1] ?? '').filter((name) => !name.startsWith('--k-')),
  )
}

/** Dialtone's classes our parts wear, as the look lists them. */
export function dialtoneClasses(): readonly string[] {
  const names = Object.values(dialpadLook.classes).flatMap((value) => value.split(' '))
  return [...new Set(names)].filter((name) => name.startsWith('d-')).sort()
}
