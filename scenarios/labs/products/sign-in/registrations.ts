import { TENANT_ID } from '#kit/world/constants.ts'
import { entra } from '../../acts/commands.ts'
import {
  asksUntilItsCertificateEnds,
  asksUntilItsSecretEnds,
  giveCertificate,
  pasteSecret,
  readsPeople,
  sendsToSignIn,
  signsInFromDevice,
} from '../../acts/sign-in.ts'
import { ruledOut } from '../../causes.ts'
import { hasLivingCredential, hasRedirectUri, holdsPermission, isRegistered } from '../../checks.ts'
import { fill, press, tick } from '../../hands/steps.ts'
import { registration } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { ENTRA_REGISTRATIONS } from '../../places.ts'
import { CONSENT, DELETED, PASSWORD, REDIRECT, SECRET_ENDED, UNASSIGNED } from './suspects.ts'

/** What applications of the company are registered with: where answers go, what they prove themselves with, what they may. */

const PLANNER = 'Shift Planner'
const OLD_URI = 'https://planner.brightwave.example/signin-oidc'
const NEW_URI = 'https://shifts.brightwave.example/signin-oidc'
const WALLBOARD = 'Wallboard'
const EXPORT = 'Night Export'
const PERMISSION = 'User.Read.All'

const planner = entra('create-app-registration', { name: PLANNER, platform: 'web', redirectUri: OLD_URI })
const nightly = entra('create-app-registration', { name: EXPORT })

type Told = Omit<Lab, 'product' | 'world' | 'where'>
const registered = (told: Told): Lab => ({
  ...told,
  product: 'Entra',
  world: 'brightwave',
  where: ENTRA_REGISTRATIONS,
})

export const REGISTRATION_LABS: readonly Lab[] = [
  registered({
    id: 'redirect-uri-missing',
    title: 'Moved, and not told',
    grade: 1,
    fault: 'redirect-uri-missing',
    breakIt: [planner, sendsToSignIn(PLANNER, { redirectUri: NEW_URI })],
    symptom: `Since ${PLANNER} moved to shifts.brightwave.example, "sign in" ends at a page of Entra before anybody is asked who they are.`,
    right: {
      cause: `The address ${PLANNER} names for its answer is not among its redirect URIs.`,
      because: 'AADSTS50011: it is compared letter by letter with what is registered.',
    },
    wrong: [
      ruledOut(PASSWORD, 'Nobody has been asked for one yet.'),
      ruledOut(UNASSIGNED, 'That is judged after the password.'),
      ruledOut(SECRET_ENDED, 'A secret is shown for tokens, which come later.'),
    ],
    mend: 'Authentication of the registration: add the new redirect URI to the platform Web, Save.',
    control: { fill: 'Add URI' },
    explanation:
      'The page shows no more than the number and the address, and answers nobody: an address that is not registered is not to be trusted. Register the new address before the application moves.',
    source: 'AADSTS50011',
    hints: [
      'What does the page of Entra name?',
      'Compare the address in the error with those under Authentication.',
      'App registrations, Shift Planner, Authentication: Add URI, Save.',
    ],
    solve: [entra('add-redirect-uri', { app: PLANNER, platform: 'web', uri: NEW_URI })],
    mendByHand: [
      ...registration(PLANNER, 'Authentication'),
      fill('Add URI', NEW_URI),
      press('Save authentication settings'),
    ],
    checks: [hasRedirectUri(PLANNER, NEW_URI)],
  }),
  registered({
    id: 'single-tenant-at-common',
    title: 'The door for everybody',
    grade: 2,
    fault: 'single-tenant-at-common',
    breakIt: [planner, sendsToSignIn(PLANNER, { redirectUri: OLD_URI, place: 'common' })],
    symptom: `A developer copied the settings of another project into ${PLANNER}. Nobody of our own company can sign in since.`,
    right: {
      cause: `${PLANNER} is registered for this tenant alone and sends people to /common/.`,
      because: 'AADSTS50194: an application of one tenant is asked for at the address of that tenant.',
    },
    wrong: [
      ruledOut(REDIRECT, 'The error names no address, and it is registered.'),
      ruledOut(DELETED, 'It is there; then it would be AADSTS700016.'),
      ruledOut(CONSENT, 'Nobody has come as far as that.'),
    ],
    mend: 'Let the application use the address of the tenant; or, if other companies are to sign in too, make it multitenant under Authentication.',
    control: { press: 'Save authentication settings' },
    explanation:
      'The authority in the configuration of a library says who may come: a tenant, "organizations", or "common". The registration says the same from the other side, and both must agree.',
    source: 'AADSTS50194',
    hints: [
      'What is the first part of the path in the address bar?',
      'Compare it with Supported account types of the registration.',
      'Authentication: choose accounts in any organizational directory, Save; or let the application begin with the tenant.',
    ],
    solve: [sendsToSignIn(PLANNER, { redirectUri: OLD_URI, place: TENANT_ID })],
    mendByHand: [
      ...registration(PLANNER, 'Authentication'),
      tick('Accounts in any organizational directory (Any Microsoft Entra ID tenant - Multitenant)'),
      press('Save authentication settings'),
    ],
    checks: [isRegistered(PLANNER)],
  }),
  registered({
    id: 'public-client-flows-off',
    title: 'The screen that waits',
    grade: 3,
    fault: 'public-client-flows-off',
    breakIt: [entra('create-app-registration', { name: WALLBOARD }), signsInFromDevice(WALLBOARD)],
    symptom:
      'The wallboard in the hall shows a code, people type it in and sign in. The wallboard then says that a client secret is missing.',
    right: {
      cause: 'The registration does not allow public client flows.',
      because: 'AADSTS7000218: without that, Entra takes it for an application that keeps a secret, and asks for it.',
    },
    wrong: [
      ruledOut(SECRET_ENDED, 'It has none and needs none: a screen in a hall keeps no secret.'),
      ruledOut(PASSWORD, 'People have signed in.'),
      ruledOut(REDIRECT, 'The device code flow redirects nobody.'),
    ],
    mend: 'Authentication of the registration: Allow public client flows, Yes, Save.',
    control: { press: 'Save authentication settings' },
    explanation:
      'Whether an application may do without a secret is judged when it comes for its tokens, after the person has done everything right. Giving the screen a secret would be worse: everybody who passes could take it.',
    source: 'AADSTS7000218',
    hints: [
      'Who gets the error, the person or the wallboard?',
      'Can a screen in a hall keep a secret?',
      'Authentication: Allow public client flows, Yes, Save.',
    ],
    solve: [entra('edit-app-registration', { app: WALLBOARD, publicClientFlows: true })],
    mendByHand: [
      ...registration(WALLBOARD, 'Authentication'),
      tick('Yes', true, 'Enable the following mobile and desktop flows:'),
      press('Save authentication settings'),
    ],
    checks: [isRegistered(WALLBOARD)],
  }),
  registered({
    id: 'client-secret-wrong',
    title: 'The wrong column',
    grade: 2,
    fault: 'client-secret-wrong',
    breakIt: [nightly, pasteSecret(EXPORT, 'id')],
    symptom: `${EXPORT} was given a new secret yesterday, copied from the page in the admin center. It gets no token since.`,
    right: {
      cause: 'What was pasted is the Secret ID, not the value.',
      because: 'AADSTS7000215: no secret of the application reads like that.',
    },
    wrong: [
      ruledOut(SECRET_ENDED, 'It was made yesterday; then it would be AADSTS7000222.'),
      ruledOut(CONSENT, 'It gets no token at all. Without consent it would get one that may do nothing.'),
      ruledOut(DELETED, 'It is there; then it would be AADSTS700016.'),
    ],
    mend: 'Make a new client secret, copy the Value while it is shown, and paste that into the application.',
    control: { press: 'New client secret' },
    explanation:
      'The page lists the Secret ID for ever and shows the Value once. Whoever comes back later can only copy the wrong one; there is no way to read the value again, so make another.',
    source: 'AADSTS7000215',
    hints: [
      'Which number does the refusal have? It stands in the Sign-in logs, under Service principal sign-ins.',
      'What of a secret can still be copied a day later?',
      'Certificates & secrets: New client secret; paste its Value into the application, which asks again.',
    ],
    solve: [pasteSecret(EXPORT, 'value')],
    mendByHand: [
      ...registration(EXPORT, 'Certificates & secrets'),
      press('New client secret'),
      fill('Description', 'Production, by its value'),
      press('Add'),
    ],
    checks: [hasLivingCredential(EXPORT)],
  }),
  registered({
    id: 'client-secret-expired',
    title: 'Half a year to the day',
    grade: 1,
    fault: 'client-secret-expired',
    breakIt: [nightly, asksUntilItsSecretEnds(EXPORT)],
    symptom: `${EXPORT} has run every night for months. Nobody has changed anything, and since last night it gets no token.`,
    right: {
      cause: 'Its client secret has ended.',
      because: 'AADSTS7000222: a secret ends at the date that was chosen when it was made.',
    },
    wrong: [
      {
        cause: 'The secret was pasted wrongly.',
        because: 'It worked until last night; then it would be AADSTS7000215.',
      },
      ruledOut(CONSENT, 'It gets no token at all.'),
      ruledOut(REDIRECT, 'A script without a person is redirected nowhere.'),
    ],
    mend: 'Certificates & secrets: make a new client secret and give it to the application.',
    control: { press: 'New client secret' },
    explanation:
      'Nobody is told before a secret ends. Make the next one while the last still works, change over, and delete the old one; a certificate, or a managed identity, is better than either.',
    source: 'AADSTS7000222',
    hints: [
      'What changes by itself? The Sign-in logs tell, under Service principal sign-ins.',
      'Look at the column Expires.',
      'Certificates & secrets: New client secret, Add.',
    ],
    solve: [entra('add-client-secret', { app: EXPORT, description: 'Production, next' })],
    mendByHand: [
      ...registration(EXPORT, 'Certificates & secrets'),
      press('New client secret'),
      fill('Description', 'Production, next'),
      press('Add'),
    ],
    checks: [hasLivingCredential(EXPORT)],
  }),
  registered({
    id: 'client-certificate-expired',
    title: 'Signed by yesterday',
    grade: 2,
    fault: 'client-certificate-expired',
    breakIt: [nightly, asksUntilItsCertificateEnds(EXPORT, 3)],
    symptom: `${EXPORT} proves itself with a certificate and needs no secret. Its requests are refused since this week; the key on its server is the same as ever.`,
    right: {
      cause: 'The certificate that Entra knows of it has ended.',
      because: 'A signature is worth nothing beyond the end of its certificate, though the key is the right one.',
    },
    wrong: [
      {
        cause: 'Somebody has changed the key on the server.',
        because: 'It is the same as ever; the thumbprint would differ.',
      },
      ruledOut(SECRET_ENDED, 'It has none.'),
      ruledOut(CONSENT, 'It gets no token at all.'),
    ],
    mend: 'Make a new certificate for the key, and upload it under Certificates & secrets.',
    control: { press: 'Certificates (1)' },
    explanation:
      'Several certificates can be there at once: upload the next one before the last ends, and change the server over in between.',
    source: 'AADSTS700027',
    hints: [
      'Two things can be wrong with a certificate: who, and when. The Sign-in logs, Service principal sign-ins, tell which.',
      'Compare the column Expires with the time above.',
      'Certificates & secrets, Certificates: Upload certificate.',
    ],
    solve: [giveCertificate(EXPORT, 365)],
    checks: [hasLivingCredential(EXPORT)],
  }),
  registered({
    id: 'app-permission-not-granted',
    title: 'Asked for is not given',
    grade: 2,
    fault: 'app-permission-not-granted',
    breakIt: [
      nightly,
      entra('add-api-permission', { app: EXPORT, permission: PERMISSION, type: 'application' }),
      readsPeople(EXPORT),
    ],
    symptom: `${EXPORT} gets its token, and Microsoft Graph answers every call with 403. The permission is on the page.`,
    right: {
      cause: 'The permission is asked for, and no administrator has granted it.',
      because: 'Its status is "Not granted": tokens carry what was granted, not what was asked for.',
    },
    wrong: [
      ruledOut(SECRET_ENDED, 'Then it would get no token.'),
      { cause: 'The token is for another API.', because: 'Then it would be 401: the audience is wrong.' },
      ruledOut(DELETED, 'It is there, and gets tokens.'),
    ],
    mend: 'API permissions: Grant admin consent.',
    control: { press: 'Grant admin consent for Brightwave' },
    explanation:
      'A permission an application uses by itself, without a person, is always for an administrator to grant. A token lives an hour: what was granted shows in the next one.',
    source: 'entra-provisioning 3.1',
    hints: [
      'Is it refused a token, or a call?',
      'Look at the column Status of API permissions.',
      'API permissions: Grant admin consent for Brightwave.',
    ],
    solve: [entra('grant-admin-consent', { app: EXPORT })],
    mendByHand: [...registration(EXPORT, 'API permissions'), press('Grant admin consent for Brightwave'), press('Yes')],
    checks: [holdsPermission(EXPORT, PERMISSION)],
  }),
]
