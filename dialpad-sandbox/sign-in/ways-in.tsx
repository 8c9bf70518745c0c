import { Button, LinkButton } from '#kit/ui/button.tsx'
import { Quiet, Stack } from '#kit/ui/layout.tsx'

/** The buttons of other providers, on the log-in and the sign-up card. */
export function ProviderButtons(props: {
  /** `Log in with`, `Sign up with`. */
  readonly verb: string
  /** Absent: no provider is known, and the button says so. */
  readonly microsoftHref: string | undefined
}) {
  return (
    <Stack gap="tight">
      {props.microsoftHref === undefined ? (
        <>
          <Button type="button" wide disabled>
            {props.verb} Microsoft
          </Button>
          <Quiet>Not available: this Dialpad was started without the address of a Microsoft sign-in.</Quiet>
        </>
      ) : (
        <LinkButton href={props.microsoftHref} wide>
          {props.verb} Microsoft
        </LinkButton>
      )}
      <Button type="button" wide disabled>
        {props.verb} Google
      </Button>
      <Quiet>Google accounts are not part of this simulation.</Quiet>
    </Stack>
  )
}
