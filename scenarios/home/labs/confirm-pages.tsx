import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import type { Lab } from '#scenarios/labs/lab.ts'
import { WhatIsLost } from '../lessons/course-page.tsx'
import { HomePage } from '../pages/home-page.tsx'
import { type UnderWay, WhatEnds } from '../pages/under-way.tsx'
import type { Visit } from '../pages/visits.ts'
import { labPath } from './paths.ts'

interface ConfirmProps {
  readonly visit: Visit
  readonly lab: Lab
}

/** Names what is lost before a lab begins. */
export function StartLabPage({ visit, lab, underWay }: ConfirmProps & { readonly underWay: readonly UnderWay[] }) {
  return (
    <HomePage visit={visit} section="/labs" title="Start a lab">
      <ConfirmForm
        title="Start this lab?"
        subject={lab.title}
        headingLevel={2}
        kind="primary"
        action={labPath(lab, '/start')}
        confirmLabel="Start"
        cancelHref={labPath(lab)}
      >
        <WhatIsLost world={lab.world} present={visit.world} />
        <WhatEnds underWay={underWay} />
        <p>Then the kit breaks something in it, and does not say what. That takes a few seconds.</p>
      </ConfirmForm>
    </HomePage>
  )
}

/** Says that the lab is over with it. */
export function MendForMePage({ visit, lab }: ConfirmProps) {
  return (
    <HomePage visit={visit} section="/labs" title="Mend it for me">
      <ConfirmForm
        title="Mend it for me?"
        subject={lab.title}
        headingLevel={2}
        kind="primary"
        action={labPath(lab, '/mend')}
        confirmLabel="Mend it"
        cancelHref={labPath(lab)}
      >
        <p>
          The kit mends the world in your place and tells what the cause was. The list of labs says that it was mended
          for you; you can start the lab again.
        </p>
      </ConfirmForm>
    </HomePage>
  )
}
