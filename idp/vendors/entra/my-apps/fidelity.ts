import type { LedgerRow } from '#kit/ledger.ts'

const DOCS = 'https://learn.microsoft.com/en-us/entra/identity/enterprise-apps'
const SUPPORT = 'https://support.microsoft.com'
const TEST = 'idp/vendors/entra/my-apps/test/my-apps.test.ts'

/** My Apps, the portal of people who have apps. */
export const ENTRA_MY_APPS_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-MYAPPS-01',
    behaviour:
      'My Apps is a client of the sign-in service, as the first-party application of that name, without consent; its session is one of its own, and signing out ends the admin center’s in the same browser, too.',
    fidelity: 'proven',
    source: `${SUPPORT}: Sign in and start apps from the My Apps portal`,
    test: `${TEST}: is one of its own; signing out ends the admin center’s too, and leads back here`,
  },
  {
    id: 'FID-ENTRA-MYAPPS-02',
    behaviour:
      'An app is shown to the people it is assigned to, directly or by a group they are a direct member of, unless "Visible to users?" is No, which takes the tile away and not the access.',
    fidelity: 'proven',
    source: `${DOCS}/myapps-overview`,
    test: `${TEST}: "Visible to users?" set to No takes the tile away, not the access`,
  },
  {
    id: 'FID-ENTRA-MYAPPS-03',
    behaviour:
      'A tile opens the user access URL: an app with SAML is started from here, or at its Sign on URL; any other is opened at its Homepage URL, where it begins its own sign-in. A Homepage URL that is not on this machine is named, not opened.',
    fidelity: 'proven',
    source: `${DOCS}/end-user-experiences`,
    test: `${TEST}: its tile starts single sign-on from here; with a Sign on URL the app begins`,
  },
  {
    id: 'FID-ENTRA-MYAPPS-04',
    behaviour:
      'The user access URL stands on the Properties page of every enterprise app and refuses as the app’s own sign-in would, in the sign-in log as well: AADSTS50105 without a required assignment, AADSTS7000112 when the app is disabled. It is a local address; the real one is at launcher.myapps.microsoft.com.',
    fidelity: 'proven',
    source: `${DOCS}/application-properties`,
    test: `${TEST}: an assignment is taken away where one is required: AADSTS50105, logged, and the app cannot be managed`,
  },
  {
    id: 'FID-ENTRA-MYAPPS-05',
    behaviour:
      'An app somebody consented to is among their apps while the consent lasts; the real service assigns it to them at the consent, and that assignment outlives it.',
    fidelity: 'simplified',
    source: `${DOCS}/manage-application-permissions`,
  },
  {
    id: 'FID-ENTRA-MYAPPS-06',
    behaviour: 'An app that is disabled for sign-in keeps its tile, which leads to the refusal.',
    fidelity: 'assumed',
    source: `${DOCS}/myapps-overview`,
  },
  {
    id: 'FID-ENTRA-MYAPPS-07',
    behaviour:
      'Collections, requests for apps by self-service, the page of one’s account and the browser extension: there are none.',
    fidelity: 'absent',
    source: `${DOCS}/myapps-overview`,
  },
]
