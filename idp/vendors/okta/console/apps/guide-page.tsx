import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { Stack } from '#kit/ui/layout.tsx'
import { ConsolePage } from '../console-page.tsx'
import type { ConsoleContext } from '../context.ts'

/** Where the guide is. */
export const DIALPAD_GUIDE_HREF = '/admin/apps/guides/dialpad'

/** The attribute table of Dialpad's own article (reference sheet 3.5). */
const ATTRIBUTES = [
  ['First name and Last name', 'Name', 'Joined with a space.'],
  ['Username', 'Email', 'The application username: choose the format Email on the Sign On tab.'],
  ['department', 'Office', 'The exact name of an office.'],
  ['officeName (custom)', 'Office', 'Wins over department.'],
  ['countryCode', 'Country', 'Chooses an office where no name matches.'],
  ['preferredLanguage', 'Language', ''],
  ['title', 'Job Title', ''],
  ['licenseType (custom)', 'License', 'dialpad_talk, dialpad_lite, dialpad_support, dialpad_sell or dialpad_tfb.'],
] as const

/** Dialpad Configuration Guide, in our own words: how provisioning to Dialpad is set up, and what arrives where. */
export function DialpadGuidePage({ context }: { readonly context: ConsoleContext }) {
  return (
    <ConsolePage
      context={context}
      section="Applications"
      path={[{ label: 'Applications', href: '/admin/apps/active' }]}
      title="Dialpad Configuration Guide"
      actions={<LinkButton href="/admin/apps/active">Go to Applications</LinkButton>}
    >
      <Card title="Before you begin">
        <p>
          You need a Company Admin of Dialpad who makes an API key there, under Authentication, and an Okta
          administrator who may change apps. Single sign-on and provisioning are set up apart; either works without the
          other.
        </p>
      </Card>
      <Card title="Set up provisioning">
        <ol class="okta-steps">
          <li>Add Dialpad from the catalog, and open its Provisioning tab.</li>
          <li>Select Configure API Integration and tick Enable API integration.</li>
          <li>Paste the API key alone as API Token, without “Bearer”.</li>
          <li>Select Test API Credentials, then Save.</li>
          <li>Under To App, select Edit, tick what Okta is to do, and save: everything is off at first.</li>
          <li>Assign people or groups on the Assignments tab. The User Name must be the email address.</li>
        </ol>
      </Card>
      <Card title="Attributes">
        <Stack>
          <DataTable
            caption="Attributes"
            columns={[
              { key: 'okta', header: 'Attribute in Okta' },
              { key: 'dialpad', header: 'Field in Dialpad' },
              { key: 'note', header: 'Note' },
            ]}
            rows={ATTRIBUTES.map(([okta, dialpad, note]) => ({ key: okta, cells: { okta, dialpad, note } }))}
          />
          <p>
            Custom attributes are added in the Profile Editor, with an external name and the external namespace{' '}
            <code class="k-mono okta-expression">urn:ietf:params:scim:schemas:extension:enterprise:2.0:User</code>.
            Without the namespace they are not sent.
          </p>
        </Stack>
      </Card>
      <Card title="Limits">
        <p>
          Unassigning somebody suspends them in Dialpad and frees their license. Dialpad does not rename pushed groups:
          leave “Rename app groups” off, or unlink the group and push it again.
        </p>
      </Card>
    </ConsolePage>
  )
}
