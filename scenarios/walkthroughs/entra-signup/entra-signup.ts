import { classicConfigSteps } from '../entra-classic/classic-config.ts'
import type { Walkthrough } from '../walkthrough.ts'
import { ASSIGN_FIRST } from './assign-first.ts'
import { COMPANY_KEY_STEPS } from './company-key.ts'
import { SIGN_UP_STEPS } from './sign-up.ts'

export const ENTRA_SIGNUP: Walkthrough = {
  id: 'entra-signup',
  title: 'A company comes to Dialpad with Microsoft',
  world: 'fresh',
  lead: "Dialpad's help article of 2025. Nobody has signed up here yet, so its second part comes first: the company is made by signing up with Microsoft, and only then has it an admin who can make an API key. Its third part configures provisioning in the Azure portal.",
  steps: [
    ...SIGN_UP_STEPS,
    ...COMPANY_KEY_STEPS,
    ASSIGN_FIRST,
    ...classicConfigSteps({
      article: '003',
      section: 'Configure automatic user provisioning in Dialpad',
      numbers: ['2', '3', '4', '5', '6', '10', '12', '14', '15', 'tip', '18', '20', '21'],
      mapping: 'Provision Microsoft Entra ID Users',
    }),
  ],
}
