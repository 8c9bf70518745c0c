import { Fragment } from 'preact'

/** Code that may break after a colon, so that an attribute's URN fits a narrow column. */
export function BreakableCode({ text }: { readonly text: string }) {
  return (
    <code>
      {text.split(/(?<=:)/).map((part, index) => (
        <Fragment key={`${index}-${part}`}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  )
}
