import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Columns, Stack } from '#kit/ui/layout.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import type { EmergencyAddress } from '../records.ts'
import { COUNTRY_CHOICES, TIMEZONES } from '../sign-in/sign-up/sign-up-choices.ts'
import { COMPANY, officePath, userPath } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { type OfficeSeats, SeatPicture, SeatTable } from './seat-picture.tsx'
import { FormProblem, type Typed } from './typed.tsx'

export interface OfficeRow {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly areaCode: string
  readonly timezone: string
  readonly isPrimary: boolean
  readonly users: number
  readonly used: number
  /** `null`: without end. */
  readonly owned: number | null
}

const OFFICES = `${COMPANY}/offices`
export const NEW_OFFICE = `${OFFICES}/new`

/** Company Settings > Offices. */
export function OfficesPage(props: {
  readonly chrome: Chrome
  readonly offices: readonly OfficeRow[]
  readonly seats: readonly OfficeSeats[]
}) {
  return (
    <AdminPage
      chrome={props.chrome}
      current={OFFICES}
      title="Offices"
      lead="A directory chooses a person's office by its exact name."
      actions={
        <LinkButton href={NEW_OFFICE} kind="primary" icon="add">
          Add New Office
        </LinkButton>
      }
    >
      <Stack gap="loose">
        <DataTable
          caption="Offices"
          columns={[
            { key: 'name', header: 'Name' },
            { key: 'country', header: 'Country' },
            { key: 'areaCode', header: 'Area code', mono: true },
            { key: 'timezone', header: 'Time zone' },
            { key: 'users', header: 'Users', align: 'end' },
            { key: 'seats', header: 'Licenses used', align: 'end' },
          ]}
          rows={props.offices.map((office) => ({
            key: office.id,
            href: officePath(office.id),
            cells: {
              name: office.isPrimary ? `${office.name} (primary)` : office.name,
              country: office.country,
              areaCode: office.areaCode,
              timezone: office.timezone,
              users: office.users,
              seats: `${office.used} of ${seatsInWords(office.owned)}`,
            },
          }))}
          empty={<EmptyState title="No offices">A company gets its first office when it signs up.</EmptyState>}
        />
        <Card title="Seats and users per office">
          <SeatPicture offices={props.seats} />
          <SeatTable offices={props.seats} />
        </Card>
      </Stack>
    </AdminPage>
  )
}

export interface OfficeView extends OfficeRow {
  readonly mainLine: readonly string[]
  readonly emergencyAddress: EmergencyAddress | undefined
  readonly admins: readonly { readonly id: string; readonly name: string; readonly email: string }[]
  /** People who could administer it. */
  readonly candidates: readonly { readonly id: string; readonly name: string }[]
  readonly departments: number
  readonly reserved: number
  readonly seats: OfficeSeats
}

/** Office > Office Settings. */
export function OfficePage(props: {
  readonly chrome: Chrome
  readonly office: OfficeView
  readonly refusal?: string | undefined
}) {
  const { chrome, office } = props
  return (
    <AdminPage
      chrome={chrome}
      current={officePath(office.id)}
      office={office}
      title={office.name}
      lead={office.isPrimary ? 'Primary office' : undefined}
      notices={props.refusal && <Notice tone="danger">{props.refusal}</Notice>}
      actions={<LinkButton href={officePath(office.id, 'users')}>Users</LinkButton>}
    >
      <Stack gap="loose">
        <Card title="Office Info" action={<a href={officePath(office.id, 'edit')}>Edit</a>}>
          <DefinitionList
            items={[
              { term: 'Name', value: office.name },
              { term: 'Country', value: office.country },
              { term: 'Area code', value: office.areaCode },
              { term: 'Time zone', value: office.timezone },
              { term: 'Main line', value: office.mainLine.join(', ') },
              { term: 'E911 location', value: addressInWords(office.emergencyAddress) },
              { term: 'Users', value: String(office.users) },
              { term: 'Licenses used', value: `${office.used} of ${seatsInWords(office.owned)}` },
              {
                term: 'Reserved Numbers',
                value: <a href={officePath(office.id, 'reserved-numbers')}>{office.reserved} in reserve</a>,
              },
              { term: 'Departments', value: String(office.departments) },
            ]}
          />
        </Card>
        <Card title="Seats">
          <SeatPicture offices={[office.seats]} />
        </Card>
        <Card title="Office Administrators" lead="Only Company Admins add and remove them.">
          {office.admins.length === 0 ? (
            <p>No Office Admin: Company Admins administer this office.</p>
          ) : (
            <DataTable
              caption="Office Administrators"
              columns={[
                { key: 'name', header: 'Name' },
                { key: 'email', header: 'Email' },
                { key: 'actions', header: 'Actions', headerHidden: true, narrow: true },
              ]}
              rows={office.admins.map((admin) => ({
                key: admin.id,
                href: userPath(admin.id),
                cells: {
                  name: admin.name,
                  email: admin.email,
                  actions: chrome.rights.kind === 'company' && (
                    <Form action={officePath(office.id, 'admins/remove')} fields={{ userId: admin.id }} layout="bare">
                      <Button label={`Remove ${admin.name}`}>Remove</Button>
                    </Form>
                  ),
                },
              }))}
            />
          )}
          {chrome.rights.kind === 'company' && office.candidates.length > 0 && (
            <Form action={officePath(office.id, 'admins/add')} label="Add an Office Admin" layout="inline">
              <SelectField
                label="User"
                name="userId"
                options={office.candidates.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <Button>Add administrator</Button>
            </Form>
          )}
        </Card>
      </Stack>
    </AdminPage>
  )
}

/** Office Info > Edit. */
export function EditOfficePage(props: {
  readonly chrome: Chrome
  readonly office: { readonly id: string; readonly name: string }
  readonly typed: Typed
}) {
  const { office, typed } = props
  const { values, problems } = typed
  return (
    <AdminPage
      chrome={props.chrome}
      current={officePath(office.id)}
      office={office}
      title="Edit office"
      notices={
        <Notice tone="warning" title="A directory finds this office by its name" role="none">
          Once it is renamed, users who are provisioned with “{office.name}” match nothing: they land in another office,
          or are refused, as the SCIM Configuration Settings say. Change the directory too.
        </Notice>
      }
    >
      <Card>
        <FormProblem typed={typed} />
        <Form action={officePath(office.id, 'edit')} label="Edit office" noValidate>
          <TextField label="Name" name="name" value={values['name']} problem={problems['name']} required />
          <TextField
            label="Area code"
            name="areaCode"
            value={values['areaCode']}
            problem={problems['areaCode']}
            hint="New direct numbers come from it; numbers that are assigned stay."
            required
          />
          <TimezoneField typed={typed} />
          <FormActions>
            <Button kind="primary">Save</Button>
            <LinkButton href={officePath(office.id)}>Cancel</LinkButton>
          </FormActions>
        </Form>
      </Card>
    </AdminPage>
  )
}

/** Offices > Add New Office (reference sheet 3.4). */
export function NewOfficePage(props: {
  readonly chrome: Chrome
  readonly typed: Typed
  readonly people: readonly { readonly id: string; readonly name: string }[]
}) {
  const { typed } = props
  const { values, problems } = typed
  const field = (label: string, name: string, hint?: ComponentChildren) => (
    <TextField label={label} name={name} value={values[name]} problem={problems[name]} hint={hint} />
  )
  return (
    <AdminPage
      chrome={props.chrome}
      current={OFFICES}
      title="Add New Office"
      trail={[{ label: 'Offices', href: OFFICES }]}
      lead="It owns no licenses at first: purchase some, or move them there."
    >
      <Form action={NEW_OFFICE} label="Add New Office" noValidate>
        <Stack gap="loose">
          <FormProblem typed={typed} />
          <Card title="Office">
            {field('Name', 'name', 'A directory has to send exactly this name.')}
            <Columns>
              <SelectField
                label="Country"
                name="country"
                value={values['country']}
                options={COUNTRY_CHOICES}
                problem={problems['country']}
              />
              {field('Area code', 'areaCode', '720 for Denver, 20 for London.')}
              <TimezoneField typed={typed} />
            </Columns>
            <SelectField
              label="Office admin"
              name="adminId"
              emptyLabel="Nobody yet"
              value={values['adminId']}
              options={props.people.map(({ id, name }) => ({ value: id, label: name }))}
              problem={problems['adminId']}
            />
          </Card>
          <Card title="E911 location" lead="Where help is sent to when somebody in this office calls for it.">
            {field('Address', 'address')}
            <Columns>
              {field('City', 'city')}
              {field('State or province', 'state')}
              {field('Postal code', 'zip')}
            </Columns>
          </Card>
          <Card title="Main line number">
            <SelectField
              label="Main line"
              name="mainLine"
              value={values['mainLine']}
              options={[
                { value: 'new', label: 'A new number of the area code' },
                { value: 'none', label: 'No main line yet' },
              ]}
            />
          </Card>
          <Card title="Billing contact">
            <Columns>
              {field('Name of the contact', 'billingName')}
              {field('Email of the contact', 'billingEmail')}
            </Columns>
          </Card>
          <FormActions>
            <Button kind="primary">Add office</Button>
            <LinkButton href={OFFICES}>Cancel</LinkButton>
          </FormActions>
        </Stack>
      </Form>
    </AdminPage>
  )
}

function TimezoneField({ typed }: { readonly typed: Typed }) {
  const current = typed.values['timezone'] ?? ''
  const zones = TIMEZONES.some((zone) => zone === current) || current === '' ? TIMEZONES : [current, ...TIMEZONES]
  return (
    <SelectField
      label="Time zone"
      name="timezone"
      value={current}
      options={zones.map((zone) => ({ value: zone, label: zone }))}
      problem={typed.problems['timezone']}
    />
  )
}

function addressInWords(address: EmergencyAddress | undefined): string | undefined {
  if (address === undefined) return undefined
  return [address.address, address.address2, address.city, `${address.state} ${address.zip}`.trim(), address.country]
    .filter((part) => part !== undefined && part !== '')
    .join(', ')
}

function seatsInWords(owned: number | null): string {
  return owned === null ? 'Unlimited' : String(owned)
}
