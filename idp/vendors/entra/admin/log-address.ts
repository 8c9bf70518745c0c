import type { Command } from '#kit/ui/command-bar.tsx'

/** An address with the parts of a query that say something. */
export function withQuery(path: string, query: object): string {
  const said = Object.entries(query).filter(([, value]) => value !== '')
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said)}`
}

/** What a log can be taken away as, with its filters; and looked at anew. `href`: address of the list, without a query. */
export function logCommands({ href, query }: { readonly href: string; readonly query: object }): readonly Command[] {
  const download = (format: string) => withQuery(`${href}/download`, { ...query, format })
  return [
    {
      kind: 'menu',
      label: 'Download',
      items: [
        { kind: 'link', label: 'Download CSV', icon: 'download', href: download('csv') },
        { kind: 'link', label: 'Download JSON', icon: 'download', href: download('json') },
      ],
    },
    { kind: 'link', label: 'Refresh', icon: 'refresh', href: withQuery(href, query) },
  ]
}
