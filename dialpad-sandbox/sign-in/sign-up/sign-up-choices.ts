/** What a sign-up offers to choose from. */

/** Connect licences of a new company, the first admin's included. */
export const TRIAL_SEATS = 5

export const EMPLOYEE_COUNTS = ['1-9', '10-49', '50-249', '250-999', '1000+'] as const

/** Countries whose numbers the sandbox can give out. */
export const COUNTRY_CHOICES = [
  { value: 'US', label: 'United States' },
  { value: 'CA', label: 'Canada' },
  { value: 'GB', label: 'United Kingdom' },
] as const

export const TIMEZONES = [
  'US/Eastern',
  'US/Central',
  'US/Mountain',
  'US/Pacific',
  'America/Toronto',
  'America/Vancouver',
  'Europe/London',
] as const

/** `brightwave.example` → `Brightwave`: a name to confirm or change. */
export function suggestedCompanyName(domain: string): string {
  const [label = ''] = domain.split('.')
  return label.charAt(0).toUpperCase() + label.slice(1)
}
