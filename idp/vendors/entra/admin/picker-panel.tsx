import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form } from '#kit/ui/form.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { Panel } from '#kit/ui/panel.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { PickerEntry, PickerView } from './read-picker.ts'

export interface PickerPanelProps {
  readonly title: string
  readonly view: PickerView
  /** Where the form is posted: `do=search` to look again, `do=select` when done; `id` for each entry ticked. */
  readonly action: string
  /** Other fields the form keeps. */
  readonly fields?: Readonly<Record<string, string>>
  readonly closeHref: string
  readonly problem?: string | undefined
}

/** Search, tick, search again, tick more, Select. One form, so that what is ticked survives a search without any script. */
export function PickerPanel(props: PickerPanelProps) {
  const { view } = props
  return (
    <Panel
      title={props.title}
      closeHref={props.closeHref}
      footer={
        <>
          <Button kind="primary" form="picker" name="do" value="select">
            Select
          </Button>
          <LinkButton href={props.closeHref}>Cancel</LinkButton>
        </>
      }
    >
      {props.problem && <Notice tone="danger">{props.problem}</Notice>}
      <Form action={props.action} id="picker" fields={props.fields} noValidate>
        <div class="entra-picker__search">
          <TextField
            label="Search"
            name="q"
            value={view.text}
            placeholder="Search by name or email address"
            autocomplete="off"
          />
          <Button name="do" value="search" icon="search">
            Search
          </Button>
        </div>
        {view.selected.length > 0 && (
          <fieldset class="k-fieldset">
            <legend class="k-label">{`Selected items (${view.selected.length})`}</legend>
            <Entries entries={view.selected} checked />
          </fieldset>
        )}
        <fieldset class="k-fieldset">
          <legend class="k-label">{view.text === '' ? 'All users and groups' : `Results for "${view.text}"`}</legend>
          {view.results.length === 0 ? (
            <p>{view.text === '' ? 'Everybody is selected.' : 'Nobody else matches. Search for another beginning.'}</p>
          ) : (
            <Entries entries={view.results} />
          )}
          {view.hasMore && (
            <p>
              <Quiet>There are more. Search for the beginning of a name to find them.</Quiet>
            </p>
          )}
        </fieldset>
      </Form>
    </Panel>
  )
}

function Entries({ entries, checked }: { readonly entries: readonly PickerEntry[]; readonly checked?: boolean }) {
  return (
    <ul class="entra-picker">
      {entries.map((entry) => (
        <li key={entry.id} class="entra-picker__entry">
          <input
            type="checkbox"
            class="k-checkbox"
            id={`pick-${entry.id}`}
            name="id"
            value={entry.id}
            checked={checked}
            disabled={entry.unavailable !== undefined}
          />
          <Icon name={entry.type === 'Group' ? 'group' : 'user'} size={20} />
          <label class="k-person__words" for={`pick-${entry.id}`}>
            <span>{entry.name}</span>
            <span class="k-person__detail">{[entry.type, entry.detail].filter(Boolean).join(' · ')}</span>
          </label>
          {entry.unavailable && <Quiet>{entry.unavailable}</Quiet>}
        </li>
      ))}
    </ul>
  )
}
