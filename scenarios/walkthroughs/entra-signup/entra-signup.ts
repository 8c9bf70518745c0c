import type { Walkthrough } from '../walkthrough.ts'

export const ENTRA_SIGNUP: Walkthrough = {
  id: 'entra-signup',
  title: 'A company comes to Dialpad with Microsoft',
  world: 'fresh',
  lead: "Dialpad's help article of 2025: nobody has signed up yet, so the company is made by signing up with Microsoft, and the API key follows.",
  steps: [],
}
