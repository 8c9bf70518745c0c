import { DataTable } from '#kit/ui/data-table.tsx'
import { EmptyState } from '#kit/ui/empty-state.tsx'

export interface OfficeSeats {
  readonly id: string
  readonly name: string
  readonly users: number
  /** By type: what is owned (`null`: without end) and what is held. */
  readonly licences: readonly { readonly name: string; readonly owned: number | null; readonly used: number }[]
}

const ROW = 54
const LABELS = 150
const WIDTH = 640
const BAR = WIDTH - LABELS - 130

/** A picture of seats and users per office: one bar for each office and license, as long as what is owned. The same in words below. */
export function SeatPicture({ offices }: { readonly offices: readonly OfficeSeats[] }) {
  const bars = offices.flatMap((office) =>
    office.licences.map((licence, index) => ({ office, licence, isFirst: index === 0 })),
  )
  if (bars.length === 0) {
    return (
      <EmptyState title="No licenses" icon="document">
        Purchase licenses to add users.
      </EmptyState>
    )
  }
  const most = Math.max(1, ...bars.map(({ licence }) => Math.max(licence.owned ?? 0, licence.used)))
  const lengthOf = (count: number): number => Math.round((count / most) * BAR)
  const words = bars
    .map(
      ({ office, licence }) =>
        `${office.name}, ${licence.name}: ${licence.used} of ${ownedInWords(licence.owned)} used`,
    )
    .join('; ')
  return (
    <svg
      class="dialpad-seats"
      viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`}
      role="img"
      aria-labelledby="seats-title seats-words"
    >
      <title id="seats-title">Seats and users per office</title>
      <desc id="seats-words">{words}</desc>
      {bars.map(({ office, licence, isFirst }, index) => {
        const y = index * ROW
        const owned = licence.owned ?? most
        return (
          <g key={`${office.id}/${licence.name}`}>
            {isFirst && index > 0 && <line class="dialpad-seats__rule" x1={0} x2={WIDTH} y1={y} y2={y} />}
            {isFirst && (
              <text class="dialpad-seats__office" x={0} y={y + 20}>
                {office.name}
              </text>
            )}
            <text class="dialpad-seats__licence" x={0} y={y + (isFirst ? 43 : 32)}>
              {licence.name}
            </text>
            <rect class="dialpad-seats__owned" x={LABELS} y={y + 19} width={lengthOf(owned)} height={16} rx={4} />
            <rect class="dialpad-seats__used" x={LABELS} y={y + 19} width={lengthOf(licence.used)} height={16} rx={4} />
            <text
              class="dialpad-seats__count"
              x={LABELS + Math.max(lengthOf(owned), lengthOf(licence.used)) + 10}
              y={y + 32}
            >
              {`${licence.used} of ${ownedInWords(licence.owned)}`}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

/** The picture's numbers as a table. */
export function SeatTable({ offices }: { readonly offices: readonly OfficeSeats[] }) {
  return (
    <DataTable
      caption="Seats and users per office"
      columns={[
        { key: 'office', header: 'Office' },
        { key: 'users', header: 'Users', align: 'end' },
        { key: 'seats', header: 'Seats used' },
      ]}
      rows={offices.map((office) => ({
        key: office.id,
        cells: {
          office: office.name,
          users: office.users,
          seats: office.licences.map(({ name, owned, used }) => `${name} ${used} of ${ownedInWords(owned)}`).join(', '),
        },
      }))}
    />
  )
}

function ownedInWords(owned: number | null): string {
  return owned === null ? 'unlimited' : String(owned)
}
