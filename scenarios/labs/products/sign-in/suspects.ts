import type { Cause } from '../../lab.ts'

/** What is suspected first when somebody cannot sign in, and is not it. */

export const PASSWORD: Cause = {
  cause: 'People type the wrong password.',
  because: 'Then Entra would say so at the password, with AADSTS50126.',
}
export const SECRET_ENDED: Cause = {
  cause: 'The client secret has ended.',
  because: 'Certificates & secrets says when it ends.',
}
export const REDIRECT: Cause = {
  cause: 'The redirect URI is not registered.',
  because: 'Then Entra would name the address, with AADSTS50011.',
}
export const UNASSIGNED: Cause = {
  cause: 'The app requires assignment, and the person is not assigned.',
  because: 'Then it would be AADSTS50105, after the password.',
}
export const DELETED: Cause = {
  cause: 'The registration was deleted.',
  because: 'It is in the list of app registrations.',
}
export const CONSENT: Cause = {
  cause: 'Nobody has consented to the app.',
  because: 'Then a page would ask for it, or say that approval is needed.',
}
