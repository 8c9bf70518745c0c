import type { Walkthrough } from '../walkthrough.ts'
import { classicConfigSteps } from './classic-config.ts'
import { CLASSIC_GALLERY_STEPS } from './classic-gallery.ts'
import { CLASSIC_KEY_STEPS } from './classic-key.ts'

export const ENTRA_CLASSIC: Walkthrough = {
  id: 'entra-classic',
  title: 'The same in the Azure portal of 2019',
  world: 'brightwave',
  lead: "Microsoft's tutorial of 2019 and Dialpad's article of 2023, which tell the same: Azure Active Directory, one long form with Provisioning Mode, and a key that can be shown again.",
  steps: [
    ...CLASSIC_KEY_STEPS,
    ...CLASSIC_GALLERY_STEPS,
    ...classicConfigSteps({
      article: '000',
      section: 'Configure automatic user provisioning to Dialpad',
      numbers: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13'],
      also: '002/config/',
      mapping: 'Synchronize Azure Active Directory Users to Dialpad',
    }),
  ],
}
