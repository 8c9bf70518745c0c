import { Button } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { RadioGroup, SelectField } from '#kit/ui/choice-fields.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { DefinitionList } from '#kit/ui/definition-list.tsx'
import { Form, FormActions } from '#kit/ui/form.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { Live } from '#kit/ui/live.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { OFFICE_FIELDS } from '../domain/offices.ts'
import { KEYS, SCIM } from './addresses.ts'
import { AdminPage, type Chrome } from './admin-page.tsx'
import { type RecentRequest, RecentRequests } from './recent-requests.tsx'

export interface ScimSettingsView {
  readonly values: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, string>>
  /** Where this Dialpad's SCIM server is. */
  readonly localUrl: string
  readonly requests: readonly RecentRequest[]
  /** Companies of the sandbox: a sign-up makes another. */
  readonly companies: number
}

/** New requests appear by themselves. */
const LOOK_AGAIN_SECONDS = 5

/** What tutorials tell people to type; it reaches this Dialpad from the directories of the kit. */
const REAL_URL = 'https://dialpad.com/scim'

/** Company Settings > Authentication > SCIM (reference sheet 3.3). */
export function ScimSettingsPage({ chrome, view }: { readonly chrome: Chrome; readonly view: ScimSettingsView }) {
  const { values, problems } = view
  return (
    <AdminPage
      chrome={chrome}
      current={SCIM}
      title="SCIM"
      trail={[{ label: 'Authentication' }]}
      lead="Lets a directory create, change and suspend users."
    >
      <Stack gap="loose">
        <Card title="Connect a directory">
          <DefinitionList
            items={[
              { term: 'Tenant URL', value: <Copyable label="Tenant URL" value={REAL_URL} /> },
              { term: 'On this machine', value: <Copyable label="local Tenant URL" value={view.localUrl} /> },
              {
                term: 'Secret Token',
                value: (
                  <>
                    An <a href={KEYS}>API key</a> of the company
                  </>
                ),
              },
            ]}
          />
        </Card>
        <Card title="SCIM Configuration Settings">
          <Form action={SCIM} label="SCIM Configuration Settings" noValidate>
            {problems[''] && <Notice tone="danger">{problems['']}</Notice>}
            <SelectField
              label="Office Specification Field"
              name="officeField"
              value={values['officeField']}
              options={OFFICE_FIELDS.map((field) => ({ value: field, label: field }))}
              problem={problems['officeField']}
              hint="The attribute that names a user's office. When it is empty, the other two are looked at."
            />
            <RadioGroup
              label="When no office matches"
              name="mismatch"
              value={values['mismatch']}
              options={[
                {
                  value: 'best',
                  label: 'Use best matching office',
                  hint: 'One in the user’s country, else any with a free license.',
                },
                { value: 'office', label: 'Use this office' },
                { value: 'reject', label: 'Do not create the user' },
              ]}
              problem={problems['mismatch']}
            />
            <SelectField
              label="Office to use"
              name="officeId"
              emptyLabel="Select an office"
              value={values['officeId']}
              options={chrome.offices.map((office) => ({ value: office.id, label: office.name }))}
              problem={problems['officeId']}
              hint="Only for “Use this office”."
            />
            <RadioGroup
              label="When licenses run out"
              name="exhaustion"
              value={values['exhaustion']}
              options={[
                { value: 'reject', label: 'Reject', hint: 'The user is not created; the directory tries again later.' },
                { value: 'purchase', label: 'Auto-purchase', hint: 'One more license is bought for the office.' },
              ]}
              problem={problems['exhaustion']}
            />
            <FormActions>
              <Button kind="primary">Save</Button>
            </FormActions>
          </Form>
        </Card>
        <Live id="scim-requests" everySeconds={LOOK_AGAIN_SECONDS} summary={`${view.requests.length} recent requests`}>
          <RecentRequests
            requests={view.requests}
            companies={view.companies}
            timelineHref={`${chrome.frame.kitUrl}/timeline`}
          />
        </Live>
      </Stack>
    </AdminPage>
  )
}
