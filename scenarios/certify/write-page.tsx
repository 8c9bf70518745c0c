import { renderPage } from '#kit/ui/render.ts'
import type { Certificate } from './certificate.ts'
import { CertificatePage } from './report-page.tsx'

/** The HTML report: one file, no script. */
export function certificatePage(certificate: Certificate): string {
  return renderPage(<CertificatePage certificate={certificate} />)
}
