import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns, Disclosure, Inline, Quiet, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { LICENCES, licenceName } from '../domain/licences.ts'
import type { LicenceType } from '../records.ts'
import { DirectoryPicker, type PickerView } from './add-users-picker.tsx'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { FormProblem, type Typed } from './typed.tsx'
import { type ListOffice, listPath } from './user-list-page.tsx'

/** `/admin/company/users/add`, `/admin/offices/…/users/add`. */
export function addUsersPath(office: ListOffice, step?: 'confirm'): string {
  return `${listPath(office, 'users')}/add${step === undefined ? '' : `/${step}`}`
}

interface Props {
  readonly chrome: Chrome
  readonly office: ListOffice
}

function frameOfStep({ chrome, office }: Props) {
  const users = listPath(office, 'users')
  return { chrome, office, current: users, title: 'Add User', trail: [{ label: 'Users', href: users }] }
}

/** Choices of a licence, with what a number has to do with it. */
export const LICENCE_CHOICES = LICENCES.map(({ type, names, directNumber }) => ({
  value: type,
  label: directNumber ? names['2025'] : `${names['2025']} (no direct number)`,
}))

/** Add User, first step: whom, where, with which licence. */
export function AddUsersPage(
  props: Props & { readonly typed: Typed; readonly domains: string; readonly picker: PickerView },
) {
  const { values, problems } = props.typed
  return (
    <AdminPage {...frameOfStep(props)} lead="They get a mail with a link, and are pending until they follow it.">
      <Card title="Who">
        <FormProblem typed={props.typed} />
        <Form action={addUsersPath(props.office)} label="Add User" noValidate>
          <TextField
            label="Email addresses"
            name="emails"
            multiline={4}
            value={values['emails']}
            problem={problems['emails']}
            hint={`Addresses of ${props.domains}, one on each line or with commas between them.`}
            required
          />
          <DirectoryPicker view={props.picker} />
          <SelectField
            label="Office"
            name="officeId"
            emptyLabel="Select an office"
            value={values['officeId']}
            options={props.chrome.offices.map((office) => ({ value: office.id, label: office.name }))}
            problem={problems['officeId']}
            required
          />
          <SelectField
            label="License"
            name="licence"
            value={values['licence']}
            options={LICENCE_CHOICES}
            problem={problems['licence']}
            required
          />
          <FormActions>
            <Button kind="primary">Next</Button>
            <LinkButton href={listPath(props.office, 'users')}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}

export interface PersonDraft {
  readonly email: string
  readonly givenName: string
  readonly familyName: string
  /** `reserved:+1…`, `new`, `area`, `none`; empty where the licence brings no number. */
  readonly number: string
  readonly areaCode: string
  readonly problem?: string | undefined
}

export interface ConfirmAddView {
  readonly target: { readonly id: string; readonly name: string; readonly areaCode: string }
  readonly licence: LicenceType
  readonly people: readonly PersonDraft[]
  /** What each would be given without an edit; fewer where the area is used up. */
  readonly suggestions: readonly { readonly number: string; readonly isReserved: boolean }[]
  readonly reserved: readonly string[]
  readonly hasNumbers: boolean
  /** Unused licences; `null`: without end. */
  readonly unused: number | null
  /** Licences that are bought when the unused ones do not suffice. */
  readonly willPurchase: number
  readonly problem?: string | undefined
}

/** Add User, second step: names, suggested numbers with Edit, what it uses. */
export function ConfirmAddPage(props: Props & { readonly view: ConfirmAddView }) {
  const { view } = props
  const count = view.people.length
  return (
    <AdminPage
      {...frameOfStep(props)}
      lead={`${count} user${count === 1 ? '' : 's'} for ${view.target.name}`}
      notices={view.problem && <Notice tone="danger">{view.problem}</Notice>}
    >
      <Form
        action={addUsersPath(props.office, 'confirm')}
        label="Confirm new users"
        fields={{ officeId: view.target.id, licence: view.licence, count: String(count) }}
        noValidate
      >
        <Stack gap="loose">
          {view.people.map((person, index) => (
            <PersonCard key={person.email} view={view} person={person} index={index} />
          ))}
          <Card title="Billing">
            <DefinitionList
              items={[
                { term: 'License', value: licenceName(view.licence) },
                { term: 'Office', value: view.target.name },
                { term: 'Used by this', value: String(count) },
                { term: 'Unused before', value: view.unused === null ? 'Unlimited' : String(view.unused) },
                { term: 'Purchased for this', value: String(view.willPurchase) },
              ]}
            />
          </Card>
          <FormActions>
            <Button kind="primary">Confirm</Button>
            <LinkButton href={addUsersPath(props.office)}>Back</LinkButton>
          </FormActions>
        </Stack>
      </Form>
    </AdminPage>
  )
}

function PersonCard(props: { readonly view: ConfirmAddView; readonly person: PersonDraft; readonly index: number }) {
  const { view, person, index } = props
  const suggestion = view.suggestions[index]
  const isEdited = person.areaCode !== '' || person.number !== suggestedChoice(suggestion)
  return (
    <Card title={person.email}>
      {person.problem && <Notice tone="danger">{person.problem}</Notice>}
      <input type="hidden" name={`email-${index}`} value={person.email} />
      <Columns>
        <TextField label="First name" name={`givenName-${index}`} value={person.givenName} maxLength={64} />
        <TextField label="Last name" name={`familyName-${index}`} value={person.familyName} maxLength={64} />
      </Columns>
      {view.hasNumbers ? (
        <Stack gap="tight">
          <Inline>
            <span>Number</span>
            <span class="k-mono">{suggestion?.number ?? 'none to be had'}</span>
            <Quiet>
              {suggestion === undefined
                ? ''
                : suggestion.isReserved
                  ? 'reserved'
                  : `new, area code ${view.target.areaCode}`}
            </Quiet>
          </Inline>
          <Disclosure title="Edit" open={isEdited}>
            <Stack>
              <SelectField
                label={`Number of ${person.email}`}
                name={`number-${index}`}
                value={person.number}
                options={[
                  ...view.reserved.map((number) => ({ value: `reserved:${number}`, label: `${number} (reserved)` })),
                  { value: 'new', label: `New number in area code ${view.target.areaCode}` },
                  { value: 'area', label: 'New number in another area code' },
                  { value: 'none', label: 'No number' },
                ]}
              />
              <TextField
                label={`Other area code for ${person.email}`}
                name={`areaCode-${index}`}
                value={person.areaCode}
                maxLength={4}
              />
            </Stack>
          </Disclosure>
        </Stack>
      ) : (
        <Quiet>{licenceName(view.licence)} comes without a direct number.</Quiet>
      )}
    </Card>
  )
}

/** The choice that stands for a suggestion. */
export function suggestedChoice(
  suggestion: { readonly number: string; readonly isReserved: boolean } | undefined,
): string {
  if (suggestion === undefined) return 'none'
  return suggestion.isReserved ? `reserved:${suggestion.number}` : 'new'
}
