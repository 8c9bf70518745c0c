import type { Urls } from '#kit/system/system.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { Copyable } from '#kit/ui/copyable.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { HomePage } from '../pages/home-page.tsx'
import { signInsOf } from '../pages/sign-ins.ts'
import type { Visit } from '../pages/visits.ts'
import { GRADES } from './grades.ts'
import { LabState, type LabView } from './lab-state.tsx'
import { LABS_PATH } from './paths.ts'

export interface LabPageProps {
  readonly visit: Visit
  readonly urls: Urls
  readonly view: LabView
}

/** One lab: what is reported, then the way from the cause to the remedy. */
export function LabPage({ visit, urls, view }: LabPageProps) {
  const { lab } = view
  return (
    <HomePage
      visit={visit}
      section="/labs"
      title={lab.title}
      lead={`${lab.product}, grade ${GRADES[lab.grade]}`}
      actions={<LinkButton href={LABS_PATH}>All labs</LinkButton>}
    >
      <Card title="What is reported">
        <Stack>
          <p class="lab-symptom">{lab.symptom}</p>
          <WhereItShows urls={urls} view={view} />
        </Stack>
      </Card>
      <LabState view={view} />
    </HomePage>
  )
}

/** The page somebody would look at first, and as whom. */
function WhereItShows({ urls, view }: { readonly urls: Urls; readonly view: LabView }) {
  const { system, path, label } = view.lab.where
  const [admin] = signInsOf(system, view.lab.world).people
  const isReady = !['waiting', 'disturbed'].includes(view.standing.kind)
  return (
    <>
      <p>
        <Quiet>It shows in</Quiet>{' '}
        {isReady ? (
          <a href={`${urls[system] ?? ''}${path}`} target="_blank" rel="noopener">
            {label}
          </a>
        ) : (
          label
        )}
      </p>
      {admin !== undefined && (
        <p>
          <Quiet>Sign in as</Quiet> <Copyable label="user name" value={admin.address} /> <Quiet>with</Quiet>{' '}
          <Copyable label="password" value={TRAINING_PASSWORD} />
        </p>
      )}
    </>
  )
}
