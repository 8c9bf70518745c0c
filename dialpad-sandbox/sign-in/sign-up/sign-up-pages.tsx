import type { ComponentChildren } from 'preact'
import { Button, LinkButton } from '#kit/ui/button.tsx'
import { SelectField } from '#kit/ui/choice-fields.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import type { Frame } from '#kit/ui/look.ts'
import { Notice } from '#kit/ui/notice.tsx'
import { TextField } from '#kit/ui/text-field.tsx'
import { LoginCard } from '../../portal/look/shell.tsx'
import { ProviderButtons } from '../ways-in.tsx'
import { COUNTRY_CHOICES, EMPLOYEE_COUNTS, TIMEZONES, TRIAL_SEATS } from './sign-up-choices.ts'

/** What was typed before and what is wrong with it. */
export interface Typed {
  readonly values?: Readonly<Record<string, string>> | undefined
  readonly problems?: Readonly<Record<string, string>> | undefined
}

function Problem({ typed }: { readonly typed: Typed }) {
  const text = typed.problems?.['']
  return text ? <Notice tone="danger">{text}</Notice> : null
}

const LOG_IN = (
  <>
    Have an account? <a href="/login">Log in</a>
  </>
)

/** Where a sign-up begins. */
export function SignUpPage({ frame, hasMicrosoft }: { readonly frame: Frame; readonly hasMicrosoft: boolean }) {
  return (
    <LoginCard frame={frame} title="Sign up" footer={LOG_IN}>
      <Stack>
        <p>The first person to sign up becomes Company Admin.</p>
        <ProviderButtons verb="Sign up with" microsoftHref={hasMicrosoft ? '/signup/microsoft' : undefined} />
        <LinkButton href="/signup/email" wide>
          Sign up with email
        </LinkButton>
      </Stack>
    </LoginCard>
  )
}

export function EmailSignUpPage({ frame, typed }: { readonly frame: Frame; readonly typed: Typed }) {
  const { values = {}, problems = {} } = typed
  return (
    <LoginCard frame={frame} title="Sign up with email" notices={<Problem typed={typed} />} footer={LOG_IN}>
      <Form action="/signup/email" noValidate>
        <TextField
          label="Work email"
          name="email"
          type="email"
          autocomplete="username"
          value={values['email']}
          problem={problems['email']}
          hint="Its domain becomes your company's. No message is sent to it."
          required
        />
        <TextField
          label="First name"
          name="givenName"
          autocomplete="given-name"
          value={values['givenName']}
          problem={problems['givenName']}
          required
        />
        <TextField
          label="Last name"
          name="familyName"
          autocomplete="family-name"
          value={values['familyName']}
          problem={problems['familyName']}
          required
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autocomplete="new-password"
          problem={problems['password']}
          hint="At least 8 characters."
          required
        />
        <FormActions>
          <Button kind="primary" wide>
            Continue
          </Button>
        </FormActions>
      </Form>
    </LoginCard>
  )
}

interface StepProps {
  readonly frame: Frame
  /** Who is signing up. */
  readonly email: string
  readonly typed: Typed
}

function Step(props: StepProps & { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <LoginCard
      frame={props.frame}
      title={props.title}
      identity={<Quiet>{props.email}</Quiet>}
      notices={<Problem typed={props.typed} />}
      footer={<a href="/signup">Start again</a>}
    >
      {props.children}
    </LoginCard>
  )
}

export function CompanyStepPage(props: StepProps) {
  const { values = {}, problems = {} } = props.typed
  return (
    <Step {...props} title="Confirm your company">
      <Form action="/signup/company" noValidate>
        <TextField
          label="Company name"
          name="companyName"
          autocomplete="organization"
          value={values['companyName']}
          problem={problems['companyName']}
          required
        />
        <SelectField
          label="Number of employees"
          name="employees"
          emptyLabel="Choose"
          value={values['employees']}
          options={EMPLOYEE_COUNTS.map((count) => ({ value: count, label: count }))}
          problem={problems['employees']}
          required
        />
        <FormActions>
          <Button kind="primary" wide>
            Continue
          </Button>
        </FormActions>
      </Form>
    </Step>
  )
}

export function OfficeStepPage(props: StepProps) {
  const { values = {}, problems = {} } = props.typed
  return (
    <Step {...props} title="Set up your first office">
      <Form action="/signup/office" noValidate>
        <TextField
          label="Office name"
          name="officeName"
          value={values['officeName']}
          problem={problems['officeName']}
          hint="A directory that provisions Dialpad has to send exactly this name."
          required
        />
        <SelectField
          label="Country"
          name="country"
          value={values['country'] ?? 'US'}
          options={COUNTRY_CHOICES}
          problem={problems['country']}
          required
        />
        <TextField
          label="Area code"
          name="areaCode"
          value={values['areaCode']}
          problem={problems['areaCode']}
          hint="New direct numbers come from it: 720 for Denver, 20 for London."
          required
        />
        <SelectField
          label="Time zone"
          name="timezone"
          value={values['timezone'] ?? 'US/Mountain'}
          options={TIMEZONES.map((zone) => ({ value: zone, label: zone }))}
          problem={problems['timezone']}
          required
        />
        <p>Your trial comes with {TRIAL_SEATS} Connect licenses; one of them is yours.</p>
        <FormActions>
          <Button kind="primary" wide>
            Set up account
          </Button>
        </FormActions>
      </Form>
    </Step>
  )
}
