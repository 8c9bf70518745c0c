import { DOMParser, XMLSerializer } from '@xmldom/xmldom'
import { REDACTED } from '#kit/journal/redact.ts'
import { XML_SIGNATURE } from './names.ts'
import { readXml } from './read-xml.ts'

/**
 * A message for the journal: readable, and of no use to whoever copies it, because its signatures are taken out. A message that carries
 * somebody's sign-in opens their account for as long as it is valid.
 * @returns `undefined` for what is no message that could be read.
 */
export function readableMessage(xml: string): string | undefined {
  if (!readXml(xml).ok) return undefined
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  const values = document.getElementsByTagNameNS(XML_SIGNATURE, 'SignatureValue')
  for (let index = 0; index < values.length; index += 1) {
    const value = values.item(index)
    if (value !== null) value.textContent = REDACTED
  }
  return new XMLSerializer().serializeToString(document)
}
