import type { Walkthrough } from '../walkthrough.ts'
import { COMPANY_KEY_STEPS } from './company-key.ts'
import { SIGN_UP_STEPS } from './sign-up.ts'

export const ENTRA_SIGNUP: Walkthrough = {
  id: 'entra-signup',
  title: 'A company comes to Dialpad with Microsoft',
  world: 'fresh',
  lead: "Dialpad's help article of 2025. Nobody has signed up here yet, so its second part comes first: the company is made by signing up with Microsoft, and only then has it an admin who can make an API key.",
  steps: [...SIGN_UP_STEPS, ...COMPANY_KEY_STEPS],
}
