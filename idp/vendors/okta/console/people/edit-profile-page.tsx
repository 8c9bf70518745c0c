import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import type { OktaUser } from '../../collections.ts'
import type { AttributeDefinition } from '../../profiles/records.ts'
import type { ConsoleContext } from '../context.ts'
import { FormProblem, type FormView } from '../form-view.tsx'
import { ProfileField } from '../profile-fields.tsx'
import { PersonPage, personHref } from './person-page.tsx'

/** Profile > Edit. An emptied field is kept as an empty text (reference sheet 1.11). */
export function EditProfilePage(props: {
  readonly context: ConsoleContext
  readonly person: OktaUser
  readonly attributes: readonly AttributeDefinition[]
  readonly view: FormView
}) {
  const { person, view } = props
  return (
    <PersonPage
      context={props.context}
      person={person}
      tab="Profile"
      notices={<FormProblem problems={view.problems} shown={props.attributes.map(({ name }) => name)} />}
    >
      <Form action={personHref(person.id, 'profile/edit')} label="Attributes" noValidate>
        {props.attributes.map((attribute) => (
          <ProfileField
            key={attribute.name}
            attribute={attribute}
            text={view.values[attribute.name] ?? ''}
            problem={view.problems[attribute.name]}
          />
        ))}
        <FormActions>
          <Button kind="primary">Save</Button>
          <LinkButton href={personHref(person.id, 'profile')}>Cancel</LinkButton>
        </FormActions>
      </Form>
    </PersonPage>
  )
}
