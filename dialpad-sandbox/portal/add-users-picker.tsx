import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { CheckboxField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { DirectorySearch } from '../directory/microsoft-directory.ts'

/** Why somebody of the directory cannot be picked. */
export type PickMark = 'in-dialpad' | 'foreign-domain' | 'in-form'

/** Somebody of the directory, as the list shows them. */
export interface PickRow {
  readonly name: string
  readonly email: string
  /** Absent for those who can be picked. */
  readonly mark: PickMark | undefined
}

export type PickerView =
  /** No Microsoft sign-in is configured at all. */
  | { readonly kind: 'none' }
  | { readonly kind: 'not-connected'; readonly loginHref: string }
  | {
      readonly kind: 'ready'
      readonly sought: string
      readonly found?: { readonly people: readonly PickRow[]; readonly hasMore: boolean }
    }
  | {
      readonly kind: 'failed'
      readonly sought: string
      readonly loginHref: string
      readonly why: Extract<DirectorySearch, { kind: 'ended' | 'denied' | 'unreachable' }>
    }

const MARKS: Readonly<Record<PickMark, string>> = {
  'in-dialpad': 'Already in Dialpad',
  'foreign-domain': 'Not of a domain of the company',
  'in-form': 'In the addresses above',
}

/**
 * Add User > pick from the directory: part of the form, so that what was typed there is kept. Its buttons send the form as `do=search` and
 * `do=pick`; ticked people (`pick`) are added to the addresses whichever button is pressed.
 */
export function DirectoryPicker({ view }: { readonly view: PickerView }) {
  return (
    <Card title="Pick from the Microsoft directory" headingLevel={3}>
      <Stack>
        <PickerBody view={view} />
      </Stack>
    </Card>
  )
}

function PickerBody({ view }: { readonly view: PickerView }) {
  switch (view.kind) {
    case 'none':
      return <Quiet>Dialpad was started without the address of a Microsoft sign-in: type the addresses.</Quiet>
    case 'not-connected':
      return (
        <>
          <Quiet>
            You did not log in with Microsoft, so Dialpad cannot look into your directory. Type the addresses, or log in
            with Microsoft to pick people.
          </Quiet>
          <FormActions>
            <LinkButton href={view.loginHref}>Log in with Microsoft</LinkButton>
          </FormActions>
        </>
      )
    case 'failed':
      return (
        <>
          <Failure view={view} />
          {view.why.kind === 'ended' ? null : <SearchBox sought={view.sought} />}
        </>
      )
    case 'ready':
      return (
        <>
          <SearchBox sought={view.sought} />
          {view.found && <Found sought={view.sought} {...view.found} />}
        </>
      )
  }
}

function SearchBox({ sought }: { readonly sought: string }) {
  return (
    <>
      <TextField
        label="Search the directory"
        name="directory"
        value={sought}
        maxLength={64}
        autocomplete="off"
        hint="The beginning of a name or address. Empty: the first few people."
      />
      <FormActions>
        <Button name="do" value="search">
          Search directory
        </Button>
      </FormActions>
    </>
  )
}

function Found(props: { readonly sought: string; readonly people: readonly PickRow[]; readonly hasMore: boolean }) {
  const { people, sought } = props
  return (
    <>
      <DataTable
        caption="People in the directory"
        columns={[
          { key: 'name', header: 'Name' },
          { key: 'email', header: 'Email', mono: true },
          { key: 'mark', header: 'Dialpad' },
        ]}
        rows={people.map((person, index) => ({
          key: person.email,
          cells: {
            name: (
              <CheckboxField
                label={person.name}
                name="pick"
                id={`pick-${index}`}
                value={person.email}
                disabled={person.mark !== undefined}
              />
            ),
            email: person.email,
            mark: person.mark === undefined ? <Quiet>Not yet</Quiet> : <Quiet>{MARKS[person.mark]}</Quiet>,
          },
        }))}
        empty={
          <EmptyState title="Nobody found" icon="search">
            {sought === '' ? 'The directory has nobody.' : `No name or address begins with “${sought}”.`}
          </EmptyState>
        }
      />
      {props.hasMore && <Quiet>There are more than these: search for a longer beginning.</Quiet>}
      {people.some(({ mark }) => mark === undefined) && (
        <FormActions>
          <Button name="do" value="pick">
            Add selected
          </Button>
        </FormActions>
      )}
    </>
  )
}

function Failure({ view }: { readonly view: Extract<PickerView, { kind: 'failed' }> }) {
  const { why, loginHref } = view
  const again = <LinkButton href={loginHref}>Log in with Microsoft</LinkButton>
  switch (why.kind) {
    case 'ended':
      return (
        <Notice tone="warning" title="Microsoft does not let Dialpad into the directory any more" actions={again}>
          <p>
            The login with Microsoft has ended, or the account or the consent behind it has. Log in with Microsoft
            again, or type the addresses.
          </p>
          {why.words && <p>{why.words}</p>}
        </Notice>
      )
    case 'denied':
      return (
        <Notice tone="warning" title="Microsoft denied the search" actions={again}>
          Dialpad may not read the directory in your name ({why.code}). It needs the consent to read all users' basic
          profiles, and you need to be allowed to list people. Type the addresses.
        </Notice>
      )
    case 'unreachable':
      return (
        <Notice tone="warning" title="The directory did not answer">
          {why.reason} Try again, or type the addresses.
        </Notice>
      )
  }
}
