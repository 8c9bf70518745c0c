import { Copyable } from '#kit/ui/copyable.tsx'
import { Icon } from '#kit/ui/icon.tsx'
import { Quiet } from '#kit/ui/layout.tsx'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import type { PlaceView } from './panel-view.ts'
import { PAGE_FRAME } from './paths.ts'

/** Where to begin, and as whom. */
export function StartPlaces({ places }: { readonly places: readonly PlaceView[] }) {
  return (
    <section aria-label="Where to begin">
      <h2 class="lesson-heading">Where to begin</h2>
      <ul class="lesson-places">
        {places.map((place) => (
          <li key={place.address}>
            <Place place={place} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Place({ place }: { readonly place: PlaceView }) {
  const { system, address, as, browser, framed } = place
  const isHere = framed && browser === undefined
  return (
    <>
      {isHere ? (
        <a class="k-button k-button--secondary" href={address} target={PAGE_FRAME} data-opens-page>
          <Icon name="open" />
          <span class="k-button__label">Open the page in {system}</span>
        </a>
      ) : (
        <p>
          {browser === undefined
            ? `${system} is on another host than the kit home: open it in a tab of its own.`
            : `In a private window, so that nobody here is signed out (${browser}):`}{' '}
          <a href={address} target="_blank" rel="noopener">
            {system}
          </a>
        </p>
      )}
      <p class="lesson-place__address">
        <Copyable label={`address in ${system}`} value={address} />
      </p>
      {as === undefined ? (
        <p>
          <Quiet>Accounts are on the</Quiet>{' '}
          <a href="/" target="_blank" rel="noopener">
            launchpad
          </a>
          <Quiet>; everybody's password is</Quiet> <Copyable label="password" value={TRAINING_PASSWORD} />
        </p>
      ) : (
        <p>
          <Quiet>Signed in as</Quiet> <Copyable label="user name" value={as} /> <Quiet>with</Quiet>{' '}
          <Copyable label="password" value={TRAINING_PASSWORD} />
        </p>
      )}
    </>
  )
}
