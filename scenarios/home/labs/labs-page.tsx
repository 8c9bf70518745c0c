import { Badge } from '#kit/ui/badge.tsx'
import { LinkButton } from '#kit/ui/button.tsx'
import { Card } from '#kit/ui/card.tsx'
import { ConfirmForm } from '#kit/ui/confirm-form.tsx'
import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { ProgressBar } from '#kit/ui/progress-bar.tsx'
import type { Lab } from '#scenarios/labs/lab.ts'
import type { LabProgress } from '#scenarios/labs/progress/lab-progress.ts'
import { HomePage } from '../pages/home-page.tsx'
import type { Visit } from '../pages/visits.ts'
import { GRADES } from './grades.ts'
import { LABS_PATH, labPath } from './paths.ts'

export interface LabsProps {
  readonly visit: Visit
  readonly labs: readonly Lab[]
  readonly progress: LabProgress
}

const PRODUCTS = ['Entra', 'Okta', 'Dialpad'] as const

/** The labs there are, by product and grade, and how each stands. */
export function LabsPage({ visit, labs, progress }: LabsProps) {
  const done = labs.filter((lab) => progress.isDone(lab)).length
  const isBegun = labs.some((lab) => progress.of(lab) !== undefined)
  const underWay = labs.find(({ id }) => id === progress.underWay()?.labId)
  return (
    <HomePage
      visit={visit}
      section="/labs"
      title="Labs"
      lead="Something is broken on purpose. Find the cause, then mend it in the product, whichever way you like."
      actions={isBegun ? <LinkButton href={`${LABS_PATH}/reset`}>Reset progress</LinkButton> : undefined}
    >
      {labs.length === 0 && <EmptyState title="There are no labs">They come with the kit.</EmptyState>}
      {underWay !== undefined && (
        <Notice
          tone="info"
          role="none"
          title={`Under way: ${underWay.title}`}
          actions={
            <LinkButton kind="primary" icon="play" href={labPath(underWay)} label={`Continue ${underWay.title}`}>
              Continue
            </LinkButton>
          }
        />
      )}
      {labs.length > 0 && (
        <ProgressBar label="Labs mended" value={done} max={labs.length} text={`${done} of ${labs.length} mended`} />
      )}
      {PRODUCTS.map((product) => {
        const own = labs.filter((lab) => lab.product === product)
        return own.length === 0 ? undefined : (
          <Card key={product} title={product} flush>
            <DataTable
              caption={`Labs of ${product}`}
              columns={[
                { key: 'title', header: 'Lab' },
                { key: 'symptom', header: 'What is reported' },
                { key: 'grade', header: 'Grade' },
                { key: 'help', header: 'Help used' },
                { key: 'state', header: 'State' },
              ]}
              rows={own
                .toSorted((one, other) => one.grade - other.grade)
                .map((lab) => ({
                  key: lab.id,
                  href: labPath(lab),
                  cells: {
                    title: lab.title,
                    symptom: lab.symptom,
                    grade: GRADES[lab.grade],
                    help: helpUsed(lab, progress),
                    state: <LabState lab={lab} progress={progress} />,
                  },
                }))}
              empty="There is no lab of this product."
            />
          </Card>
        )
      })}
    </HomePage>
  )
}

/** What somebody leaned on in the attempt they made last. */
export function helpUsed(lab: Lab, progress: LabProgress): string {
  const record = progress.of(lab)
  if (record === undefined) return ''
  const { hints, wrongCauses, isSolutionShown, isMendedForMe } = record
  const words = [
    ...(hints === 0 ? [] : [`${hints} of ${lab.hints.length} hints`]),
    ...(wrongCauses.length === 0 ? [] : [`${wrongCauses.length} wrong`]),
    ...(isMendedForMe ? ['mended for me'] : isSolutionShown ? ['solution shown'] : []),
  ]
  return words.join(', ') || 'None'
}

function LabState({ lab, progress }: { readonly lab: Lab; readonly progress: LabProgress }) {
  if (progress.underWay()?.labId === lab.id && progress.of(lab)?.mendedAt === undefined) {
    return <Badge tone="info">Under way</Badge>
  }
  if (progress.isDone(lab)) return <Badge tone="success">Mended</Badge>
  return <Badge>{progress.of(lab) === undefined ? 'Not begun' : 'Begun'}</Badge>
}

/** Names what is forgotten. */
export function ResetLabsPage({ visit, labs, progress }: LabsProps) {
  return (
    <HomePage visit={visit} section="/labs" title="Reset progress">
      <ConfirmForm
        title="Forget the progress of the labs?"
        subject="all labs"
        headingLevel={2}
        action={`${LABS_PATH}/reset`}
        confirmLabel="Reset progress"
        cancelHref={LABS_PATH}
      >
        <p>
          {labs.filter((lab) => progress.isDone(lab)).length} of {labs.length} labs are mended; that is forgotten, and
          the lab under way is left. The systems stay as they are; so does the progress of lessons.
        </p>
      </ConfirmForm>
    </HomePage>
  )
}
