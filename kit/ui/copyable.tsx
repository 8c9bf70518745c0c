import { Icon } from './icon.tsx'
import { useClasses } from './look.ts'
import { Notice } from './notice.tsx'

export interface CopyableProps {
  /** What it is: names the button, `Copy Object ID`. */
  readonly label: string
  readonly value: string
}

/** A long value in monospace. The copy button shows itself where scripts run. */
export function Copyable({ label, value }: CopyableProps) {
  return (
    <span class="k-copyable">
      <code class="k-mono k-copyable__value">{value}</code>
      <CopyButton label={label} value={value} />
    </span>
  )
}

/** Copies `value`; shows itself where scripts run. */
export function CopyButton({ label, value }: CopyableProps) {
  return (
    <button type="button" class="k-copy" data-copy={value} hidden aria-label={`Copy ${label}`}>
      <Icon name="copy" />
      <span class="k-copy__done" aria-live="polite" />
    </button>
  )
}

export interface SecretOnceProps extends CopyableProps {
  readonly title: string
  /** That it will not be shown again, in the product's words. */
  readonly warning: string
}

/** A secret just made, in a field that can be selected. Render it in the one answer that follows its making, never later. */
export function SecretOnce(props: SecretOnceProps) {
  const classes = useClasses()
  return (
    <Notice tone="warning" title={props.title}>
      <p>{props.warning}</p>
      <div class="k-secret">
        <label class={classes('k-label', 'label')} for="secret-once">
          {props.label}
        </label>
        <div class="k-secret__row">
          <input
            id="secret-once"
            class={classes('k-input k-mono', 'input')}
            value={props.value}
            readOnly
            autoComplete="off"
            spellcheck={false}
          />
          <CopyButton label={props.label} value={props.value} />
        </div>
      </div>
    </Notice>
  )
}
